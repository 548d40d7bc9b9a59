// Generated from docs/contracts by npm run types.

/**
 * What is around every message: MassTransit's envelope. To send a command, `messageType` and `message` are enough; a request needs `requestId` and `responseAddress` too.
 */
export interface Envelope {
  /**
   * Identity of the message; that of an event is its `eventId`.
   */
  messageId?: string | null;
  /**
   * Identity of a request, the same in its answer.
   */
  requestId?: string | null;
  /**
   * In events, the `eventId` again.
   */
  correlationId?: string | null;
  /**
   * In events, the `eventId` again.
   */
  conversationId?: string | null;
  /**
   * MassTransit's id of what caused the message.
   */
  initiatorId?: string | null;
  /**
   * Address of the bus that sent the message.
   */
  sourceAddress?: string | null;
  /**
   * Address of the exchange that it was sent to.
   */
  destinationAddress?: string | null;
  /**
   * Where the answer to a request goes, such as `exchange:my-answers?temporary=true`.
   */
  responseAddress?: string | null;
  /**
   * Where to tell that a command failed; the response address if omitted.
   */
  faultAddress?: string | null;
  /**
   * What the message is, first its own type, such as `urn:message:EyesonBridge.Contracts.V1:ParticipantJoined`; then what else it can be read as.
   *
   * @minItems 1
   */
  messageType: [string, ...string[]];
  /**
   * The message itself: an event, a command or an answer.
   */
  message: {};
  /**
   * When a command need not be carried out any more, UTC.
   */
  expirationTime?: string | null;
  /**
   * When it was sent, UTC; of an event, when it was observed.
   */
  sentTime?: string | null;
  /**
   * Headers; those of an event are on the message of the broker, too.
   */
  headers?: {} | null;
  /**
   * Which program sent the message, on which machine.
   */
  host?: {} | null;
}
