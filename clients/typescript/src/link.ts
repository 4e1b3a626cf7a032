import { decode, type ServerFrame } from "./server-frames.js";

/** What a {@link Link} tells its owner; after `closed` it tells nothing more. */
export interface LinkListener {
  opened(): void;
  received(frame: ServerFrame): void;
  /** The close code; 1006 when the link broke or was refused at the handshake. */
  closed(code: number, reason: string): void;
}

const OPEN = 1;

/** One physical WebSocket. It is used once; a reconnect makes another. */
export class Link {
  readonly #socket: WebSocket;
  readonly #listener: LinkListener;
  #over = false;

  constructor(url: string, token: string, listener: LinkListener, Socket: typeof WebSocket = WebSocket) {
    this.#listener = listener;
    this.#socket = new Socket(url, ["dunlin.v1", `bearer.${token}`]);
    this.#socket.addEventListener("open", () => !this.#over && listener.opened());
    this.#socket.addEventListener("message", (message) => this.#read(message.data));
    this.#socket.addEventListener("close", (close) => this.#end(close.code, close.reason));
  }

  send(frame: object): void {
    if (this.#socket.readyState === OPEN) this.#socket.send(JSON.stringify(frame));
  }

  /** Closes from this side: the listener hears of it at once, and not only when the server has answered. */
  close(code: number, reason: string): void {
    this.#end(code, reason);
    this.#socket.close(1000, reason);
  }

  #read(data: unknown): void {
    if (this.#over || typeof data !== "string") return;
    let frames: ServerFrame[];
    try {
      frames = decode(data);
    } catch {
      this.close(1006, "what came was not JSON");
      return;
    }
    for (const frame of frames) if (!this.#over) this.#listener.received(frame);
  }

  #end(code: number, reason: string): void {
    if (this.#over) return;
    this.#over = true;
    this.#listener.closed(code, reason);
  }
}
