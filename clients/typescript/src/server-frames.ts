import type { ErrorCode, Json, Ref, UserPresence } from "./values.js";

// Protocol section 5: the frames the server sends. Unknown fields and types are ignored.

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
  /** The user has more channels than a session may subscribe to: `channels` holds those that it used last. */
  readonly more?: boolean;
}

export interface Subscribed {
  readonly type: "subscribed";
  readonly ref?: Ref;
  readonly channel: string;
  /** Absent, as `head` is, in a channel that stores nothing. */
  readonly epoch?: string;
  readonly head?: number;
  readonly from?: number;
  /** False: the position is gone, so history has to be fetched. */
  readonly recovered?: boolean;
}

export interface Unsubscribed {
  readonly type: "unsubscribed";
  readonly ref?: Ref;
  readonly channel: string;
}

export interface Ack {
  readonly type: "ack";
  readonly ref?: Ref;
  readonly channel: string;
  readonly id?: string;
  readonly seq: number;
  readonly ts: number;
}

export interface Message {
  readonly type: "message";
  readonly channel: string;
  readonly seq: number;
  readonly id: string;
  readonly from: string;
  readonly ts: number;
  /** Absent once the message is deleted. */
  readonly data?: Json;
  readonly replyTo?: number;
  /** Milliseconds since 1970. */
  readonly edited?: number;
  readonly deleted?: boolean;
  /** Who reacted, by emoji. */
  readonly reactions?: { readonly [emoji: string]: readonly string[] };
  readonly mentions?: readonly string[];
}

/** What changed the message `target`; `seq` is this event's own. */
export interface Changed {
  readonly type: "edited" | "deleted" | "reacted";
  readonly channel: string;
  readonly seq: number;
  readonly target: number;
  readonly from: string;
  readonly ts: number;
  readonly data?: Json;
  readonly mentions?: readonly string[];
  /** On an edit: the message was deleted later, so the data is gone. */
  readonly deleted?: boolean;
  readonly emoji?: string;
  readonly remove?: boolean;
}

export interface MemberChanged {
  readonly type: "member_joined" | "member_left";
  readonly channel: string;
  readonly seq: number;
  readonly user: string;
  readonly by: string;
  readonly ts: number;
}

/** Everything that has a seq: surfaced once each and in order. */
export type ChannelEvent = Message | Changed | MemberChanged;

/** What has no seq, and may be lost under pressure. */
export interface Ephemeral {
  readonly type: "signal" | "typing" | "read" | "received";
  readonly channel: string;
  readonly from: string;
  readonly data?: Json;
  readonly seq?: number;
}

export interface PresenceChanges {
  readonly type: "presence";
  readonly changes: readonly UserPresence[];
}

export interface PresenceState {
  readonly type: "presence_state";
  readonly ref?: Ref;
  readonly users: readonly UserPresence[];
}

export interface Gap {
  readonly type: "gap";
  readonly channel: string;
  readonly from: number;
  readonly to: number;
  /** True: left out on purpose, since only the newest counts; there is nothing to fetch. */
  readonly conflated?: boolean;
}

export interface GoAway {
  readonly type: "goaway";
  readonly reason?: string;
  readonly reconnectAfterMs: number;
  readonly jitterMs: number;
}

export interface ErrorFrame {
  readonly type: "error";
  readonly ref?: Ref;
  readonly code: ErrorCode;
  readonly message: string;
  readonly retryable: boolean;
  readonly retryAfterMs?: number;
}

export interface Notice {
  readonly type: "pong" | "token_expiring" | "authenticated";
  readonly ref?: Ref;
  /** Milliseconds since 1970. */
  readonly expiresAt?: number;
}

export type ServerFrame =
  | Welcome
  | Subscribed
  | Unsubscribed
  | Ack
  | ChannelEvent
  | Ephemeral
  | PresenceChanges
  | PresenceState
  | Gap
  | GoAway
  | ErrorFrame
  | Notice;
