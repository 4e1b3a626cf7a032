import type { ChannelUser, ErrorCode, Json, Occupancy, Ref, UserPresence } from "./values.js";

// Protocol section 5: the frames that the server sends. The client ignores unknown fields and types.

/** Where one of the user's channels stands. */
export interface Membership {
  readonly channel: string;
  readonly epoch: string;
  /** The seq of the newest event; 0 in an empty channel. */
  readonly head: number;
  readonly read: number;
  /** Events after `read` that are not the user's own. */
  readonly unread: number;
  /** Unread messages that mention the user. */
  readonly mentions?: number;
  /** The oldest seq that the user may see; absent if that is all. */
  readonly from?: number;
}

/** The first frame of a session. The link is up. */
export interface Welcome {
  readonly type: "welcome";
  readonly session: string;
  readonly user: string;
  readonly node: string;
  /** Seconds between heartbeats. */
  readonly heartbeat: number;
  readonly limits: {
    readonly maxMessageBytes: number;
    readonly publishPerSecond: number;
    readonly subscriptions: number;
  };
  readonly channels?: readonly Membership[];
  /** The user has more channels than a session may subscribe to: `channels` holds the last used. */
  readonly more?: boolean;
}

/** The subscription stands. The reply to `subscribe`. */
export interface Subscribed {
  readonly type: "subscribed";
  readonly ref?: Ref;
  readonly channel: string;
  /** Absent, as `head` is, in a channel that stores nothing. */
  readonly epoch?: string;
  readonly head?: number;
  readonly from?: number;
  /** False: the position is no longer valid, so history has to be fetched. */
  readonly recovered?: boolean;
}

/** A subscription ended. Without a `ref` the server ended it. */
export interface Unsubscribed {
  readonly type: "unsubscribed";
  readonly ref?: Ref;
  readonly channel: string;
}

/** The message or the change is durable, as the event `seq`. */
export interface Ack {
  readonly type: "ack";
  readonly ref?: Ref;
  readonly channel: string;
  readonly id?: string;
  readonly seq: number;
  readonly ts: number;
}

/** A message, as it was published or as it is now. */
export interface Message<Data = Json> {
  readonly type: "message";
  readonly channel: string;
  readonly seq: number;
  readonly id: string;
  readonly from: string;
  readonly ts: number;
  /** Absent once the message is deleted. */
  readonly data?: Data;
  readonly replyTo?: number;
  /** Milliseconds since 1970. */
  readonly edited?: number;
  readonly deleted?: boolean;
  /** The users who reacted, by emoji. */
  readonly reactions?: { readonly [emoji: string]: readonly string[] };
  readonly mentions?: readonly string[];
}

/** What every change of a message has. */
export interface Change {
  readonly channel: string;
  /** The seq of this event. */
  readonly seq: number;
  /** The seq of the message that it changes. */
  readonly target: number;
  readonly from: string;
  readonly ts: number;
}

/** The message `target` has other data now. */
export interface Edited<Data = Json> extends Change {
  readonly type: "edited";
  /** Absent if the message was deleted later. */
  readonly data?: Data;
  readonly mentions?: readonly string[];
  /** The message was deleted later. */
  readonly deleted?: boolean;
}

/** The message `target` is deleted. */
export interface Deleted extends Change {
  readonly type: "deleted";
}

/** A user reacted to the message `target`. */
export interface Reacted extends Change {
  readonly type: "reacted";
  readonly emoji: string;
  /** The user took the reaction back. */
  readonly remove?: boolean;
}

/** A change of the message `target`. */
export type Changed<Data = Json> = Edited<Data> | Deleted | Reacted;

/** A member joined the channel, or left it. */
export interface MemberChanged {
  readonly type: "member_joined" | "member_left";
  readonly channel: string;
  readonly seq: number;
  readonly user: string;
  readonly by: string;
  readonly ts: number;
}

/** Every event with a seq: delivered once each and in order. Its `type` tells the kinds apart. */
export type ChannelEvent<Data = Json> = Message<Data> | Changed<Data> | MemberChanged;

/** Data that nobody stores. See {@link DunlinClient.signal}. */
export interface Signal<Data = Json> {
  readonly type: "signal";
  readonly channel: string;
  readonly from: string;
  readonly data: Data;
}

/** Another user is typing. Show it for 5 s. */
export interface Typing {
  readonly type: "typing";
  readonly channel: string;
  readonly from: string;
}

/** How far another user has read or received. */
export interface Mark {
  readonly type: "read" | "received";
  readonly channel: string;
  readonly from: string;
  readonly seq: number;
}

/** An event without a seq. It may be lost under pressure. */
export type Ephemeral<Data = Json> = Signal<Data> | Typing | Mark;

/** The presence of watched users changed. */
export interface PresenceChanges {
  readonly type: "presence";
  readonly changes: readonly UserPresence[];
}

/** The reply to a `presence` request. */
export interface PresenceState {
  readonly type: "presence_state";
  readonly ref?: Ref;
  readonly users: readonly UserPresence[];
  /** The user has more contacts than a session may watch: these are the first 1,000. */
  readonly more?: boolean;
}

/** The reply to `enter`, `update`, `leave`, and to a `presence_sync` that ends the diffs. */
export interface PresenceAck {
  readonly type: "presence_ack";
  readonly ref?: Ref;
  readonly channel: string;
}

/** Who is in a channel: it replaces what you knew. Without a `ref` it comes by itself. */
export interface PresenceSync {
  readonly type: "presence_sync";
  readonly ref?: Ref;
  readonly channel: string;
  readonly users: readonly ChannelUser[];
  readonly occupancy: Occupancy;
  /** There are more users than the server names: `users` is empty, and only `occupancy` follows. */
  readonly partial?: boolean;
}

/** Who entered, changed its data, or left a channel. */
export interface PresenceDiff {
  readonly type: "presence_diff";
  readonly channel: string;
  readonly entered?: readonly ChannelUser[];
  readonly updated?: readonly ChannelUser[];
  readonly left?: readonly string[];
}

/** How many users and links are in a channel. */
export interface OccupancyChange extends Occupancy {
  readonly type: "occupancy";
  readonly channel: string;
}

/** The events from `from` to `to` exist and were not delivered. The client closes the hole. */
export interface Gap {
  readonly type: "gap";
  readonly channel: string;
  readonly from: number;
  readonly to: number;
  /** The server left them out on purpose, since only the newest counts. There is nothing to fetch. */
  readonly conflated?: boolean;
}

/** The server asks the client to leave, and to reconnect later. The client does so by itself. */
export interface GoAway {
  readonly type: "goaway";
  readonly reason?: string;
  readonly reconnectAfterMs: number;
  readonly jitterMs: number;
}

/** The server refused a request, or with no `ref` reports an error of the session. */
export interface ErrorFrame {
  readonly type: "error";
  readonly ref?: Ref;
  readonly code: ErrorCode;
  readonly message: string;
  readonly retryable: boolean;
  readonly retryAfterMs?: number;
}

/** A reply or a notice without more content. */
export interface Notice {
  readonly type: "pong" | "token_expiring" | "authenticated";
  readonly ref?: Ref;
  /** Milliseconds since 1970. */
  readonly expiresAt?: number;
}

/** Every frame that the server sends. */
export type ServerFrame =
  | Welcome
  | Subscribed
  | Unsubscribed
  | Ack
  | ChannelEvent
  | Ephemeral
  | PresenceChanges
  | PresenceState
  | PresenceAck
  | PresenceSync
  | PresenceDiff
  | OccupancyChange
  | Gap
  | GoAway
  | ErrorFrame
  | Notice;
