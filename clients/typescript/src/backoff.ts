/** A random number from 0 (inclusive) to 1 (exclusive). */
export type Random = () => number;

/**
 * Exponential backoff with full jitter: the wait is anywhere from nothing to a ceiling that doubles with each
 * failure, so clients that lost their node together do not come back together.
 */
export class Backoff {
  readonly #firstMs: number;
  readonly #mostMs: number;
  readonly #random: Random;
  #failures = 0;

  constructor(firstMs: number, mostMs: number, random: Random) {
    this.#firstMs = firstMs;
    this.#mostMs = mostMs;
    this.#random = random;
  }

  /** Failures since the last success. */
  get failures(): number {
    return this.#failures;
  }

  /** Counts a failure and says how many milliseconds to wait. */
  next(): number {
    const ceiling = Math.min(this.#mostMs, this.#firstMs * 2 ** this.#failures);
    this.#failures = Math.min(this.#failures + 1, 30);
    return Math.floor(this.#random() * ceiling);
  }

  succeeded(): void {
    this.#failures = 0;
  }
}
