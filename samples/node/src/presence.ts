import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ParticipantJoined } from './contracts/ParticipantJoined.schema.js';
import type { ParticipantLeft } from './contracts/ParticipantLeft.schema.js';
import type { RoomStateReported } from './contracts/RoomStateReported.schema.js';

/** What every event has. */
export type RoomEvent = Pick<ParticipantJoined, 'eventId' | 'roomId' | 'streamId' | 'sequence'>;

/** Who is in a room, and after which event. The last of the streams is the one in which `sequence` counts. */
interface Room {
    streams: string[];
    sequence: number;
    participants: Record<string, string>;
}

/** A JSON file for each room: what was made of its events, and how far, are written together. */
export class Presence {
    constructor(private readonly folder: string) {
        mkdirSync(folder, { recursive: true });
    }

    /** Applies the event if it is the next of its room; all events have to come here. */
    apply(type: string, event: RoomEvent): 'applied' | 'repeated' | 'early' {
        const file = join(this.folder, `${encodeURIComponent(event.roomId)}.json`);
        const room = read(file);
        const stream = event.streamId ?? '';
        if (stream === room.streams.at(-1)) {
            if (event.sequence <= room.sequence) return 'repeated';
            if (event.sequence > room.sequence + 1) return 'early'; // it comes again, behind the one that is missing
        } else {
            if (room.streams.includes(stream)) return 'repeated';
            room.streams.push(stream); // the first that comes of a stream, whatever its number
        }

        room.sequence = event.sequence;
        update(room.participants, type, event);
        write(file, room);
        return 'applied';
    }
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
        return JSON.parse(readFileSync(file, 'utf8')) as Room;
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { streams: [], sequence: 0, participants: {} };
        throw error;
    }
}

/** All of it or nothing, whenever the process ends. */
function write(file: string, room: Room): void {
    writeFileSync(`${file}.partial`, JSON.stringify(room));
    renameSync(`${file}.partial`, file);
}
