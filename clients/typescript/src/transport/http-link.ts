import type { ClientContext } from "../client-context.js";
import type { ClientFrame } from "../client-frames.js";
import type { ServerFrame } from "../server-frames.js";
import type { Downstream } from "./downstream.js";
// Imports are in the order in which the whole client compresses best.
import { asReply } from "../frames.js";
import { RestUplink } from "./rest-uplink.js";
import { HttpWelcome } from "./http-welcome.js";
import { endingOf } from "./ending.js";
import { lookUpChannels } from "./channel-lookup.js";
import { abnormal, type Ending, type Link, type LinkListener } from "./link.js";
import { LinkTimers } from "../link-timers.js";
import { HttpExchange, SILENCE, type ExchangeOwner } from "./http-exchange.js";
import { AskedChannels, type Resume } from "./asked-channels.js";

/** Gathers subscriptions, so that they change the request together. */
const GATHER_MS = 20;
/** After this time without `subscribed`, REST is asked where a channel stands. */
const ANSWER_MS = 1_000;
/** An answer without an event that ends sooner is a short one, and this many in a row are accepted. */
const SHORT_MS = 2_000;
const MAX_SHORT = 3;

/**
 * A link over HTTP: a {@link Downstream} down and REST up, in the frames of a WebSocket. It
 * subscribes by naming all channels in the request, so one more channel means another request,
 * with the last cursor. The server keeps no state: what happens between two requests is behind the
 * cursor.
 */
export class HttpLink implements Link, ExchangeOwner {
  readonly #context: ClientContext;
  readonly #down: Downstream;
  readonly #resume: Resume;
  readonly channels: AskedChannels;
  readonly welcome: HttpWelcome;
  readonly #listener: LinkListener;
  readonly #uplink: RestUplink;
  readonly #timers: LinkTimers;
  #over = false;
  #request = new AbortController();
  #goOn: () => void = () => undefined;
  #heardAt = 0;
  /** The events of the exchange. */
  #events = 0;
  /** Short answers in a row. */
  #shorts = 0;

  /** The first request names the channels that are `wanted` now. */
  constructor(context: ClientContext, down: Downstream, user: string, wanted: readonly string[], resume: Resume, listener: LinkListener) {
    this.#context = context;
    this.#down = down;
    this.#resume = resume;
    this.#listener = listener;
    this.#timers = new LinkTimers(context.clock);
    this.#uplink = new RestUplink(context.rest, context.clock, (frame) => this.#replied(frame));
    this.channels = new AskedChannels(listener.received);
    this.welcome = new HttpWelcome(user, listener.received);
    for (const channel of wanted) this.channels.add(channel);
    void this.#run();
  }

  send(frame: ClientFrame): void {
    if (frame.type === "subscribe") {
      if (this.channels.subscribe(frame)) this.#changed();
      else if (this.welcome.given) this.#lookUpSoon();
    } else if (frame.type === "unsubscribe") {
      if (this.channels.remove(frame.channel)) this.#changed();
      this.#listener.received(asReply(frame.ref, { type: "unsubscribed", channel: frame.channel }));
    } else if (frame.type === "auth") {
      // A stream keeps the token of its request; a poll ends soon.
      if (this.#down.streams) this.#changed();
      this.#listener.received(asReply(frame.ref, { type: "authenticated" }));
    } else {
      this.#uplink.send(frame);
    }
  }

  close(): void {
    this.#over = true;
    this.#uplink.stop();
    this.#timers.clear();
    this.#interrupt();
  }

  /** After a sleep a dead connection looks like a quiet one: a new request is cheap and safe. */
  check(): void {
    const silentMs = this.#context.clock.now() - this.#heardAt;
    if (this.welcome.given && silentMs > this.#down.silenceMs(this.welcome.heartbeat) / 2) this.#interrupt();
  }

  expect(ms: number): void {
    this.#timers.after(ms, this.#silence);
  }

  alive(first: boolean): void {
    this.#heardAt = this.#context.clock.now();
    if (first) this.#lookUpSoon();
  }

  heard(frame: ServerFrame): void {
    this.#events++;
    this.#listener.received(frame);
  }

  readonly lookUp = (): Promise<boolean> => lookUpChannels(this.#context.rest, this.channels, () => this.#over);

  readonly #silence = (): void => this.#request.abort(SILENCE);

  /** Replaces the request in flight by a new one. */
  readonly #interrupt = (): void => {
    this.#request.abort();
    this.#goOn();
  };

  async #run(): Promise<void> {
    const { clock, rest } = this.#context;
    try {
      this.welcome.join(await rest.channelPage({ limit: 100 }), this.channels);
    } catch (error) {
      this.#end(endingOf(error, "rest"));
    }
    while (!this.#over) {
      if (this.channels.names.length === 0) {
        this.welcome.give();
        await this.#wait();
        continue;
      }
      const startedAt = clock.now();
      const { signal } = (this.#request = new AbortController());
      this.#events = 0;
      const ending = await new HttpExchange(this.#context, this.#down, this.#resume, signal, this).run();
      if (ending) this.#end(ending);
      else if (!signal.aborted || signal.reason === SILENCE) await this.#pause(clock.now() - startedAt);
    }
  }

  /** The next stream starts after a pause, the next poll at once; short answers make both wait. */
  async #pause(tookMs: number): Promise<void> {
    this.#shorts = this.#events > 0 || tookMs >= SHORT_MS ? 0 : this.#shorts + 1;
    if (this.#shorts > MAX_SHORT) this.#end(abnormal("answers end early", 2));
    else if (this.#down.streams || this.#shorts > 1) await this.#wait(this.#context.random() * 1_000 * 2 ** this.#shorts);
  }

  /** Until {@link close}, a change of the channels or the time. */
  #wait(ms?: number): Promise<void> {
    return new Promise((resolve) => {
      this.#goOn = resolve;
      if (ms !== undefined) this.#timers.after(ms, resolve);
    });
  }

  #changed(): void {
    this.#timers.after(GATHER_MS, this.#interrupt);
  }

  #lookUpSoon(): void {
    this.#timers.after(ANSWER_MS, this.lookUp);
  }

  #replied(frame: ServerFrame): void {
    if (frame.type === "error" && frame.code === "unauthenticated" && !this.#over) {
      this.#end({ code: 4401, reason: frame.message });
    } else {
      this.#listener.received(frame);
    }
  }

  #end(ending: Ending): void {
    if (this.#over) return;
    this.close();
    this.#listener.ended(ending);
  }
}
