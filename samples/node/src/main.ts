// Keeps track of who is in each room that the bridge observes, and has it observe the rooms in the arguments.
import { connect, type ChannelModel, type ConfirmChannel, type ConsumeMessage } from 'amqplib';
import type { Envelope } from './contracts/Envelope.schema.js';
import type { ObserveRoom } from './contracts/ObserveRoom.schema.js';
import { Presence, type RoomEvent } from './presence.js';

const contracts = 'EyesonBridge.Contracts.V1';
const queue = 'sample-presence';
const control = 'eyeson-bridge-control';

const broker = process.env.RABBITMQ_URL;
if (!broker) throw new Error('RABBITMQ_URL is missing: set it to amqp://USER:PASSWORD@HOST:5672.');
const unregistered = process.argv.slice(2);

const connection = await connect(broker, { recovery: { setup, waitForConnect: false } });
connection.on('connect', () => console.log('Connected.'));
connection.on('connect-failed', (error) => console.error(`Not connected: ${error.message}. Trying again.`));
connection.on('disconnect', (error) => console.error(`Disconnected: ${error.message}`));
connection.on('error', () => {}); // 'disconnect' follows
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void connection.close());

/** Runs after each connect: also the broker may be another one than before. */
async function setup(connected: ChannelModel): Promise<void> {
    const channel = await connected.createConfirmChannel();
    await receive(channel);
    await register(channel);
}

/** All events, one at a time, by one consumer: so each room's come in order. A second process takes over when this one ends. */
async function receive(channel: ConfirmChannel): Promise<void> {
    await channel.assertExchange(`${contracts}:IRoomEvent`, 'fanout', { durable: true });
    await channel.assertQueue(`${queue}_dead`, { durable: true });
    await channel.assertQueue(queue, {
        durable: true,
        arguments: { 'x-single-active-consumer': true },
        deadLetterExchange: '',
        deadLetterRoutingKey: `${queue}_dead`,
    });
    await channel.bindQueue(queue, `${contracts}:IRoomEvent`, '');
    const presence = new Presence(process.env.DATA ?? 'data'); // of this connection: what was sent while there was none comes late
    await channel.prefetch(1);
    await channel.consume(queue, (message) => {
        try {
            handle(channel, presence, message);
        } catch (error) {
            // Such as a full disk. Whoever runs this starts it again, and the broker delivers again what was not acknowledged.
            console.error(error);
            process.exit(1);
        }
    });
}

function handle(channel: ConfirmChannel, presence: Presence, message: ConsumeMessage | null): void {
    if (!message) throw new Error(`The queue ${queue} was deleted.`);

    let type: string;
    let event: RoomEvent;
    try {
        const envelope = JSON.parse(message.content.toString()) as Envelope;
        type = envelope.messageType[0].replace(`urn:message:${contracts}:`, '');
        event = envelope.message as RoomEvent;
        if (!event.roomId || !event.sequence) throw new Error('not an event');
    } catch (error) {
        console.error(`Moved to ${queue}_dead: ${error}`);
        channel.reject(message, false);
        return;
    }

    for (const { sequence, type: applied, outcome } of presence.apply(type, event)) {
        console.log(`${event.roomId} #${sequence} ${applied}: ${outcome}`);
    }
    channel.ack(message);
}

/** Commands wait for the bridge in its queue, which is declared here exactly as the bridge does it, in case it has never run. */
async function register(channel: ConfirmChannel): Promise<void> {
    await channel.assertExchange(control, 'fanout', { durable: true });
    await channel.assertQueue(control, {
        durable: true,
        arguments: { 'x-queue-type': 'quorum', 'x-delivery-limit': 5, 'x-single-active-consumer': true },
        deadLetterExchange: `${control}_undeliverable`,
    });
    await channel.bindQueue(control, control, '');

    for (const roomId of unregistered) {
        const message: ObserveRoom = { roomId };
        const envelope: Envelope = { messageType: [`urn:message:${contracts}:ObserveRoom`], message };
        channel.publish(control, '', Buffer.from(JSON.stringify(envelope)), {
            contentType: 'application/vnd.masstransit+json',
            persistent: true,
        });
    }
    await channel.waitForConfirms();
    for (const roomId of unregistered.splice(0)) console.log(`${roomId} registered`);
}
