// Generated from docs/contracts by npm run types.

/**
 * How the bridge learned of it.
 */
export type EventOrigin = 'live' | 'snapshot' | 'backfill';

/**
 * Somebody joined the meeting.
 */
export interface ParticipantJoined {
  /**
   * Identity of the event, and the MessageId on the bus. A repeat has the same one, so use it to recognise repeats. Derived (UUID v8, from a hash) where Eyeson provides an identity, otherwise generated once (UUID v7) and stored.
   */
  eventId: string;
  /**
   * Id of the room at Eyeson.
   */
  roomId: string;
  /**
   * The meeting in that room: room id, `@`, and the time it started in UTC to the millisecond. A room id can be used for many meetings, one after the other. Null while the start is unknown.
   */
  meetingId?: string | null;
  /**
   * Position in the events of this room: 1, 2, 3 … without holes, over all meetings and restarts, within one `streamId`.
   */
  sequence: number;
  /**
   * The history in which `sequence` counts: another one when the bridge goes on with another store, because its own was lost or restored from a backup. Absent in events of earlier versions.
   */
  streamId?: string;
  /**
   * When it happened, UTC: what Eyeson says, otherwise the same as `observedAt`.
   */
  occurredAt: string;
  /**
   * When the bridge learned of it, UTC, by the clock of the bridge.
   */
  observedAt: string;
  origin: EventOrigin;
  /**
   * Name of the configured account whose API key observed the room.
   */
  account: string;
  participant: Participant;
}
/**
 * Who joined.
 */
export interface Participant {
  /**
   * Id of the user as the integrator gave it, often an e-mail address (wire: `participant.id`).
   */
  id: string;
  /**
   * Display name (wire: `name`).
   */
  name?: string | null;
  /**
   * URL of the avatar picture (wire: `avatar`).
   */
  avatar?: string | null;
  /**
   * True for somebody who joined through a guest link (wire: `guest`).
   */
  isGuest: boolean;
}
