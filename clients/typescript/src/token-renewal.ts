import type { LinkTimers } from "./link-timers.js";
import type { TokenSource } from "./tokens.js";

const RETRY_MS = 5_000;

/**
 * Puts a new token on the link of a {@link Connection} before the old one expires, and counts the
 * refused tokens. Without a new token the link continues until the server closes it with 4401.
 */
export class TokenRenewal {
  readonly #tokens: TokenSource;
  readonly #timers: LinkTimers;
  readonly #send: (token: string) => void;
  /** The server refused a token since a link was last good. */
  #refused = false;

  constructor(tokens: TokenSource, timers: LinkTimers, send: (token: string) => void) {
    this.#tokens = tokens;
    this.#timers = timers;
    this.#send = send;
  }

  /** The server refused the token. Returns whether one more attempt with a new token is allowed. */
  refused(): boolean {
    const isFirst = !this.#refused;
    this.#refused = true;
    this.#tokens.discard();
    return isFirst;
  }

  /** A link proved good, so the next refusal counts as the first. */
  succeeded(): void {
    this.#refused = false;
  }

  /** Schedules the renewal on the link that is up, before its token expires. */
  schedule(): void {
    const ms = this.#tokens.refreshInMs();
    if (ms < Infinity) this.#timers.after(ms, this.renew);
  }

  /** Sends a new token on the link that is up. */
  readonly renew = (): void => {
    this.#tokens.renew().then(
      this.#timers.guard((token) => {
        this.#send(token);
        this.schedule();
      }),
      this.#timers.guard(() => this.#timers.after(RETRY_MS, this.renew)),
    );
  };
}
