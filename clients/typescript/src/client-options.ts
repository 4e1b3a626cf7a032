import type { Clock } from "./clock.js";
import type { Fetch } from "./http.js";
import type { TokenProvider } from "./tokens.js";
import type { TransportName } from "./transport/link.js";
import type { TransportMemory } from "./transport/transport-choice.js";
import type { Device } from "./values.js";

/** The settings of a {@link DunlinClient}. */
export interface ClientOptions {
  /** The gateway's origin, for example `https://chat.example.com`. */
  readonly url: string;
  /** Returns a fresh token: a string, or an object with `token` and `expiresAt`. */
  readonly token: TokenProvider;
  /** The transports to use, by default all. The client takes the best one that works. */
  readonly transports?: readonly TransportName[];
  /** The WebSocket class where the platform has none (Node 20). Without one, SSE is the best transport. */
  readonly socket?: typeof WebSocket;
  readonly fetch?: Fetch;
  /** The kind of device, for the presence of the user. By default what the browser says, and `desktop` outside one. */
  readonly device?: Device;
  /** Milliseconds without input on the page after which the user is away: 5 minutes by default, 0 for never. */
  readonly idleAfter?: number;
  /** How many messages may wait for their `ack`, 500 by default. More are refused with `overloaded`. */
  readonly queueCapacity?: number;
  /** Keeps for ten minutes which transport worked; by default a browser's `sessionStorage`. */
  readonly memory?: TransportMemory;
  readonly clock?: Clock;
  readonly random?: () => number;
}
