/** What a frame or a REST answer may carry where the protocol says "any JSON". */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A place in a channel's log: the numbering's identity and the number of the last event seen. */
export interface StreamPosition {
  readonly epoch: string;
  readonly seq: number;
}

/** Where to go on from; without the epoch the channel's current one is meant. */
export interface After {
  readonly epoch?: string;
  readonly seq: number;
}

export type Status = "online" | "away" | "offline";

export interface UserPresence {
  readonly user: string;
  readonly status: Status;
  /** Milliseconds since 1970; absent for somebody never seen. */
  readonly lastSeen?: number;
}

export type ErrorCode =
  | "bad_request"
  | "unknown_type"
  | "too_large"
  | "unauthenticated"
  | "forbidden"
  | "not_found"
  | "conflict"
  | "rate_limited"
  | "overloaded"
  | "unavailable"
  | "internal";

/** A number or string that a client puts on a frame that wants a reply. */
export type Ref = number | string;
