import type { After, Json, Ref } from "./values.js";

// Protocol section 4: the frames a client sends.

export interface Subscribe {
  readonly type: "subscribe";
  readonly ref?: Ref;
  readonly channel: string;
  readonly after?: After;
}

export interface Unsubscribe {
  readonly type: "unsubscribe";
  readonly ref?: Ref;
  readonly channel: string;
}

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

export interface Edit {
  readonly type: "edit";
  readonly ref?: Ref;
  readonly channel: string;
  readonly seq: number;
  readonly data: Json;
  readonly mentions?: readonly string[];
}

export interface Delete {
  readonly type: "delete";
  readonly ref?: Ref;
  readonly channel: string;
  readonly seq: number;
}

export interface React {
  readonly type: "react";
  readonly ref?: Ref;
  readonly channel: string;
  readonly seq: number;
  readonly emoji: string;
  readonly remove?: boolean;
}

export interface SendSignal {
  readonly type: "signal";
  readonly channel: string;
  readonly data: Json;
}

export interface SendTyping {
  readonly type: "typing";
  readonly channel: string;
}

export interface SendMark {
  readonly type: "read" | "received";
  readonly channel: string;
  readonly seq: number;
}

export interface AskPresence {
  readonly type: "presence";
  readonly ref?: Ref;
  readonly users: readonly string[];
  readonly watch?: boolean;
}

export interface Auth {
  readonly type: "auth";
  readonly ref?: Ref;
  readonly token: string;
}

export interface Ping {
  readonly type: "ping";
  readonly ref?: Ref;
}

export interface Bare {
  readonly type: "away" | "active";
}

/** The frames that are answered by a frame with the same ref. */
export type Request = Subscribe | Unsubscribe | Publish | Edit | Delete | React | AskPresence | Auth | Ping;

export type ClientFrame = Request | SendSignal | SendTyping | SendMark | Bare;
