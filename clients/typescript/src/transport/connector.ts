import type { ClientContext } from "../client-context.js";
import type { Feeds } from "../feeds.js";
import type { LinkTimers } from "../link-timers.js";
import type { Resume } from "./asked-channels.js";
import type { Ending, Link, LinkListener, TransportName } from "./link.js";
// Imports are in the order in which the whole client compresses best.
import { WebSocketLink } from "./websocket-link.js";
import { endingOf } from "./ending.js";
import { HttpError } from "../errors.js";
import { discard, unreachable } from "../http.js";
import { HttpLink } from "./http-link.js";
import { poll } from "./poll.js";
import { sse } from "./sse.js";
import { userOf } from "../tokens.js";

const DIAGNOSIS_MS = 5_000;

/** Makes links. */
export class Connector {
  readonly #context: ClientContext;
  readonly #feeds: Feeds;
  readonly #Socket: typeof WebSocket | undefined;
  readonly #resume: Resume = { cursor: undefined, channels: new Set() };

  constructor(context: ClientContext, feeds: Feeds, socket: typeof WebSocket | undefined) {
    this.#context = context;
    this.#feeds = feeds;
    this.#Socket = socket ?? globalThis.WebSocket;
  }

  /** Those of the transports that the platform has. */
  usable(transports: readonly TransportName[]): readonly TransportName[] {
    return transports.filter((transport) => transport !== "websocket" || this.#Socket);
  }

  /** Throws what the platform's WebSocket throws. */
  connect(transport: TransportName, token: string, listener: LinkListener): Link {
    const { origin, clock, device } = this.#context;
    if (transport === "websocket" && this.#Socket) {
      return new WebSocketLink(this.#Socket, `${origin.replace(/^http/, "ws")}/v1/ws?device=${device}`, token, clock, {
        ...listener,
        received: (frame) => {
          // From here on the positions go on by themselves: the cursor stays behind.
          if (frame.type === "welcome") this.#resume.cursor = undefined;
          listener.received(frame);
        },
      });
    }
    const down = transport === "sse" ? sse : poll;
    return new HttpLink(this.#context, down, userOf(token), this.#feeds.wanted, this.#resume, listener);
  }

  /** What plain HTTP says where a WebSocket was refused: nothing if it is answered, which speaks against WebSockets. */
  async diagnose(timers: LinkTimers): Promise<Partial<Ending>> {
    const { origin, http } = this.#context;
    const { signal } = timers;
    for (const target of ["/v1/ws", "/v1/channels?limit=1"]) {
      if (signal.aborted) break;
      const request = new AbortController();
      const abort = () => request.abort();
      timers.after(DIAGNOSIS_MS, abort);
      signal.addEventListener("abort", abort);
      try {
        discard(await http.open(target, { method: "GET", signal: request.signal }));
        return {};
      } catch (error) {
        if (error instanceof HttpError) {
          const ending = endingOf(error, "rest");
          return ending.code === 1006 ? {} : ending;
        }
      }
    }
    return { blocked: 0, reason: unreachable(origin) };
  }
}
