import type { ChannelEvent } from "./server-frames.js";
import type { StreamPosition } from "./values.js";

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
  /** Runs of numbers, by their first, that nobody is to wait for. */
  readonly #skips = new Map<number, number>();

  /** The seq that came out last; undefined while no position is known. */
  get last(): number | undefined {
    return this.#last;
  }

  /** Where a reconnect goes on from; undefined while nothing is known. */
  get position(): StreamPosition | undefined {
    return this.#epoch === undefined || this.#last === undefined ? undefined : { epoch: this.#epoch, seq: this.#last };
  }

  /** The last seq that the first hole misses; 0 if no event waits for others that did not come. */
  get holeEnd(): number {
    return this.#early.size + this.#skips.size > 0 ? Math.min(...this.#early.keys(), ...this.#skips.keys()) - 1 : 0;
  }

  /** Starts at a position, forgetting the one before. Returns what of the waiting events follows on it. */
  restart(epoch: string | undefined, seq: number): ChannelEvent[] {
    this.#epoch = epoch;
    this.#last = seq;
    return this.#drain();
  }

  /** Forgets everything. */
  clear(): void {
    this.#epoch = undefined;
    this.#last = undefined;
    this.#early.clear();
    this.#skips.clear();
  }

  /** Numbers that were left out on purpose. Returns what of the waiting events follows on them. */
  skip(from: number, to: number): ChannelEvent[] {
    if (to < from || to <= (this.#last ?? 0)) return [];
    if (this.#skips.size < MAX_EARLY) this.#skips.set(from, Math.max(to, this.#skips.get(from) ?? 0));
    return this.#last === undefined ? [] : this.#drain();
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
    for (;;) {
      const event = this.#early.get(last + 1);
      const skippedTo = event ? undefined : this.#skippedTo(last + 1);
      if (event) ready.push(event);
      else if (skippedTo === undefined) break;
      last = skippedTo ?? last + 1;
      this.#early.delete(last);
    }
    this.#last = last;
    for (const seq of this.#early.keys()) if (seq <= last) this.#early.delete(seq);
    for (const [from, to] of this.#skips) if (to <= last) this.#skips.delete(from);
    return ready;
  }

  #skippedTo(seq: number): number | undefined {
    for (const [from, to] of this.#skips) if (from <= seq && seq <= to) return to;
    return undefined;
  }
}
