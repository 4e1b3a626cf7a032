/** How long somebody counts as typing after a `typing` frame (protocol section 4). */
const SHOWN_MS = 5_000;

/** Who is typing in one channel now. */
export class TypingPeople {
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get users(): readonly string[] {
    return [...this.#timers.keys()];
  }

  typing(user: string): void {
    clearTimeout(this.#timers.get(user));
    this.#timers.set(
      user,
      setTimeout(() => this.stopped(user), SHOWN_MS),
    );
    this.#changed();
  }

  /** Their message came, or the time is over. */
  stopped(user: string): void {
    clearTimeout(this.#timers.get(user));
    if (this.#timers.delete(user)) this.#changed();
  }
}
