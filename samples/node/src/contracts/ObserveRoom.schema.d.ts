// Generated from docs/contracts by npm run types.

/**
 * Asks the bridge to observe a room. Idempotent.
 */
export interface ObserveRoom {
  /**
   * Id of the room at Eyeson: 1 to 128 printable characters without white space, at most 255 bytes in UTF-8.
   */
  roomId: string;
  /**
   * Name of the configured account whose API key started the room; `default` if omitted.
   */
  account?: string | null;
  /**
   * Until when to wait for a room that is not running yet, UTC. If omitted, a room that is not running is rejected.
   */
  waitUntil?: string | null;
  /**
   * For how many seconds, 1 to 60, the answer may wait until the observation runs or is rejected, so that it says which. If omitted, the answer comes at once and says only that the room is registered.
   */
  confirm?: number | null;
}
