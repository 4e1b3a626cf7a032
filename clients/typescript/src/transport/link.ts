import type { ClientFrame } from "../client-frames.js";
import type { ServerFrame } from "../server-frames.js";

/** The ways to hear the server, the best first. `sse` and `poll` send by REST. */
export type TransportName = "websocket" | "sse" | "poll";

/** All transports, the best first. */
export const TRANSPORTS: readonly TransportName[] = ["websocket", "sse", "poll"];

/** Why a link is over. */
export interface Ending {
  /** A close code of protocol section 6; for an HTTP status, the code of the same meaning. */
  readonly code: number;
  readonly reason: string;
  /** Milliseconds that the server asked to stay away. */
  readonly retryAfterMs?: number | undefined;
  /** How much it speaks for this transport being of no use here: 0 or absent nothing, 1 some, 2 enough. */
  readonly blocked?: number | undefined;
}

/** The server sent `goaway`. */
export const GOING_AWAY: Ending = { code: 4000, reason: "going away" };

/** A link that broke, or never came up. */
export function abnormal(reason: string, blocked: number): Ending {
  return { code: 1006, reason, blocked };
}

/** What a {@link Link} tells its owner, never before the call that made the link has returned. */
export interface LinkListener {
  /** `welcome` first. Replies may still come after {@link Link.close}, nothing else. */
  received(frame: ServerFrame): void;
  /** At most once, and not after {@link Link.close}. */
  ended(ending: Ending): void;
}

/** One way to one session at the server. It is used once; a reconnect makes another. */
export interface Link {
  /** What the transport has no way for is not sent. */
  send(frame: ClientFrame): void;
  /** Ends it from this side. */
  close(): void;
  /** Somebody looks again, or the network changed: makes sure that the link still lives. */
  check(): void;
}
