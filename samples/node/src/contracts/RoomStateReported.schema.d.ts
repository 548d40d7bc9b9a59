// Generated from docs/contracts by npm run types.

/**
 * How the bridge learned of it.
 */
export type EventOrigin = 'live' | 'snapshot' | 'backfill';

/**
 * The whole state of a room, after each subscription.
 */
export interface RoomStateReported {
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
  state: RoomState;
}
/**
 * The state.
 */
export interface RoomState {
  /**
   * Name of the room (wire: `room_update.content.name`).
   */
  name?: string | null;
  /**
   * True when the meeting can be joined (wire: `ready`).
   */
  isReady: boolean;
  /**
   * When the meeting started, UTC (wire: `started_at`).
   */
  startedAt?: string | null;
  /**
   * True when nobody else can join; null while unknown, because `room_update` does not say (wire: `lock.locked`).
   */
  isLocked?: boolean | null;
  /**
   * Who is in the meeting (wire: `participants`).
   */
  participants: Participant[];
  /**
   * The running recording; null when there is none (wire: `recording`).
   */
  recording?: ActiveRecording | null;
  /**
   * Live streams that are on (wire: `broadcasts`).
   */
  broadcasts: Broadcast[];
  /**
   * Files that are playing (wire: `playbacks`).
   */
  playbacks: Playback[];
  /**
   * What is presented; null when nothing is (wire: `presentation`).
   */
  presentation?: Presentation | null;
  /**
   * Arrangement of the screen; null while unknown (wire: `options`).
   */
  layout?: Layout | null;
}
/**
 * Somebody who takes part in a meeting.
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
/**
 * A recording that is running.
 */
export interface ActiveRecording {
  /**
   * Id of the recording (wire: `recording.id`).
   */
  recordingId: string;
  /**
   * When it started, UTC, to the second (wire: `recording.created_at`).
   */
  startedAt?: string | null;
  /**
   * Who started it (wire: `recording.user`).
   */
  startedBy?: MeetingUser | null;
}
/**
 * The user who caused something, as Eyeson describes them beside it.
 */
export interface MeetingUser {
  /**
   * Id of the user as the integrator gave it (wire: `user.id`).
   */
  id: string;
  /**
   * Display name (wire: `user.name`).
   */
  name?: string | null;
  /**
   * URL of the avatar picture (wire: `user.avatar`).
   */
  avatar?: string | null;
  /**
   * True for somebody who joined through a guest link (wire: `user.guest`).
   */
  isGuest: boolean;
  /**
   * When the user joined the meeting, UTC (wire: `user.joined_at`).
   */
  joinedAt?: string | null;
}
/**
 * A live stream of the meeting to an external platform.
 */
export interface Broadcast {
  /**
   * Id of the broadcast (wire: `id`).
   */
  id: string;
  /**
   * Platform streamed to, such as `generic` or `youtube` (wire: `platform`).
   */
  platform?: string | null;
  /**
   * Where the stream can be watched (wire: `player_url`).
   */
  playerUrl?: string | null;
  /**
   * Who started it (wire: `user`).
   */
  startedBy?: MeetingUser | null;
}
/**
 * A media file that is played into the meeting.
 */
export interface Playback {
  /**
   * Id of the playback (wire: `play_id`).
   */
  playId: string;
  /**
   * The file that is played (wire: `url`).
   */
  url?: string | null;
  /**
   * Display name (wire: `name`).
   */
  name?: string | null;
  /**
   * True when its sound is played as well (wire: `audio`).
   */
  hasAudio: boolean;
  /**
   * How often it is repeated after the first run; 0 means once, -1 forever (wire: `loop_count`).
   */
  loopCount?: number | null;
  /**
   * Id of the user whose place it takes in the layout (wire: `replacement_id`).
   */
  replacementId?: string | null;
}
/**
 * A screen or file that somebody presents.
 */
export interface Presentation {
  /**
   * Who presents (wire: `presentation.user`).
   */
  presentedBy?: MeetingUser | null;
}
/**
 * How the participants are arranged on the screen. A value is null if Eyeson did not send it.
 */
export interface Layout {
  /**
   * `auto` or `custom` (wire: `options.layout`).
   */
  mode?: string | null;
  /**
   * Name of the layout, such as `nine` (wire: `options.layout_name`).
   */
  name?: string | null;
  /**
   * User id for each place; an empty text is a free place (wire: `options.layout_users`).
   */
  users?: string[] | null;
  /**
   * The custom map of places as the JSON text that Eyeson sent (wire: `options.layout_map`).
   */
  map?: string | null;
  /**
   * True when names are shown (wire: `options.show_names`).
   */
  showNames?: boolean | null;
  /**
   * True when the speaker moves to the front (wire: `options.voice_activation`).
   */
  voiceActivation?: boolean | null;
}
