import type { ClientFrame } from "../client-frames.js";
import type { Clock } from "../clock.js";
import { DunlinError, HttpError } from "../errors.js";
import { asReply } from "../frames.js";
import type { Http } from "../http.js";
import type { Rest } from "../rest.js";
import type { Membership, ServerFrame, Welcome } from "../server-frames.js";
import { AskedChannels, type Resume } from "./asked-channels.js";
import type { Downstream } from "./downstream.js";
import { endingOf } from "./ending.js";
import type { Ending, Link, LinkListener } from "./link.js";
import { RestUplink } from "./rest-uplink.js";

export interface HttpLinkSettings {
  readonly down: Downstream;
  readonly http: Http;
  readonly rest: Rest;
  readonly clock: Clock;
  readonly random: () => number;
  readonly user: string;
  /** What the application listens to now, so that the first request can name it. */
  readonly channels: readonly string[];
  readonly resume: Resume;
}

/** A proxy that buffers lets no byte through: by then the transport counts as blocked. */
const FIRST_BYTE_MS = 10_000;
/** Subscriptions that come together change the request together. */
const GATHER_MS = 20;
/** Where a channel stands is asked by REST when no `subscribed` came by then. */
const ANSWER_MS = 1_000;
/** An answer without an event that ends sooner is no good one, and not more of them in a row are taken. */
const SHORT_MS = 2_000;
const MOST_SHORT = 3;

const NONE: ReadonlySet<string> = new Set();
const CLOSE_CODES: { readonly [code: string]: number } = { unauthenticated: 4401, forbidden: 4403, conflict: 4409 };

type Interrupt = "changed" | "silence";

/**
 * A session over HTTP, by a {@link Downstream} down and REST up, in the frames of a WebSocket. It subscribes by naming
 * all its channels in the request, so another channel means another request, with the cursor of the last. The server
 * keeps nothing of it: what came between two requests is behind the cursor.
 */
export class HttpLink implements Link {
  readonly #settings: HttpLinkSettings;
  readonly #listener: LinkListener;
  readonly #uplink: RestUplink;
  readonly #channels: AskedChannels;
  readonly #timers = new Map<string, () => void>();
  #memberships: readonly Membership[] = [];
  #leftOut = 0;
  #welcomed = false;
  /** As in the last `welcome` of the server; its default until one came. */
  #heartbeatS = 30;
  #over = false;
  /** The last frame of the answer under way, or its `goaway`. */
  #last: ServerFrame | undefined;
  #request = new AbortController();
  #interrupt: Interrupt | undefined;
  #goOn: () => void = () => undefined;
  /** Whether the answer under way brought anything yet, and how many events. */
  #lived = false;
  #frames = 0;
  #heardAt = 0;
  #short = 0;

  constructor(settings: HttpLinkSettings, listener: LinkListener) {
    this.#settings = settings;
    this.#listener = listener;
    this.#uplink = new RestUplink(settings.rest, settings.clock, (frame) => this.#replied(frame));
    this.#channels = new AskedChannels((frame) => listener.received(frame));
    for (const channel of settings.channels) this.#channels.add(channel);
    void this.#run();
  }

  send(frame: ClientFrame): void {
    if (frame.type === "subscribe") {
      if (this.#channels.subscribe(frame)) this.#changed();
      else if (this.#welcomed) this.#askSoon();
    } else if (frame.type === "unsubscribe") {
      if (this.#channels.remove(frame.channel)) this.#changed();
      this.#listener.received(asReply(frame.ref, { type: "unsubscribed", channel: frame.channel }));
    } else if (frame.type === "auth") {
      // A stream runs under the token that it was asked for with; a poll is over soon.
      if (this.#settings.down.name === "sse") this.#changed();
      this.#listener.received(asReply(frame.ref, { type: "authenticated" }));
    } else {
      this.#uplink.send(frame);
    }
  }

  close(): void {
    this.#over = true;
    this.#uplink.stop();
    for (const cancel of this.#timers.values()) cancel();
    this.#request.abort();
    this.#goOn();
  }

  /** After a sleep a dead connection looks like a quiet one: asks again, which costs little and loses nothing. */
  check(): void {
    if (this.#welcomed && this.#settings.clock.now() - this.#heardAt > this.#silenceMs / 2) this.#stop("changed");
  }

  get #silenceMs(): number {
    return this.#settings.down.silenceMs(this.#heartbeatS);
  }

  async #run(): Promise<void> {
    try {
      await this.#findMemberships();
    } catch (error) {
      this.#end(endingOf(error, "rest"));
    }
    while (!this.#over) {
      if (this.#channels.names.length === 0) {
        this.#welcome();
        await this.#wait();
        continue;
      }
      const startedAt = this.#settings.clock.now();
      const ending = await this.#ask();
      if (this.#over) return;
      if (ending) this.#end(ending);
      else await this.#pause(this.#settings.clock.now() - startedAt);
    }
  }

  async #findMemberships(): Promise<void> {
    const { channels, next } = await this.#settings.rest.channelPage({ limit: 100 });
    const heard = channels.filter(({ channel }) => this.#channels.add(channel));
    this.#leftOut = channels.length - heard.length + (next ? 1 : 0);
    this.#memberships = heard.filter((summary): summary is typeof summary & Membership => summary.epoch !== undefined);
  }

  /** One request until its answer is over. Returns why the link has to end, if it has to. */
  async #ask(): Promise<Ending | undefined> {
    const { down, http, resume } = this.#settings;
    const channels = this.#channels.names;
    const named = new Set(channels);
    const { cursor, channels: known } = resume;
    const { signal } = (this.#request = new AbortController());
    this.#interrupt = undefined;
    this.#lived = false;
    this.#frames = 0;
    this.#last = undefined;
    const first = !this.#welcomed;
    this.#expectWithin(first || down.name === "sse" ? FIRST_BYTE_MS : this.#silenceMs);
    try {
      await down.fetch({
        channels,
        cursor,
        first,
        signal,
        open: (target, headers) => http.open(target, { method: "GET", headers, signal }),
        alive: () => !signal.aborted && this.#alive(),
        received: (frame) => !signal.aborted && this.#received(frame, channels, cursor === undefined ? NONE : known),
        at: (reached) => {
          if (signal.aborted) return;
          resume.cursor = reached;
          resume.channels = named;
        },
      });
      return this.#lastWord();
    } catch (error) {
      return this.#over ? undefined : await this.#failed(error, cursor);
    } finally {
      this.#timers.get("silence")?.();
    }
  }

  async #failed(error: unknown, cursor: string | undefined): Promise<Ending | undefined> {
    if (this.#interrupt === "changed") return undefined;
    if (error instanceof HttpError) {
      if (cursor !== undefined && (error.status === 400 || error.status === 410)) {
        this.#settings.resume.cursor = undefined;
        this.#channels.forgetAnswers();
        return undefined;
      }
      // One channel that is not for this user must not keep the others from being heard.
      if (error.spoken && (error.status === 403 || error.status === 404)) {
        this.#channels.forgetAnswers();
        if (await this.#askWhereTheyStand()) return undefined;
      }
    }
    if (this.#lived && !(error instanceof HttpError)) return this.#lastWord();
    if (this.#interrupt === "silence") return { code: 1006, reason: "the server does not answer", blocked: this.#welcomed ? 1 : 2 };
    return endingOf(error, this.#welcomed ? "again" : "first");
  }

  /** An answer that is over has no close code: what stands for one is its last frame. */
  #lastWord(): Ending | undefined {
    const last = this.#last;
    if (last?.type === "goaway") return { code: 4000, reason: "going away" };
    if (last?.type !== "error" || last.ref !== undefined || last.retryable) return undefined;
    return { code: CLOSE_CODES[last.code] ?? 4400, reason: last.message };
  }

  #expectWithin(ms: number): void {
    this.#after("silence", ms, () => this.#stop("silence"));
  }

  #alive(): void {
    this.#heardAt = this.#settings.clock.now();
    this.#expectWithin(this.#silenceMs);
    if (!this.#lived) {
      this.#lived = true;
      this.#askSoon();
    }
    this.#welcome();
  }

  /** A frame of an answer to a request for these channels, whose cursor spoke of those. */
  #received(frame: ServerFrame, asked: readonly string[], resumed: ReadonlySet<string>): void {
    // What still comes after it changes nothing: the server wants this link gone.
    if (this.#last?.type !== "goaway") this.#last = frame;
    if (frame.type === "welcome") {
      this.#welcome(frame);
      return;
    }
    this.#welcome();
    if (frame.type === "subscribed") {
      this.#channels.answered(frame, resumed.has(frame.channel));
      return;
    }
    if (frame.type === "error" && frame.ref !== undefined) {
      // Here a ref is the channel's place in the request. What passes is followed by the end of the answer.
      const channel = asked[Number(frame.ref)];
      if (channel !== undefined && !frame.retryable) this.#channels.refused(channel, frame);
      return;
    }
    this.#frames++;
    if (frame.type === "unsubscribed") this.#channels.remove(frame.channel);
    this.#listener.received(frame);
  }

  /** What the server says of itself on a stream comes through; where it says nothing, the first sign of life counts. */
  #welcome(said?: Welcome): void {
    if (this.#welcomed && !said) return;
    const first = !this.#welcomed;
    this.#welcomed = true;
    this.#heartbeatS = said?.heartbeat || this.#heartbeatS;
    this.#listener.received({
      type: "welcome",
      session: "",
      user: this.#settings.user,
      node: "",
      heartbeat: this.#heartbeatS,
      limits: { maxMessageBytes: 65_536, publishPerSecond: 100, subscriptions: 100 },
      ...said,
      channels: this.#memberships,
    });
    if (first && this.#leftOut > 0) {
      const message = "More than 100 channels need a WebSocket.";
      this.#listener.received({ type: "error", code: "overloaded", message, retryable: true });
    }
  }

  #askSoon(): void {
    this.#after("answers", ANSWER_MS, () => void this.#askWhereTheyStand());
  }

  /** Asks by REST where channels stand that no `subscribed` came for. Returns whether one was refused. */
  async #askWhereTheyStand(): Promise<boolean> {
    let refused = false;
    for (const channel of this.#channels.unanswered) {
      if (this.#over) return refused;
      try {
        const { epoch, head } = await this.#settings.rest.events(channel, { after: 0, limit: 1 });
        this.#channels.answered({ type: "subscribed", channel, ...(epoch !== undefined && { epoch, head: head ?? 0 }) }, false);
      } catch (error) {
        const { code, message } = DunlinError.from(error);
        if (code === "forbidden" || code === "not_found") {
          this.#channels.refused(channel, { code, message });
          refused = true;
        } else if (code === "bad_request") {
          // Ephemeral: it stands nowhere.
          this.#channels.answered({ type: "subscribed", channel }, false);
        }
      }
    }
    return refused;
  }

  #replied(frame: ServerFrame): void {
    if (frame.type === "error" && frame.code === "unauthenticated" && !this.#over) {
      this.#end({ code: 4401, reason: frame.message });
    } else {
      this.#listener.received(frame);
    }
  }

  /** A stream that ended is asked for again soon, a poll at once, and neither over and over where nothing comes. */
  async #pause(tookMs: number): Promise<void> {
    const { down, random } = this.#settings;
    if (this.#interrupt === "changed") return;
    this.#short = this.#frames > 0 || tookMs >= SHORT_MS ? 0 : this.#short + 1;
    if (this.#short > MOST_SHORT) this.#end({ code: 1006, reason: "answers end early", blocked: 2 });
    else if (down.name === "sse" || this.#short > 1) await this.#wait(random() * 1_000 * 2 ** this.#short);
  }

  /** Until {@link close}, a change of the channels or the time. */
  #wait(ms?: number): Promise<void> {
    return new Promise((resolve) => {
      this.#goOn = resolve;
      if (ms !== undefined) this.#after("pause", ms, resolve);
    });
  }

  #changed(): void {
    this.#after("changed", GATHER_MS, () => this.#stop("changed"));
  }

  #stop(interrupt: Interrupt): void {
    this.#interrupt = interrupt;
    this.#request.abort();
    this.#goOn();
  }

  #end(ending: Ending): void {
    if (this.#over) return;
    this.close();
    this.#listener.ended(ending);
  }

  #after(name: string, ms: number, task: () => void): void {
    this.#timers.get(name)?.();
    if (!this.#over) this.#timers.set(name, this.#settings.clock.after(ms, task));
  }
}
