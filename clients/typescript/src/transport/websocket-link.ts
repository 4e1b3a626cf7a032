import type { ClientFrame } from "../client-frames.js";
import type { Clock } from "../clock.js";
import { NO_ANSWER } from "../errors.js";
import { Heartbeat } from "../heartbeat.js";
import { decode } from "../frames.js";
import type { ServerFrame } from "../server-frames.js";
import type { Link, LinkListener } from "./link.js";

const OPEN = 1;

/** One physical WebSocket. */
export class WebSocketLink implements Link {
  readonly #socket: WebSocket;
  readonly #listener: LinkListener;
  readonly #heartbeat: Heartbeat;
  #over = false;

  /** Throws what the platform's constructor throws. */
  constructor(Socket: typeof WebSocket, url: string, token: string, clock: Clock, listener: LinkListener) {
    this.#listener = listener;
    this.#heartbeat = new Heartbeat(
      clock,
      () => this.send({ type: "ping" }),
      () => this.#break(4002, NO_ANSWER),
    );
    this.#socket = new Socket(url, ["dunlin.v1", `bearer.${token}`]);
    this.#socket.addEventListener("message", (message) => this.#read(message.data));
    this.#socket.addEventListener("close", (close) => this.#end(close.code, close.reason));
    // Node's own throws where nobody listens; `close` follows it.
    this.#socket.addEventListener("error", () => undefined);
  }

  send(frame: ClientFrame): void {
    if (this.#socket.readyState === OPEN) this.#socket.send(JSON.stringify(frame));
  }

  close(): void {
    this.#over = true;
    this.#heartbeat.stop();
    this.#socket.close(1000);
  }

  check(): void {
    this.#heartbeat.probe();
  }

  #read(data: unknown): void {
    if (this.#over || typeof data !== "string") return;
    let frames: ServerFrame[];
    try {
      frames = decode(data);
    } catch {
      this.#break(1006, "unexpected answer");
      return;
    }
    this.#heartbeat.heard();
    for (const frame of frames) {
      if (this.#over) return;
      if (frame.type === "welcome") this.#heartbeat.start(frame.heartbeat * 1000);
      this.#listener.received(frame);
    }
  }

  /** The listener hears of it at once, and not only when the server has answered, which it may never do. */
  #break(code: number, reason: string): void {
    this.#end(code, reason);
    this.#socket.close(1000);
  }

  #end(code: number, reason: string): void {
    if (this.#over) return;
    this.#over = true;
    this.#heartbeat.stop();
    this.#listener.ended({ code, reason });
  }
}
