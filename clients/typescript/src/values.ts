/** What a frame or a REST answer may carry where the protocol says "any JSON". */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * `Data` where JSON can carry it, also if `Data` is an interface. A function, symbol or bigint
 * becomes `never`, and `undefined` too, except as the value of a property: JSON leaves that out.
 */
export type Payload<Data> = Data extends Json
  ? Data
  : Data extends ((...args: never[]) => unknown) | symbol | bigint | undefined
    ? never
    : { readonly [Key in keyof Data]: Payload<Exclude<Data[Key], undefined>> | Extract<Data[Key], undefined> };

/** What a channel of `Data` accepts: `Data`, or any payload if the channel has no type of its own. */
export type Outgoing<Data, Given> = Json extends Data ? Given & Payload<Given> : Payload<Data>;

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

/**
 * A user's presence status. `unknown` is only in an answer, while the server collects what it lost: show what you knew.
 */
export type Status = "online" | "away" | "offline" | "unknown";

/** The presence of one user. */
export interface UserPresence {
  readonly user: string;
  readonly status: Status;
  /** Milliseconds since 1970; absent for somebody never seen. */
  readonly lastSeen?: number;
}

/** Why a request failed (protocol section 5). */
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
