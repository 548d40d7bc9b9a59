import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ParticipantJoined } from './contracts/ParticipantJoined.schema.js';
import type { ParticipantLeft } from './contracts/ParticipantLeft.schema.js';
import type { RoomStateReported } from './contracts/RoomStateReported.schema.js';

/** What every event has. */
export type RoomEvent = Pick<ParticipantJoined, 'eventId' | 'roomId' | 'streamId' | 'sequence'>;

/** What became of an event. */
export interface Outcome {
    type: string;
    sequence: number;
    outcome: 'applied' | 'repeated' | 'early';
}

/** Who is in a room, after which event, and what is kept as it is early. The last of the streams is the one in which `sequence` counts. */
interface Room {
    streams: string[];
    sequence: number;
    participants: Record<string, string>;
    kept: { type: string; event: RoomEvent }[];
}

/** Milliseconds, many more than the bridge waits for a confirm; take more where this can be far behind. */
const patience = 60_000;

/** A JSON file for each room: what was made of its events, and how far, are written together. */
export class Presence {
    private readonly earlySince = new Map<string, number>();

    constructor(
        private readonly folder: string,
        private readonly now: () => number = () => performance.now(),
    ) {
        mkdirSync(folder, { recursive: true });
    }

    /** Applies what is next in the room, and keeps what is early; all events have to come here. */
    apply(type: string, event: RoomEvent): Outcome[] {
        const file = join(this.folder, `${encodeURIComponent(event.roomId)}.json`);
        const room = read(file);
        const stream = event.streamId ?? '';
        if (!room.streams.includes(stream)) {
            room.streams.push(stream);
            room.sequence = event.sequence - 1; // the first that comes of a stream, whatever its number
            room.kept = [];
        }
        if (stream !== room.streams.at(-1) || event.sequence <= room.sequence) {
            return [{ type, sequence: event.sequence, outcome: 'repeated' }];
        }

        room.kept = room.kept.filter((other) => other.event.sequence !== event.sequence).concat({ type, event });
        room.kept.sort((one, other) => one.event.sequence - other.event.sequence);
        const isEarly = room.kept[0]!.event.sequence > room.sequence + 1 && this.canMissingCome(event.roomId);
        if (!isEarly) this.earlySince.delete(event.roomId);
        const outcomes: Outcome[] = isEarly ? [{ type, sequence: event.sequence, outcome: 'early' }] : moveOn(room);
        write(file, room);
        return outcomes;
    }

    /** Nothing is sent of a room before what failed in it, so when more comes for this long, the broker has lost what is missing. */
    private canMissingCome(roomId: string): boolean {
        const now = this.now();
        const since = this.earlySince.get(roomId) ?? now;
        this.earlySince.set(roomId, since);
        return now - since < patience;
    }
}

/** Applies the first that is kept, and what follows it. */
function moveOn(room: Room): Outcome[] {
    const outcomes: Outcome[] = [];
    room.sequence = room.kept[0]!.event.sequence - 1;
    while (room.kept[0]?.event.sequence === room.sequence + 1) {
        const { type, event } = room.kept.shift()!;
        update(room.participants, type, event);
        room.sequence = event.sequence;
        outcomes.push({ type, sequence: event.sequence, outcome: 'applied' });
    }
    return outcomes;
}

function update(participants: Record<string, string>, type: string, event: RoomEvent): void {
    switch (type) {
        case 'ParticipantJoined': {
            const { participant } = event as ParticipantJoined;
            participants[participant.id] = participant.name ?? '';
            break;
        }
        case 'ParticipantLeft':
            delete participants[(event as ParticipantLeft).participant.id];
            break;
        case 'RoomStateReported':
            for (const id of Object.keys(participants)) delete participants[id];
            for (const { id, name } of (event as RoomStateReported).state.participants) participants[id] = name ?? '';
            break;
    }
}

function read(file: string): Room {
    try {
        return { kept: [], ...JSON.parse(readFileSync(file, 'utf8')) } as Room;
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { streams: [], sequence: 0, participants: {}, kept: [] };
        throw error;
    }
}

/** All of it or nothing, whenever the process ends. */
function write(file: string, room: Room): void {
    writeFileSync(`${file}.partial`, JSON.stringify(room));
    renameSync(`${file}.partial`, file);
}
