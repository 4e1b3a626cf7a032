import type { Clock } from "../clock.js";
import { HttpError } from "../errors.js";
import type { Feeds } from "../feeds.js";
import { unreachable, type Http } from "../http.js";
import type { Rest } from "../rest.js";
import { userOf } from "../tokens.js";
import type { Resume } from "./asked-channels.js";
import { endingOf } from "./ending.js";
import { HttpLink } from "./http-link.js";
import type { Ending, Link, LinkListener, TransportName } from "./link.js";
import { poll } from "./poll.js";
import { sse } from "./sse.js";
import { WebSocketLink } from "./websocket-link.js";

export interface ConnectorSettings {
  readonly origin: string;
  readonly http: Http;
  readonly rest: Rest;
  readonly clock: Clock;
  readonly random: () => number;
  readonly socket: typeof WebSocket | undefined;
  readonly feeds: Feeds;
}

const DIAGNOSIS_MS = 5_000;

/** Makes links. */
export class Connector {
  readonly #settings: ConnectorSettings;
  readonly #Socket: typeof WebSocket | undefined;
  readonly #resume: Resume = { cursor: undefined, channels: new Set() };

  constructor(settings: ConnectorSettings) {
    this.#settings = settings;
    this.#Socket = settings.socket ?? globalThis.WebSocket;
  }

  isUsable(transport: TransportName): boolean {
    return transport !== "websocket" || this.#Socket !== undefined;
  }

  /** Throws what the platform's WebSocket throws. */
  connect(transport: TransportName, token: string, listener: LinkListener): Link {
    const { origin, clock } = this.#settings;
    if (transport === "websocket" && this.#Socket) {
      return new WebSocketLink(this.#Socket, `${origin.replace(/^http/, "ws")}/v1/ws`, token, clock, {
        ...listener,
        received: (frame) => {
          // From here on the positions go on by themselves: the cursor stays behind.
          if (frame.type === "welcome") this.#resume.cursor = undefined;
          listener.received(frame);
        },
      });
    }
    const { http, rest, random, feeds } = this.#settings;
    const down = transport === "sse" ? sse : poll;
    const user = userOf(token);
    return new HttpLink(
      { down, http, rest, clock, random, user, channels: feeds.wanted, resume: this.#resume },
      listener,
    );
  }

  /** What plain HTTP says where a WebSocket was refused: nothing if it is answered, which speaks against WebSockets. */
  async diagnose(): Promise<Partial<Ending>> {
    for (const target of ["/v1/ws", "/v1/channels?limit=1"]) {
      const found = await this.#ask(target);
      if (found) return found;
    }
    return { blocked: 0, reason: unreachable(this.#settings.origin) };
  }

  /** Undefined when there is no answer. */
  async #ask(target: string): Promise<Partial<Ending> | undefined> {
    const { http, clock } = this.#settings;
    const request = new AbortController();
    const cancel = clock.after(DIAGNOSIS_MS, () => request.abort());
    try {
      const response = await http.open(target, { method: "GET", signal: request.signal });
      response.body?.cancel().catch(() => undefined);
      return {};
    } catch (error) {
      if (!(error instanceof HttpError)) return undefined;
      const ending = endingOf(error, "rest");
      return ending.code === 1006 ? {} : ending;
    } finally {
      cancel();
    }
  }
}
