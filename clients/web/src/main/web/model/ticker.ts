import { rememberedPlace } from "./identity.js";
import { Model } from "./model.js";
import { type Point, Series } from "./series.js";

export type StreamState = "connecting" | "open" | "waiting";

const CHANNELS = [
  ["live:eurusd", "EUR/USD"],
  ["live:gold", "Gold"],
  ["live:bitcoin", "Bitcoin"],
  ["live:wheat", "Wheat"],
] as const;
const PAST = 200;
/** The gateway stops making prices when nobody wishes for them any more. */
const WISH_MS = 5_000;
const RETRY_MS = 2_000;
const LATENCIES = 1_000;

/** Frames of the stream, as far as they are used here. */
interface Frame {
  readonly channel: string;
  readonly seq: number;
  readonly ts: number;
  readonly data?: { readonly price?: number; readonly at?: number };
  readonly head?: number;
  readonly recovered?: boolean;
  readonly from: number;
  readonly to: number;
  readonly node?: string;
  readonly message?: string;
}

/**
 * Prices over the browser's own `EventSource`, without any library: it comes back by itself and says where it was
 * (`Last-Event-ID`), so that nothing is missed. It can show no header, and so the token comes as a cookie.
 */
export class Ticker extends Model {
  readonly series = CHANNELS.map(([channel, name]) => new Series(channel, name));
  #source: EventSource | undefined;
  #state: StreamState = "connecting";
  #node = "";
  #lastId = "";
  #opens = 0;
  #problem: string | undefined;
  #latencies: number[] = [];
  #times: number[] = [];
  #perSecond = 0;
  /** False where the gateway makes no prices: then those are shown that somebody else publishes. */
  #hasFeed = true;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #wishes: ReturnType<typeof setInterval> | undefined;

  get state(): StreamState {
    return this.#state;
  }

  get node(): string {
    return this.#node;
  }

  /** How often the stream was resumed after it broke. */
  get resumes(): number {
    return Math.max(0, this.#opens - 1);
  }

  get problem(): string | undefined {
    return this.#problem;
  }

  get hasFeed(): boolean {
    return this.#hasFeed;
  }

  /** How many updates a second are wished for. */
  get perSecond(): number {
    return this.#perSecond;
  }

  /** How many came in the last second. */
  rate(now: number): number {
    const first = this.#times.findIndex((at) => at > now - 1_000);
    this.#times.splice(0, first < 0 ? this.#times.length : first);
    return this.#times.length;
  }

  /** Milliseconds from the making of a price to this page, for that share of the last ones. */
  latency(share: number): number | undefined {
    const sorted = [...this.#latencies].sort((one, other) => one - other);
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  }

  async start(): Promise<void> {
    await this.#open();
    this.#wishes = setInterval(() => void this.#wish(), WISH_MS);
  }

  stop(): void {
    this.#source?.close();
    clearTimeout(this.#timer);
    clearInterval(this.#wishes);
  }

  /** Has the local stack publish so many prices a second; 0 ends it. */
  async feed(perSecond: number): Promise<void> {
    this.#perSecond = perSecond;
    this.changed();
    await this.#ask("/dev/ticker", { perSecond });
  }

  async #wish(): Promise<void> {
    if (this.#perSecond > 0 && document.visibilityState === "visible") await this.#ask("/dev/ticker", { perSecond: this.#perSecond });
  }

  async #open(): Promise<void> {
    this.#become("connecting");
    const user = rememberedPlace().user ?? "guest";
    const { token } = ((await this.#ask("/dev/tokens", { user, cookie: true })) ?? {}) as { token?: string };
    if (token !== undefined && this.#opens === 0) await Promise.all(this.series.map((one) => this.#past(one, token)));
    const channels = CHANNELS.map(([channel]) => `channel=${channel}`).join("&");
    // A new EventSource knows nothing of the last one's id, so it is told.
    const cursor = this.#lastId === "" ? "" : `&cursor=${encodeURIComponent(this.#lastId)}`;
    const source = (this.#source = new EventSource(`/v1/events?${channels}${cursor}`));
    source.addEventListener("open", () => {
      this.#opens++;
      this.#problem = undefined;
      this.#become("open");
    });
    source.addEventListener("welcome", (event) => (this.#node = frameOf(event).node ?? ""));
    source.addEventListener("subscribed", (event) => this.#subscribed(frameOf(event)));
    source.addEventListener("message", (event) => this.#message(event));
    source.addEventListener("gap", (event) => this.#gap(frameOf(event)));
    source.addEventListener("error", (event) => this.#error(source, event));
  }

  #subscribed({ channel, head, recovered }: Frame): void {
    if (head !== undefined) this.#of(channel)?.stands(head, recovered === true);
  }

  #message(event: MessageEvent<string>): void {
    const { channel, seq, ts, data } = frameOf(event);
    if (event.lastEventId !== "") this.#lastId = event.lastEventId;
    if (typeof data?.price !== "number") return;
    const now = Date.now();
    const at = data.at ?? ts;
    this.#of(channel)?.add(seq, { at, price: data.price });
    this.#times.push(now);
    this.#latencies.push(Math.max(0, now - at));
    if (this.#latencies.length > 2 * LATENCIES) this.#latencies.splice(0, LATENCIES);
  }

  #gap({ channel, from, to }: Frame): void {
    this.#of(channel)?.skip(from, to);
  }

  /** Without `data` it is the browser's own: it comes back by itself, unless it was refused. */
  #error(source: EventSource, event: Event): void {
    if (event instanceof MessageEvent) {
      this.#problem = frameOf(event as MessageEvent<string>).message;
    } else if (source.readyState === EventSource.CLOSED && source === this.#source) {
      this.#become("waiting");
      this.#timer = setTimeout(() => void this.#open(), RETRY_MS * (0.5 + Math.random()));
      return;
    }
    this.#become(source.readyState === EventSource.OPEN ? "open" : "connecting");
  }

  /** What the channel's log holds of the last minute. */
  async #past(series: Series, token: string): Promise<void> {
    try {
      const path = `/v1/channels/${encodeURIComponent(series.channel)}/messages?limit=${PAST}`;
      const response = await fetch(path, { headers: { Authorization: `Bearer ${token}` } });
      const { messages } = (await response.json()) as { messages?: readonly Frame[] };
      const points = (messages ?? []).flatMap(({ ts, data }): Point[] => (data?.price === undefined ? [] : [{ at: data.at ?? ts, price: data.price }]));
      series.past(points);
    } catch {
      // The chart begins empty then.
    }
  }

  async #ask(path: string, body: object): Promise<unknown> {
    try {
      const response = await fetch(path, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(body),
      });
      if (path === "/dev/ticker") this.#hasFeed = response.ok || response.status >= 500;
      return response.ok ? await response.json() : undefined;
    } catch {
      return undefined;
    }
  }

  #of(channel: string): Series | undefined {
    return this.series.find((one) => one.channel === channel);
  }

  #become(state: StreamState): void {
    this.#state = state;
    this.changed();
  }
}

function frameOf(event: MessageEvent<string>): Frame {
  return JSON.parse(event.data) as Frame;
}
