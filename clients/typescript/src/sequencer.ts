import type { ChannelEvent } from "./server-frames.js";
import type { After, StreamPosition } from "./values.js";

/** Early events kept while a hole is repaired; beyond it they are dropped and fetched again. */
const MAX_EARLY = 1_000;

/**
 * Puts one channel's events in order: each seq comes out once, and none before the one ahead of it. What comes too
 * early waits until the hole before it is filled.
 */
export class Sequencer {
  #epoch: string | undefined;
  #last: number | undefined;
  readonly #early = new Map<number, ChannelEvent>();

  /** The seq that came out last; undefined while no position is known. */
  get last(): number | undefined {
    return this.#last;
  }

  /** Where a reconnect goes on from; undefined while nothing is known. */
  get position(): StreamPosition | undefined {
    return this.#epoch === undefined || this.#last === undefined ? undefined : { epoch: this.#epoch, seq: this.#last };
  }

  /** Whether events wait for others that did not come. */
  get hasHole(): boolean {
    return this.#early.size > 0;
  }

  /** Starts at a position, forgetting the one before. Returns what of the waiting events follows on it. */
  restart(position: After): ChannelEvent[] {
    this.#epoch = position.epoch;
    this.#last = position.seq;
    return this.#drain();
  }

  /** Passes over the events up to `seq`. Returns what of the waiting events follows on it. */
  skipTo(seq: number): ChannelEvent[] {
    if (this.#last === undefined || seq > this.#last) this.#last = seq;
    return this.#drain();
  }

  /** Forgets everything. */
  clear(): void {
    this.#epoch = undefined;
    this.#last = undefined;
    this.#early.clear();
  }

  /** Takes an event from anywhere (live, replayed, fetched) and returns those that may come out now, in order. */
  offer(event: ChannelEvent): ChannelEvent[] {
    if (this.#last !== undefined && event.seq <= this.#last) return [];
    if (this.#early.size < MAX_EARLY || event.seq === (this.#last ?? 0) + 1) this.#early.set(event.seq, event);
    return this.#last === undefined ? [] : this.#drain();
  }

  #drain(): ChannelEvent[] {
    const ready: ChannelEvent[] = [];
    let last = this.#last ?? 0;
    for (let next = this.#early.get(last + 1); next; next = this.#early.get(last + 1)) {
      this.#early.delete(next.seq);
      ready.push(next);
      last = next.seq;
    }
    this.#last = last;
    for (const seq of this.#early.keys()) if (seq <= last) this.#early.delete(seq);
    return ready;
  }
}
