import type { After, Json, Ref } from "./values.js";

// Protocol section 4: the frames a client sends.

/** Subscribes to a channel, after a position if the client holds one. */
export interface Subscribe {
  readonly type: "subscribe";
  readonly ref?: Ref;
  readonly channel: string;
  readonly after?: After;
  /** Also requests `occupancy` frames. */
  readonly occupancy?: boolean;
}

/** Ends a subscription. */
export interface Unsubscribe {
  readonly type: "unsubscribe";
  readonly ref?: Ref;
  readonly channel: string;
}

/** Publishes a message. The reply is an {@link Ack}. */
export interface Publish {
  readonly type: "publish";
  readonly ref?: Ref;
  readonly channel: string;
  /** The client message id, at most 64 characters: a repeat with the same id yields one event. */
  readonly id: string;
  readonly data: Json;
  readonly replyTo?: number;
  /** Users to mention beside those in `data.text`; at most 50. */
  readonly mentions?: readonly string[];
}

/** Replaces the data of the message `seq`. */
export interface Edit {
  readonly type: "edit";
  readonly ref?: Ref;
  readonly channel: string;
  readonly seq: number;
  readonly data: Json;
  readonly mentions?: readonly string[];
}

/** Deletes the message `seq`. */
export interface Delete {
  readonly type: "delete";
  readonly ref?: Ref;
  readonly channel: string;
  readonly seq: number;
}

/** Adds or removes a reaction to the message `seq`. */
export interface React {
  readonly type: "react";
  readonly ref?: Ref;
  readonly channel: string;
  readonly seq: number;
  readonly emoji: string;
  readonly remove?: boolean;
}

/** Sends data that nobody stores to those who are subscribed now. */
export interface SendSignal {
  readonly type: "signal";
  readonly channel: string;
  readonly data: Json;
}

/** Shows others that the user is typing, for 5 s. */
export interface SendTyping {
  readonly type: "typing";
  readonly channel: string;
}

/** Moves the read mark or the received mark forward to `seq`. */
export interface SendMark {
  readonly type: "read" | "received";
  readonly channel: string;
  readonly seq: number;
}

/** Requests the presence of users or of all contacts and, with `watch`, its changes. */
export interface AskPresence {
  readonly type: "presence";
  readonly ref?: Ref;
  readonly users?: readonly string[];
  /** The users who share a direct channel with yours, in place of `users`. */
  readonly contacts?: true;
  readonly watch?: boolean;
}

/** Enters a channel, or changes the data with which the user is there. */
export interface Enter {
  readonly type: "enter" | "update";
  readonly ref?: Ref;
  readonly channel: string;
  /** At most 1,024 bytes. `update` needs it. */
  readonly data?: Json;
}

/** Leaves a channel, which stays subscribed. */
export interface Leave {
  readonly type: "leave";
  readonly ref?: Ref;
  readonly channel: string;
}

/** Requests who is in a channel and, unless `follow` is false, each change. */
export interface SyncPresence {
  readonly type: "presence_sync";
  readonly ref?: Ref;
  readonly channel: string;
  readonly follow?: boolean;
}

/** Puts a new token on the link before the old one expires. */
export interface Auth {
  readonly type: "auth";
  readonly ref?: Ref;
  readonly token: string;
}

/** Requests a `pong`. */
export interface Ping {
  readonly type: "ping";
  readonly ref?: Ref;
}

/** Sets the user's status: `away`, or online again. */
export interface Bare {
  readonly type: "away" | "active";
}

/** The frames that are answered by a frame with the same ref. */
export type Request = Subscribe | Unsubscribe | Publish | Edit | Delete | React | AskPresence | Enter | Leave | SyncPresence | Auth | Ping;

/** Every frame that a client sends. */
export type ClientFrame = Request | SendSignal | SendTyping | SendMark | Bare;
