import type { ClientContext } from "../client-context.js";
import type { Http } from "../http.js";
import type { ServerFrame } from "../server-frames.js";
import type { Device } from "../values.js";
import type { AskedChannels, Resume } from "./asked-channels.js";
import type { Downstream, Fetching } from "./downstream.js";
import type { HttpWelcome } from "./http-welcome.js";
// Imports are in the order in which the whole client compresses best.
import { HttpError, NO_ANSWER } from "../errors.js";
import { endingOf } from "./ending.js";
import { abnormal, GOING_AWAY, type Ending } from "./link.js";

/** A proxy that buffers passes no byte on: after this time the transport counts as blocked. */
const FIRST_BYTE_MS = 10_000;
/** The reason of an abort because nothing came. */
export const SILENCE = "silence";

const CLOSE_CODES: { readonly [code: string]: number } = { unauthenticated: 4401, forbidden: 4403, conflict: 4409 };

/** The {@link HttpLink} of an exchange. */
export interface ExchangeOwner {
  readonly channels: AskedChannels;
  readonly welcome: HttpWelcome;
  /** Aborts the request with {@link SILENCE} unless this is called again before. */
  expect(ms: number): void;
  /** A byte came; `first` on the first one of this request. */
  alive(first: boolean): void;
  /** A frame that is not about the request itself. */
  heard(frame: ServerFrame): void;
  /** Returns whether the server refuses a channel. */
  lookUp(): Promise<boolean>;
}

/**
 * One request of an {@link HttpLink}, until its answer is over. The link aborts `signal` to replace
 * the request by another one. From then on the exchange calls nobody.
 */
export class HttpExchange implements Fetching {
  readonly #down: Downstream;
  readonly #http: Http;
  readonly #resume: Resume;
  readonly #signal: AbortSignal;
  readonly #owner: ExchangeOwner;
  readonly device: Device;
  readonly channels: readonly string[];
  readonly cursor: string | undefined;
  readonly first: boolean;
  readonly #resumed: ReadonlySet<string>;
  #lived = false;
  /** The last frame, or a `goaway`: what follows a `goaway` changes nothing. */
  #last: ServerFrame | undefined;

  constructor({ http, device }: ClientContext, down: Downstream, resume: Resume, signal: AbortSignal, owner: ExchangeOwner) {
    this.#down = down;
    this.#http = http;
    this.device = device;
    this.#resume = resume;
    this.#signal = signal;
    this.#owner = owner;
    this.channels = owner.channels.names;
    this.cursor = resume.cursor;
    this.first = !owner.welcome.given;
    this.#resumed = resume.cursor === undefined ? new Set() : resume.channels;
  }

  /** Resolves with why the link has to end, if it has to. */
  async run(): Promise<Ending | undefined> {
    this.#owner.expect(this.first || this.#down.streams ? FIRST_BYTE_MS : this.#silenceMs);
    try {
      await this.#down.fetch(this);
    } catch (error) {
      return this.#isOver && this.#signal.reason !== SILENCE ? undefined : this.#failed(error);
    }
    return this.#lastWord();
  }

  open(target: string, headers: Record<string, string>): Promise<Response> {
    return this.#http.open(target, { method: "GET", headers, signal: this.#signal });
  }

  at(cursor: string): void {
    if (this.#isOver) return;
    this.#resume.cursor = cursor;
    this.#resume.channels = new Set(this.channels);
  }

  get #isOver(): boolean {
    return this.#signal.aborted;
  }

  get #silenceMs(): number {
    return this.#down.silenceMs(this.#owner.welcome.heartbeat);
  }

  alive(): void {
    if (this.#isOver) return;
    this.#owner.expect(this.#silenceMs);
    this.#owner.alive(!this.#lived);
    this.#lived = true;
    this.#owner.welcome.give();
  }

  received(frame: ServerFrame): void {
    if (this.#isOver) return;
    const { channels, welcome } = this.#owner;
    if (this.#last?.type !== "goaway") this.#last = frame;
    welcome.give(frame.type === "welcome" ? frame : undefined);
    if (frame.type === "subscribed") {
      channels.answered(frame, this.#resumed.has(frame.channel));
    } else if (frame.type === "error" && frame.ref !== undefined) {
      // Here a ref is the channel's place in the request. After a retryable refusal the answer ends.
      const channel = this.channels[Number(frame.ref)];
      if (channel !== undefined && !frame.retryable) channels.refused(channel, frame);
    } else if (frame.type !== "welcome") {
      if (frame.type === "unsubscribed") channels.remove(frame.channel);
      this.#owner.heard(frame);
    }
  }

  async #failed(error: unknown): Promise<Ending | undefined> {
    const { channels, welcome } = this.#owner;
    const { status, spoken } = error instanceof HttpError ? error : {};
    if (this.cursor !== undefined && (status === 400 || status === 410)) {
      this.#resume.cursor = undefined;
      channels.forgetAnswers();
      return undefined;
    }
    // One channel that the user may not read must not block the others.
    if (spoken && (status === 403 || status === 404)) {
      channels.forgetAnswers();
      if (await this.#owner.lookUp()) return undefined;
    }
    if (this.#lived && !status) return this.#lastWord();
    return this.#isOver ? abnormal(NO_ANSWER, welcome.given ? 1 : 2) : endingOf(error, welcome.given ? "again" : "first");
  }

  /** An answer has no close code: its last frame stands for one. */
  #lastWord(): Ending | undefined {
    const last = this.#last;
    if (last?.type === "goaway") return GOING_AWAY;
    if (last?.type !== "error" || last.ref !== undefined || last.retryable) return undefined;
    return { code: CLOSE_CODES[last.code] ?? 4400, reason: last.message };
  }
}
