export { DunlinClient } from "./client.js";
export { Channel } from "./channel.js";
export type { ClientEvents } from "./client-events.js";
export type * from "./client-frames.js";
export type { ClientOptions } from "./client-options.js";
export type { Clock } from "./clock.js";
export { closeAction, type CloseAction } from "./close-codes.js";
export type { ConnectionState, ObservedFrame, TransportChange } from "./connection-state.js";
export { DunlinError } from "./errors.js";
export type { ChannelListener } from "./feed.js";
export type { HistoryRange } from "./history.js";
export type { Fetch } from "./http.js";
export { newMessageId } from "./ids.js";
export type { PresenceEvents, RealtimePresence } from "./realtime-presence.js";
export type {
  Accepted,
  ChannelPage,
  ChannelPresence,
  ChannelSummary,
  EventPage,
  Member,
  MessagePage,
  OwnPresence,
  PageRequest,
  Receipt,
  Rest,
} from "./rest.js";
export type { Draft, MessageOptions } from "./send-queue.js";
export type * from "./server-frames.js";
export type { Token, TokenProvider } from "./tokens.js";
export type { TransportName } from "./transport/link.js";
export type { TransportMemory } from "./transport/transport-choice.js";
export type {
  After,
  ChannelUser,
  Device,
  ErrorCode,
  Json,
  Occupancy,
  Outgoing,
  Payload,
  Ref,
  Status,
  StatusChoice,
  StreamPosition,
  UserPresence,
  VisibleTo,
} from "./values.js";
