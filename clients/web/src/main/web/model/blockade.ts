import { Model } from "./model.js";

export type Blockable = "websocket" | "sse";

/** An address of the own origin where nothing is: the gateway refuses it as a proxy would that knows no WebSockets. */
const NOWHERE = "/dev/nowhere";
const BLOCKED = 4002;
/** Streams that may be open at once: the one in use and one that is tried beside it; older ones have ended. */
const MOST_STREAMS = 2;

/**
 * Stands between the client and the network, and lets some transports not through, as a firewall or a proxy would: what is open
 * breaks, what is tried anew is refused by a real answer of the server. The client knows nothing of it.
 */
export class Blockade extends Model {
  readonly #blocked = new Set<Blockable>();
  readonly #sockets = new Set<WebSocket>();
  readonly #streams: AbortController[] = [];

  isBlocked(transport: Blockable): boolean {
    return this.#blocked.has(transport);
  }

  block(transport: Blockable, blocked: boolean): void {
    if (blocked) this.#blocked.add(transport);
    else this.#blocked.delete(transport);
    if (this.#blocked.has("websocket")) for (const socket of [...this.#sockets]) socket.close(BLOCKED, "blocked by the inspector");
    if (this.#blocked.has("sse")) for (const stream of this.#streams.splice(0)) stream.abort();
    this.changed();
  }

  /** The client's WebSocket. */
  socket(): typeof WebSocket {
    const blockade = this;
    return class extends WebSocket {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(blockade.isBlocked("websocket") ? String(url).replace(/\/v1\/ws.*/, NOWHERE) : url, protocols);
        blockade.#sockets.add(this);
        this.addEventListener("close", () => blockade.#sockets.delete(this));
      }
    };
  }

  /** The client's fetch. */
  readonly fetch = async (target: string, init: RequestInit): Promise<Response> => {
    const { pathname, origin } = new URL(target);
    if (pathname !== "/v1/events") return fetch(target, init);
    if (this.isBlocked("sse")) return fetch(origin + NOWHERE, init);
    const stream = new AbortController();
    this.#streams.push(stream);
    if (this.#streams.length > MOST_STREAMS) this.#streams.shift();
    const signal = init.signal ? AbortSignal.any([init.signal, stream.signal]) : stream.signal;
    return fetch(target, { ...init, signal });
  };
}
