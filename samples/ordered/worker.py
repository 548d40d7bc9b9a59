"""One of several workers that share all events, each room's in order: the room id chooses the worker.

Usage: RABBITMQ_URL=amqp://USER:PASSWORD@HOST:5672 python3 worker.py NUMBER     # 1, 2 or 3
"""

import json
import os
import pathlib
import signal
import sqlite3
import sys
import time

import pika
from pika.exceptions import AMQPConnectionError, ChannelWrongStateError, ConnectionClosedByBroker

EVENTS = "EyesonBridge.Contracts.V1:IRoomEvent"
NAME = "sample-ordered"
WORKERS = (1, 2, 3)
BROKER_STOPS = 320
PATIENCE = 60  # seconds, many more than the bridge waits for a confirm; take more where workers can be far behind


def main():
    sys.stdout.reconfigure(line_buffering=True)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: sys.exit())

    worker = int(sys.argv[1])
    parameters = pika.URLParameters(os.environ["RABBITMQ_URL"])
    parameters.connection_attempts, parameters.retry_delay = 60, 2
    database = open_database(pathlib.Path(os.environ.get("DATA", "data")))
    while True:
        # After two minutes without a broker this fails; whoever runs the program starts it again.
        with pika.BlockingConnection(parameters) as connection:
            try:
                channel = connection.channel()
                declare(channel)
                channel.basic_qos(prefetch_count=1)
                early_since = {}  # of this connection: what was sent while there was none comes late
                channel.basic_consume(f"{NAME}-{worker}", lambda *delivery: handle(database, early_since, *delivery))
                print("Connected.")
                channel.start_consuming()
            except (AMQPConnectionError, ChannelWrongStateError) as error:
                if isinstance(error, ConnectionClosedByBroker) and error.reply_code != BROKER_STOPS:
                    raise
                print(f"Disconnected: {error!r}")


def declare(channel):
    """The queues of all workers: while one is missing, its rooms would go to others."""
    channel.exchange_declare(EVENTS, "fanout", durable=True)
    channel.exchange_declare(NAME, "x-consistent-hash", durable=True)  # the routing key of an event is its room id
    channel.exchange_bind(NAME, EVENTS)
    channel.queue_declare(f"{NAME}_dead", durable=True)
    for worker in WORKERS:
        arguments = {
            "x-single-active-consumer": True,  # a second process for the same queue stands by
            "x-dead-letter-exchange": "",
            "x-dead-letter-routing-key": f"{NAME}_dead",
        }
        channel.queue_declare(f"{NAME}-{worker}", durable=True, arguments=arguments)
        channel.queue_bind(f"{NAME}-{worker}", NAME, routing_key="1")  # its weight


def handle(database, early_since, channel, delivery, _, body):
    try:
        envelope = json.loads(body)
        event, event_type = envelope["message"], envelope["messageType"][0].rpartition(":")[2]
        position = event["roomId"], event.get("streamId", ""), event["sequence"]
    except (ValueError, LookupError, TypeError) as error:
        print(f"Moved to {NAME}_dead: {error!r}")
        channel.basic_reject(delivery.delivery_tag, requeue=False)
        return

    # What an event does and how far the room has come are one transaction: whenever this ends, both are done or neither.
    with database:
        database.execute("BEGIN IMMEDIATE")
        outcomes = move_on(database, early_since, *position, event_type, event)
    channel.basic_ack(delivery.delivery_tag)
    for sequence, event_type, outcome in outcomes:
        print(f"{event['roomId']} #{sequence} {event_type}: {outcome}")


def move_on(database, early_since, room_id, stream_id, sequence, event_type, event):
    """Applies what is next in the room, and keeps what is early. The newest row of a room is the stream that it is in."""
    streams = dict(database.execute("SELECT stream_id, sequence FROM position WHERE room_id = ? ORDER BY rowid", (room_id,)))
    if stream_id not in streams:
        streams[stream_id] = sequence - 1  # the first that comes of a stream, whatever its number
        database.execute("INSERT INTO position VALUES (?, ?, ?)", (room_id, stream_id, sequence - 1))
        database.execute("DELETE FROM kept WHERE room_id = ?", (room_id,))
    position = streams[stream_id]
    if stream_id != list(streams)[-1] or sequence <= position:
        return [(sequence, event_type, "repeated")]

    room = room_id, stream_id
    database.execute("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?, ?)", (*room, sequence, event_type, json.dumps(event)))
    kept = database.execute("SELECT sequence, type, event FROM kept WHERE room_id = ? AND stream_id = ? ORDER BY sequence", room).fetchall()
    if kept[0][0] > position + 1:
        now = time.monotonic()
        if now - early_since.setdefault(room, now) < PATIENCE:
            return [(sequence, event_type, "early")]
        position = kept[0][0] - 1  # what is missing does not come any more

    outcomes = []
    for sequence, event_type, event in kept:
        if sequence > position + 1:
            break
        apply(database, json.loads(event), event_type)
        position = sequence
        outcomes.append((sequence, event_type, "applied"))
    early_since.pop(room, None)
    database.execute("DELETE FROM kept WHERE room_id = ? AND stream_id = ? AND sequence <= ?", (*room, position))
    database.execute("UPDATE position SET sequence = ? WHERE room_id = ? AND stream_id = ?", (position, *room))
    return outcomes


def apply(database, event, event_type):
    """The work. To set an event aside that cannot be worked on, write that down here too: rejected, it would be a gap, and hold up the room."""
    database.execute("INSERT INTO history VALUES (?, ?, ?)", (event["roomId"], event["eventId"], event_type))


def open_database(folder):
    """One for all workers, since a room may change its worker when their number changes."""
    folder.mkdir(parents=True, exist_ok=True)
    database = sqlite3.connect(folder / "ordered.db", timeout=30, isolation_level=None)
    with database:
        database.execute("BEGIN IMMEDIATE")  # workers that start together wait here for each other
        database.execute("CREATE TABLE IF NOT EXISTS history (room_id TEXT, event_id TEXT, type TEXT)")
        database.execute(
            "CREATE TABLE IF NOT EXISTS position (room_id TEXT, stream_id TEXT, sequence INTEGER, PRIMARY KEY (room_id, stream_id))"
        )
        database.execute(
            "CREATE TABLE IF NOT EXISTS kept (room_id TEXT, stream_id TEXT, sequence INTEGER, type TEXT, event TEXT,"
            " PRIMARY KEY (room_id, stream_id, sequence))"
        )
    return database


if __name__ == "__main__":
    main()
