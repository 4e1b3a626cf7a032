import type { Clock } from "./clock.js";
import { DunlinError, HttpError } from "./errors.js";
import type { TokenSource } from "./tokens.js";
import type { ErrorCode } from "./values.js";

/** As much of the platform's fetch as is used. */
export type Fetch = (target: string, init: RequestInit) => Promise<Response>;

const CODES: Readonly<Record<number, ErrorCode>> = {
  400: "bad_request",
  401: "unauthenticated",
  403: "forbidden",
  404: "not_found",
  409: "conflict",
  413: "too_large",
  429: "rate_limited",
  503: "unavailable",
};

/** A wait that a server asks for is never believed beyond this. */
const MOST_RETRY_AFTER_MS = 300_000;

/** Requests with the current token on them; a worn-out token is renewed once. Rejects with a {@link DunlinError}. */
export class Http {
  readonly #origin: string;
  readonly #tokens: TokenSource;
  readonly #fetch: Fetch;
  readonly #clock: Clock;

  constructor(origin: string, tokens: TokenSource, fetcher: Fetch | undefined, clock: Clock) {
    this.#origin = origin;
    this.#tokens = tokens;
    this.#fetch = fetcher ?? ((target, init) => fetch(target, init));
    this.#clock = clock;
  }

  /** Calls with a JSON body or none, and reads the JSON answer; an answer without one is `{}`. */
  async call<Answer>(method: string, target: string, body?: unknown): Promise<Answer> {
    const headers = { Accept: "application/json", ...(body !== undefined && { "Content-Type": "application/json" }) };
    const response = await this.open(target, { method, headers, body: (JSON.stringify(body) as string | undefined) ?? null });
    return (await response.json().catch(() => ({}))) as Answer;
  }

  /** Resolves with an answer of the 2xx kind whose body is still to be read. */
  async open(target: string, init: RequestInit): Promise<Response> {
    let response = await this.#send(target, init, await this.#tokens.fetch());
    if (response.status === 401) {
      discard(response);
      response = await this.#send(target, init, await this.#tokens.renew());
    }
    if (!response.ok) throw await this.#problem(response);
    return response;
  }

  async #send(target: string, init: RequestInit, token: string): Promise<Response> {
    try {
      return await this.#fetch(this.#origin + target, {
        ...init,
        headers: { ...init.headers, Authorization: `Bearer ${token}` },
        cache: "no-store",
      });
    } catch (error) {
      if (init.signal?.aborted) throw error;
      throw new DunlinError("unavailable", unreachable(this.#origin), true);
    }
  }

  /** Reads an RFC 9457 problem document; what is none becomes an error by its status. */
  async #problem(response: Response): Promise<HttpError> {
    const { status } = response;
    const body = (await response.json().catch(() => ({}))) as { code?: ErrorCode; detail?: string; title?: string };
    return new HttpError(
      status,
      body.code !== undefined,
      body.code ?? CODES[status] ?? "internal",
      body.detail ?? body.title ?? `The server answered ${status}.`,
      this.#retryAfterMs(response.headers.get("Retry-After")),
    );
  }

  /** Seconds or an HTTP date (RFC 9110, 10.2.3). */
  #retryAfterMs(header: string | null): number | undefined {
    if (header === null) return undefined;
    const seconds = Number(header);
    const ms = Number.isNaN(seconds) ? Date.parse(header) - this.#clock.now() : seconds * 1000;
    return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), MOST_RETRY_AFTER_MS);
  }
}

/** Why nothing answers: the server is down, or the setting is wrong. */
export function unreachable(origin: string): string {
  return `no answer from url ${origin}: check host and port`;
}

/** Lets the connection be used again. */
export function discard(response: Response): void {
  response.body?.cancel().catch(() => undefined);
}
