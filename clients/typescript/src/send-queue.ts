import type { ClientContext } from "./client-context.js";
import type { Clock } from "./clock.js";
import { DunlinError } from "./errors.js";
import { newMessageId } from "./ids.js";
import type { Replies } from "./replies.js";
import type { Ack } from "./server-frames.js";
import type { Json } from "./values.js";

/** What of a message is the sender's to say. */
export interface MessageOptions {
  /** At most 64 characters; made up when left out. A repeat with the same id yields one event. */
  readonly id?: string;
  /** The seq of the message that this one answers. */
  readonly replyTo?: number;
  /** Users to mention beside those in `data.text`; at most 50. */
  readonly mentions?: readonly string[];
}

/** A message to publish. */
export interface Draft<Data = Json> extends MessageOptions {
  readonly channel: string;
  readonly data: Data;
}

interface Queued {
  readonly draft: Draft & { readonly id: string };
  readonly resolve: (ack: Ack) => void;
  readonly reject: (error: DunlinError) => void;
  sent: boolean;
}

const RETRY_MS = 1_000;

/**
 * Publishes in the order they were asked for and keeps each until its `ack`: after a reconnect, or a refusal that
 * passes, it goes out again with the same id, which the server answers with the first seq. A channel has one publish
 * under way at a time: were there more, a refused one would come after those behind it.
 */
export class SendQueue {
  readonly #clock: Clock;
  readonly #replies: Replies;
  readonly #capacity: number;
  readonly #queue = new Map<string, Queued>();
  #whenEmpty: () => void = () => undefined;
  #online = false;
  /** Set while the server wants fewer messages; later ones wait too, so that they keep their order. */
  #paused = false;
  #cancelRetry: () => void = () => undefined;

  constructor({ clock, replies }: ClientContext, capacity: number) {
    this.#clock = clock;
    this.#replies = replies;
    this.#capacity = capacity;
  }

  /** Messages that are not acknowledged yet. */
  get size(): number {
    return this.#queue.size;
  }

  /** Resolves when the message is durable; rejects when the server refuses it for good or `cancel` was called. */
  async publish(draft: Draft): Promise<Ack> {
    const id = draft.id ?? newMessageId();
    const key = keyOf({ ...draft, id });
    if (this.#queue.size >= this.#capacity) throw new DunlinError("overloaded", `queueCapacity of ${this.#capacity} is reached`, true);
    if (this.#queue.has(key)) throw new DunlinError("conflict", `message ${id} is in flight`);
    return new Promise((resolve, reject) => {
      this.#queue.set(key, { draft: { ...draft, id }, resolve, reject, sent: false });
      this.#flush();
    });
  }

  online(): void {
    this.#online = true;
    this.#flush();
  }

  offline(): void {
    this.#online = false;
    this.#paused = false;
    this.#cancelRetry();
    for (const queued of this.#queue.values()) queued.sent = false;
  }

  /** Resolves once no message waits any more, or after this time. */
  drained(atMostMs: number): Promise<void> {
    return new Promise((resolve) => {
      const others = this.#whenEmpty;
      const cancel = this.#clock.after(atMostMs, resolve);
      this.#whenEmpty = () => {
        others();
        cancel();
        resolve();
      };
    });
  }

  /** Gives up everything that is not acknowledged yet. It may have been stored all the same. */
  cancel(): void {
    for (const queued of this.#queue.values()) queued.reject(DunlinError.linkLost());
    this.#queue.clear();
    this.#whenEmpty();
  }

  #flush(): void {
    if (!this.#online || this.#paused) return;
    const busy = new Set<string>();
    for (const queued of this.#queue.values()) {
      const { channel } = queued.draft;
      if (!queued.sent && !busy.has(channel)) void this.#send(queued);
      busy.add(channel);
    }
  }

  async #send(queued: Queued): Promise<void> {
    queued.sent = true;
    let ack: Ack;
    try {
      ack = await this.#replies.request({ type: "publish", ...queued.draft });
    } catch (error) {
      this.#failed(queued, error as DunlinError);
      return;
    }
    this.#settled(queued);
    queued.resolve(ack);
    this.#flush();
  }

  #failed(queued: Queued, error: DunlinError): void {
    if (!error.retryable) {
      this.#settled(queued);
      queued.reject(error);
      this.#flush();
    } else if (this.#online) {
      queued.sent = false;
      this.#paused = true;
      this.#cancelRetry();
      this.#cancelRetry = this.#clock.after(error.retryAfterMs ?? RETRY_MS, () => {
        this.#paused = false;
        this.#flush();
      });
    }
  }

  /** The session may have been stopped and the same id sent again since. */
  #settled(queued: Queued): void {
    const key = keyOf(queued.draft);
    if (this.#queue.get(key) === queued) this.#queue.delete(key);
    if (this.size === 0) this.#whenEmpty();
  }
}

/** Ids are unique in a channel only. */
function keyOf({ channel, id }: { readonly channel: string; readonly id: string }): string {
  return `${channel} ${id}`;
}
