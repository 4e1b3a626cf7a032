import type { Clock } from "./clock.js";

/** How long a `ping` may go unanswered. */
const ANSWER_MS = 10_000;

/**
 * Notices a dead link from this side, where a browser shows no protocol pings: after an interval of silence it asks
 * with a `ping` frame, and when nothing at all comes back it calls the link dead.
 */
export class Heartbeat {
  readonly #clock: Clock;
  readonly #ping: () => void;
  readonly #dead: () => void;
  #intervalMs = 30_000;
  #running = false;
  #cancel: () => void = () => undefined;

  constructor(clock: Clock, ping: () => void, dead: () => void) {
    this.#clock = clock;
    this.#ping = ping;
    this.#dead = dead;
  }

  start(intervalMs: number): void {
    this.#intervalMs = intervalMs;
    this.#running = true;
    this.heard();
  }

  stop(): void {
    this.#running = false;
    this.#cancel();
  }

  /** Anything that comes is a sign of life. */
  heard(): void {
    if (this.#running) this.#next(this.#intervalMs, () => this.probe());
  }

  /** Asks now. */
  probe(): void {
    if (!this.#running) return;
    this.#next(ANSWER_MS, this.#dead);
    this.#ping();
  }

  #next(ms: number, task: () => void): void {
    this.#cancel();
    this.#cancel = this.#clock.after(ms, task);
  }
}
