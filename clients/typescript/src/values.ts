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

/** The kind of device that a client runs on. */
export type Device = "web" | "mobile" | "desktop";

/** The presence of one user. A user whose presence you may not see looks `offline`, without `lastSeen`. */
export interface UserPresence {
  readonly user: string;
  /** Of all devices together. */
  readonly status: Status;
  /** Milliseconds since 1970; absent for somebody never seen. */
  readonly lastSeen?: number;
  /** The kinds of devices that have a session. */
  readonly devices?: { readonly [kind in Device]?: "online" | "away" };
  /** The user does not want to be disturbed. */
  readonly dnd?: boolean;
  /** What the user says of itself, also while it is offline. */
  readonly text?: string;
  readonly emoji?: string;
  /** When `dnd`, `text` and `emoji` end, in milliseconds since 1970. */
  readonly until?: number;
}

/** What a user says of itself. */
export interface StatusChoice {
  /** `auto`, the default, is what the devices make of it. An `invisible` user looks offline to all others. */
  readonly status?: "auto" | "away" | "dnd" | "invisible";
  /** One line of at most 140 characters. */
  readonly text?: string;
  readonly emoji?: string;
  /** When all of it ends, in milliseconds since 1970. */
  readonly until?: number;
}

/** Who sees the presence of a user. */
export type VisibleTo = "contacts" | "members" | "everyone" | "nobody";

/** A user who is in a channel now. `Data` is what the user said last with `enter` or `update`. */
export interface ChannelUser<Data = Json> {
  readonly user: string;
  /** When the user entered, in milliseconds since 1970. */
  readonly since: number;
  readonly data?: Data;
}

/** How many users and links are in a channel. */
export interface Occupancy {
  readonly users: number;
  readonly links: number;
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
