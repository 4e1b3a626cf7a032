import type { Clock } from "./clock.js";
import { DunlinError } from "./errors.js";

/** A token and its expiry. */
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
  /** Milliseconds since 1970; infinite if the token never expires. */
  readonly renewAt: number;
}

const NONE: Held = { token: "", renewAt: 0 };

/** Holds the current token and asks the provider for another in time, once for all who wait. */
export class TokenSource {
  readonly #provider: TokenProvider;
  readonly #clock: Clock;
  #current = NONE;
  #asking: Promise<string> | undefined;

  constructor(provider: TokenProvider, clock: Clock) {
    this.#provider = provider;
    this.#clock = clock;
  }

  /** The current token, or a new one if that is about to expire. Rejects with a retryable {@link DunlinError} when the provider does. */
  fetch(): Promise<string> {
    return this.refreshInMs() > 0 ? Promise.resolve(this.#current.token) : this.renew();
  }

  /** A new token whatever the current one is worth. */
  renew(): Promise<string> {
    this.#asking ??= this.#ask().finally(() => (this.#asking = undefined));
    return this.#asking;
  }

  /** The current token may be worth nothing: the next caller gets a new one. */
  discard(): void {
    this.#current = NONE;
  }

  /** Milliseconds until the token should be renewed: 0 if there is none, infinite if it never expires. */
  refreshInMs(): number {
    return Math.max(0, this.#current.renewAt - this.#clock.now());
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
    const end = expiresAt ?? expiryOf(token) ?? Infinity;
    const lifeMs = end - this.#clock.now();
    this.#current = { token, renewAt: end - Math.min(AHEAD_MS, lifeMs / 2) };
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
