import type { Clock } from "./clock.js";
import { DunlinError } from "./errors.js";

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

  /** The current token, or a new one if that is about to expire. Rejects with a retryable {@link DunlinError} when the provider does. */
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
    let given: Token | string | undefined;
    try {
      given = await this.#provider();
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new DunlinError("unavailable", `no token: ${why}`, true);
    }
    const { token, expiresAt }: Partial<Token> = typeof given === "string" ? { token: given } : (given ?? {});
    if (!token || typeof token !== "string") {
      throw new DunlinError("unauthenticated", "token must return a string or { token, expiresAt }");
    }
    const end = expiresAt ?? expiryOf(token);
    const life = end === undefined ? 0 : end - this.#clock.now();
    this.#current = { token, renewAt: end === undefined ? undefined : end - Math.min(AHEAD_MS, life / 2) };
    return token;
  }
}

/** The `exp` of a JWT in milliseconds since 1970; undefined when it has none that can be read. */
export function expiryOf(token: string): number | undefined {
  const { exp } = claimsOf(token);
  return typeof exp === "number" ? exp * 1000 : undefined;
}

/** Whom a JWT stands for; empty when that cannot be read. */
export function userOf(token: string): string {
  const { sub } = claimsOf(token);
  return typeof sub === "string" ? sub : "";
}

function claimsOf(token: string): { readonly exp?: unknown; readonly sub?: unknown } {
  try {
    return JSON.parse(atob((token.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/"))) as object;
  } catch {
    return {};
  }
}
