import type { Clock } from "./clock.js";

export interface Token {
  readonly token: string;
  /** Milliseconds since 1970; without it, the JWT's own `exp` is read. */
  readonly expiresAt?: number;
}

/** Fetches a fresh token; called before it is needed and again ahead of its expiry. */
export type TokenProvider = () => Promise<Token | string>;

/** How long before its expiry a token counts as used up (the server warns 60 s ahead), at most half its life. */
const AHEAD_MS = 75_000;

interface Held {
  readonly token: string;
  readonly renewAt: number | undefined;
}

/** Holds the current token and asks the provider for another in time, once for all who wait. */
export class TokenSource {
  readonly #provider: TokenProvider;
  readonly #clock: Clock;
  #current: Held | undefined;
  #asking: Promise<string> | undefined;

  constructor(provider: TokenProvider, clock: Clock) {
    this.#provider = provider;
    this.#clock = clock;
  }

  /** The current token, or a new one if that is about to expire. Rejects as the provider does. */
  fetch(): Promise<string> {
    const left = this.refreshInMs();
    return this.#current && (left === undefined || left > 0) ? Promise.resolve(this.#current.token) : this.renew();
  }

  /** A new token whatever the current one is worth. */
  renew(): Promise<string> {
    this.#asking ??= this.#ask().finally(() => (this.#asking = undefined));
    return this.#asking;
  }

  /** Milliseconds until the token should be renewed; undefined when it never expires or there is none. */
  refreshInMs(): number | undefined {
    const renewAt = this.#current?.renewAt;
    return renewAt === undefined ? undefined : Math.max(0, renewAt - this.#clock.now());
  }

  async #ask(): Promise<string> {
    const given = await this.#provider();
    const token = typeof given === "string" ? given : given.token;
    const expiresAt = (typeof given === "string" ? undefined : given.expiresAt) ?? expiryOf(token);
    const life = expiresAt === undefined ? 0 : expiresAt - this.#clock.now();
    this.#current = { token, renewAt: expiresAt === undefined ? undefined : expiresAt - Math.min(AHEAD_MS, life / 2) };
    return token;
  }
}

/** The `exp` of a JWT in milliseconds since 1970; undefined when it has none that can be read. */
export function expiryOf(token: string): number | undefined {
  try {
    const payload = (token.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/");
    const exp: unknown = (JSON.parse(atob(payload)) as { exp?: unknown }).exp;
    return typeof exp === "number" ? exp * 1000 : undefined;
  } catch {
    return undefined;
  }
}
