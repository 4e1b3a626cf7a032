import type { Clock } from "../src/clock.js";

interface Task {
  readonly at: number;
  readonly run: () => void;
}

/** A clock that stands still until it is moved. */
export class ManualClock implements Clock {
  #now = 1_000_000;
  readonly #tasks = new Set<Task>();

  now(): number {
    return this.#now;
  }

  after(ms: number, run: () => void): () => void {
    const task = { at: this.#now + ms, run };
    this.#tasks.add(task);
    return () => this.#tasks.delete(task);
  }

  /** Runs what is due on the way, in order, and what that starts in its wake. */
  async move(ms: number): Promise<void> {
    const end = this.#now + ms;
    for (let next = this.#due(end); next; next = this.#due(end)) {
      this.#tasks.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.run();
      await settled();
    }
    this.#now = end;
  }

  #due(end: number): Task | undefined {
    return [...this.#tasks].filter((task) => task.at <= end).sort((one, other) => one.at - other.at)[0];
  }
}

/** Lets every promise that can go on do so. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
