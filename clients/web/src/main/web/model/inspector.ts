import type { ConnectionState, DunlinClient, ObservedFrame, TransportName } from "@dunlin/client";
import { Model } from "./model.js";

/** A line of the inspector: a frame, or an event of the connection. */
export type Line =
  | {
      readonly kind: "frame";
      readonly key: number;
      readonly at: number;
      readonly direction: "up" | "down";
      readonly transport: TransportName;
      readonly type: string;
      readonly channel: string | undefined;
      readonly bytes: number;
      readonly json: string;
    }
  | { readonly kind: "link"; readonly key: number; readonly at: number; readonly mood: "good" | "bad" | "soso"; readonly text: string };

const MOST_LINES = 400;
const MOST_SAMPLES = 60;
/** How often the round trip is measured while somebody looks, and while nobody does. */
const LOOKING_MS = 2_000;
const IDLE_MS = 20_000;

/** Watches one client: its frames, its transport switches and its round-trip time. */
export class Inspector extends Model {
  readonly #client: DunlinClient;
  readonly #ends: (() => void)[];
  #lines: Line[] = [];
  #keys = 0;
  #frames = { up: 0, down: 0 };
  #bytes = { up: 0, down: 0 };
  #latencies: number[] = [];
  #fallbacks = 0;
  #connects = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #looking = false;
  #drawing = false;

  constructor(client: DunlinClient) {
    super();
    this.#client = client;
    this.#ends = [
      client.on("frame", (frame) => this.#frame(frame)),
      client.on("state", (state) => this.#state(state)),
      client.on("transport", ({ from, to, reason }) => {
        this.#fallbacks++;
        this.#link("soso", `${NAMES[from]} → ${NAMES[to]}: ${reason}`);
      }),
    ];
  }

  /** Oldest first, the newest {@link MOST_LINES}. */
  get lines(): readonly Line[] {
    return this.#lines;
  }

  get frames(): { readonly up: number; readonly down: number } {
    return this.#frames;
  }

  get bytes(): { readonly up: number; readonly down: number } {
    return this.#bytes;
  }

  /** Milliseconds to the server and back, oldest first. */
  get latencies(): readonly number[] {
    return this.#latencies;
  }

  get fallbacks(): number {
    return this.#fallbacks;
  }

  /** How many connections came up. */
  get connects(): number {
    return this.#connects;
  }

  /** Whether somebody looks: then it measures more often. */
  look(looking: boolean): void {
    if (looking === this.#looking) return;
    this.#looking = looking;
    if (looking) void this.#measure();
  }

  clear(): void {
    this.#lines = [];
    this.#draw();
  }

  stop(): void {
    clearTimeout(this.#timer);
    for (const end of this.#ends) end();
  }

  async #measure(): Promise<void> {
    clearTimeout(this.#timer);
    try {
      this.#latencies = [...this.#latencies, await this.#client.ping()].slice(-MOST_SAMPLES);
      this.#draw();
    } catch {
      // Without a link there is nothing to measure.
    }
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#measure(), this.#looking ? LOOKING_MS : IDLE_MS);
  }

  #frame({ direction, transport, frame }: ObservedFrame): void {
    const json = JSON.stringify(frame.type === "auth" ? { ...frame, token: "…" } : frame);
    this.#frames[direction]++;
    this.#bytes[direction] += json.length;
    const channel = "channel" in frame ? frame.channel : undefined;
    this.#add({ kind: "frame", key: ++this.#keys, at: Date.now(), direction, transport, type: frame.type, channel, bytes: json.length, json });
  }

  #state(state: ConnectionState): void {
    switch (state.status) {
      case "idle":
        break;
      case "connecting":
        this.#link("soso", `Connecting by ${NAMES[state.transport]}, attempt ${state.attempt}`);
        break;
      case "online":
        this.#connects++;
        this.#latencies = [];
        this.#link("good", `Connected by ${NAMES[state.transport]}${state.node ? ` to ${state.node}` : ""}`);
        void this.#measure();
        break;
      case "waiting":
        this.#link("bad", `Disconnected: ${state.reason}. Next: ${NAMES[state.transport]}`);
        break;
      case "stopped":
        this.#link("bad", `Stopped (${state.code}): ${state.reason}`);
        break;
    }
  }

  #link(mood: "good" | "bad" | "soso", text: string): void {
    this.#add({ kind: "link", key: ++this.#keys, at: Date.now(), mood, text });
  }

  #add(line: Line): void {
    this.#lines.push(line);
    if (this.#lines.length > MOST_LINES) this.#lines.splice(0, this.#lines.length - MOST_LINES);
    this.#draw();
  }

  /** Once a frame of the screen, however many frames of the link come. */
  #draw(): void {
    if (this.#drawing) return;
    this.#drawing = true;
    setTimeout(() => {
      this.#drawing = false;
      this.changed();
    }, 60);
  }
}

/** For narrow places. */
export const SHORT_NAMES: { readonly [name in TransportName]: string } = {
  websocket: "WebSocket",
  sse: "Event stream",
  poll: "Polling",
};

/** What people call the transports. */
export const NAMES: { readonly [name in TransportName]: string } = {
  websocket: "WebSocket",
  sse: "Server-sent events",
  poll: "Long polling",
};
