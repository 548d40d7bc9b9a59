"""Writes down who joins and leaves meetings, and has the bridge observe the rooms in the arguments.

Usage: RABBITMQ_URL=amqp://USER:PASSWORD@HOST:5672 python3 attendance.py [ROOM...]
"""

import json
import os
import pathlib
import signal
import sqlite3
import sys
import uuid

import pika
from pika.exceptions import AMQPConnectionError, ChannelWrongStateError, ConnectionClosedByBroker

CONTRACTS = "EyesonBridge.Contracts.V1"
QUEUE = "sample-attendance"
CONTROL = "eyeson-bridge-control"
REPLY_TO = "amq.rabbitmq.reply-to"
BROKER_STOPS = 320


def main():
    sys.stdout.reconfigure(line_buffering=True)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: sys.exit())

    parameters = pika.URLParameters(os.environ["RABBITMQ_URL"])
    parameters.connection_attempts, parameters.retry_delay = 60, 2
    database = open_database(pathlib.Path(os.environ.get("DATA", "data")))
    unanswered = set(sys.argv[1:])
    while True:
        # After two minutes without a broker this fails; whoever runs the program starts it again.
        with pika.BlockingConnection(parameters) as connection:
            try:
                channel = connection.channel()
                receive(channel, database)
                register(channel, unanswered)
                print("Connected.")
                channel.start_consuming()
            except (AMQPConnectionError, ChannelWrongStateError) as error:
                if isinstance(error, ConnectionClosedByBroker) and error.reply_code != BROKER_STOPS:
                    raise
                print(f"Disconnected: {error!r}")


def open_database(folder):
    folder.mkdir(parents=True, exist_ok=True)
    database = sqlite3.connect(folder / "attendance.db")
    database.execute(
        "CREATE TABLE IF NOT EXISTS attendance (event_id TEXT PRIMARY KEY, room_id TEXT NOT NULL, meeting_id TEXT,"
        " occurred_at TEXT NOT NULL, event TEXT NOT NULL, participant_id TEXT NOT NULL, name TEXT)"
    )
    return database


def receive(channel, database):
    """Two types of event: in a queue that keeps them while nobody reads it, until they are in the database."""
    channel.queue_declare(f"{QUEUE}_dead", durable=True)
    dead = {"x-dead-letter-exchange": "", "x-dead-letter-routing-key": f"{QUEUE}_dead"}
    channel.queue_declare(QUEUE, durable=True, arguments=dead)
    for event in ("ParticipantJoined", "ParticipantLeft"):
        channel.exchange_declare(f"{CONTRACTS}:{event}", "fanout", durable=True)
        channel.queue_bind(QUEUE, f"{CONTRACTS}:{event}")

    def handle(channel, delivery, _, body):
        try:
            row = to_row(json.loads(body))
        except (ValueError, LookupError, TypeError) as error:
            print(f"Moved to {QUEUE}_dead: {error!r}")
            channel.basic_reject(delivery.delivery_tag, requeue=False)
            return

        # The event's id is the key: a repeat changes nothing. What is in the database can be acknowledged.
        with database:
            new = database.execute("INSERT OR IGNORE INTO attendance VALUES (?, ?, ?, ?, ?, ?, ?)", row).rowcount
        channel.basic_ack(delivery.delivery_tag)
        event_id, room_id, _, _, event, _, name = row
        print(f"{room_id}: {event} {name}" if new else f"{room_id}: {event_id} is a repeat")

    channel.basic_qos(prefetch_count=50)
    channel.basic_consume(QUEUE, handle)


def to_row(envelope):
    event, participant = envelope["message"], envelope["message"]["participant"]
    return (
        event["eventId"],
        event["roomId"],
        event.get("meetingId"),
        event["occurredAt"],
        envelope["messageType"][0].rpartition(":")[2],
        participant["id"],
        participant.get("name"),
    )


def register(channel, unanswered):
    """Requests that wait for the bridge in its queue, which is declared exactly as the bridge does it, in case it has never run."""
    channel.exchange_declare(CONTROL, "fanout", durable=True)
    form = {
        "x-queue-type": "quorum",
        "x-delivery-limit": 5,
        "x-single-active-consumer": True,
        "x-dead-letter-exchange": f"{CONTROL}_undeliverable",
    }
    channel.queue_declare(CONTROL, durable=True, arguments=form)
    channel.queue_bind(CONTROL, CONTROL)
    rooms = {str(uuid.uuid4()): room for room in unanswered}

    def answered(_channel, _delivery, _properties, body):
        envelope = json.loads(body)
        room = rooms[envelope["requestId"]]
        unanswered.discard(room)
        if envelope["messageType"][0].endswith(":ObservationAccepted"):
            print(f"{room} is registered")
        else:
            print(f"{room} is rejected: {envelope['message'].get('code')}")

    channel.basic_consume(REPLY_TO, answered, auto_ack=True)
    channel.confirm_delivery()  # publishing waits until the broker has the command, and raises if no queue takes it
    for request, room in rooms.items():
        command = {
            "messageType": [f"urn:message:{CONTRACTS}:ObserveRoom"],
            "requestId": request,
            "responseAddress": f"rabbitmq://localhost/{REPLY_TO}",
            "message": {"roomId": room},
        }
        properties = pika.BasicProperties("application/vnd.masstransit+json", delivery_mode=2, reply_to=REPLY_TO)
        channel.basic_publish(CONTROL, "", json.dumps(command), properties, mandatory=True)


if __name__ == "__main__":
    main()
