import type { Clock } from "./clock.js";

/** The delayed tasks of one link or one attempt, so that none of them reaches the next link. */
export class LinkTimers {
  readonly #clock: Clock;
  readonly #cancels = new Map<() => void, () => void>();
  #link = new AbortController();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Aborts when the link is over. */
  get signal(): AbortSignal {
    return this.#link.signal;
  }

  /** Runs a task once after the delay. If the same task waits already, only the new delay counts. */
  after(ms: number, task: () => void): void {
    this.#cancels.get(task)?.();
    const cancel = this.#clock.after(ms, () => {
      this.#cancels.delete(task);
      task();
    });
    this.#cancels.set(task, cancel);
  }

  /** Wraps the rest of an asynchronous task: it does nothing once the link is over. */
  guard<Value>(task: (value: Value) => void): (value: Value) => void {
    const { signal } = this;
    return (value) => !signal.aborted && task(value);
  }

  /** The link is over. */
  clear(): void {
    this.#link.abort();
    this.#link = new AbortController();
    for (const cancel of this.#cancels.values()) cancel();
    this.#cancels.clear();
  }
}
