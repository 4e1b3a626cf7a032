import type { Token, TokenProvider } from "@dunlin/client";

/** A token that ends sooner is not used. */
const LEFT_MS = 60_000;

/** Calls of the REST API that the client does not have, with the user's token. */
export class Api {
  readonly #provider: TokenProvider;
  #token: Token | undefined;

  constructor(provider: TokenProvider) {
    this.#provider = provider;
  }

  /** Resolves with the JSON of the answer, `{}` if it has none. Rejects with what the server says. */
  async call<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await fetch(path, {
      method,
      headers: {
        Accept: "application/json",
        Authorization: `Bearer ${await this.#fetchToken()}`,
        ...(body !== undefined && { "Content-Type": "application/json" }),
      },
      body: body === undefined ? null : JSON.stringify(body),
      cache: "no-store",
    });
    const answer: unknown = await response.json().catch(() => ({}));
    if (!response.ok) throw new ApiError(response.status, (answer as { detail?: string }).detail);
    return answer as Answer;
  }

  async #fetchToken(): Promise<string> {
    const { token, expiresAt = Infinity } = this.#token ?? { token: "", expiresAt: 0 };
    if (expiresAt - LEFT_MS > Date.now()) return token;
    const given = await this.#provider();
    this.#token = typeof given === "string" ? { token: given } : given;
    return this.#token.token;
  }
}

/** A refusal by an HTTP status. */
export class ApiError extends Error {
  readonly status: number;

  constructor(status: number, detail: string | undefined) {
    super(detail ?? `The server answered ${status}.`);
    this.status = status;
  }
}
