import type { Subscribe } from "../client-frames.js";
import { asReply } from "../frames.js";
import type { ErrorFrame, ServerFrame, Subscribed } from "../server-frames.js";
import type { ErrorCode, Ref } from "../values.js";
import { query } from "../query.js";

/** Where the HTTP transports go on; outlives a link, so that the next one resumes. */
export interface Resume {
  /** The server's own, as it gave it. */
  cursor: string | undefined;
  /** The channels that it speaks of. */
  channels: ReadonlySet<string>;
}

interface Asked {
  /** Of the `subscribe` that waits for its answer. */
  ref: Ref | undefined;
  answer: Subscribed | undefined;
}

/** As many as fit in a request line and a cursor in a header. */
const MOST_CHANNELS = 100;
const MOST_CHARACTERS = 3_000;

/** The channels that an HTTP link names in its requests, and what the server said of each. */
export class AskedChannels {
  readonly #channels = new Map<string, Asked>();
  readonly #reply: (frame: ServerFrame) => void;
  #characters = 0;

  constructor(reply: (frame: ServerFrame) => void) {
    this.#reply = reply;
  }

  get names(): readonly string[] {
    return [...this.#channels.keys()];
  }

  /** Those that the server said nothing of. */
  get unanswered(): readonly string[] {
    return this.names.filter((channel) => !this.#channels.get(channel)?.answer);
  }

  /** Whether there was room for it, or it is there already. */
  add(channel: string): boolean {
    if (this.#channels.has(channel)) return true;
    const characters = this.#characters + length(channel);
    if (this.#channels.size >= MOST_CHANNELS || characters > MOST_CHARACTERS) return false;
    this.#characters = characters;
    this.#channels.set(channel, { ref: undefined, answer: undefined });
    return true;
  }

  /** Whether it was there. */
  remove(channel: string): boolean {
    const there = this.#channels.delete(channel);
    if (there) this.#characters -= length(channel);
    return there;
  }

  /** Answers now if it can. Returns whether the next request has to name one channel more. */
  subscribe({ channel, ref }: Subscribe): boolean {
    const isNew = !this.#channels.has(channel);
    if (!this.add(channel)) {
      this.#reply(asReply(ref, tooMany(channel)));
      return false;
    }
    const asked = this.#channels.get(channel);
    if (asked?.answer) this.#reply(asReply(ref, asked.answer));
    else if (asked) asked.ref = ref;
    return isNew;
  }

  /** What the server said, by frame or by REST; `resumed` when it was asked with a cursor that speaks of the channel. */
  answered({ recovered, ref: _, ...answer }: Subscribed, resumed: boolean): void {
    const asked = this.#channels.get(answer.channel);
    if (!asked) return;
    const { ref } = asked;
    asked.ref = undefined;
    // Later a repeated `subscribe` means: where does it stand; what was recovered is no news then.
    asked.answer = answer;
    this.#reply(asReply(ref, { ...answer, ...(resumed && { recovered }) } as Subscribed));
  }

  refused(channel: string, { code, message }: { readonly code: ErrorCode; readonly message: string }): void {
    const ref = this.#channels.get(channel)?.ref;
    this.remove(channel);
    this.#reply(ref === undefined ? { type: "unsubscribed", channel } : { type: "error", code, message, retryable: false, ref });
  }

  /** Where each channel stands has to be said again. */
  forgetAnswers(): void {
    for (const asked of this.#channels.values()) asked.answer = undefined;
  }
}

/** Refuses what would not fit into a request. */
export function tooMany(what: string): ErrorFrame {
  const message = `${what}: more than ${MOST_CHANNELS} channels need a WebSocket`;
  return { type: "error", code: "overloaded", message, retryable: true, retryAfterMs: 60_000 };
}

function length(channel: string): number {
  return query({ channel }).length;
}
