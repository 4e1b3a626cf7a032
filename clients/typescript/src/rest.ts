import { DunlinError } from "./errors.js";
import type { ChannelEvent, Message } from "./server-frames.js";
import type { TokenSource } from "./tokens.js";
import type { ErrorCode, UserPresence } from "./values.js";

/** One of the caller's channels as `GET /v1/channels` lists it. */
export interface ChannelSummary {
  readonly channel: string;
  readonly epoch?: string;
  readonly head: number;
  readonly read: number;
  readonly unread: number;
  readonly title?: string;
  /** The newest message, if there is one. */
  readonly newest?: Message;
}

export interface MessagePage {
  /** Oldest first. */
  readonly messages: readonly Message[];
  readonly next?: string;
  readonly prev?: string;
}

export interface EventPage {
  readonly epoch?: string;
  readonly head?: number;
  readonly events: readonly ChannelEvent[];
  readonly next?: string;
}

export interface Member {
  readonly user: string;
  readonly role: string;
  readonly since: number;
}

export interface ChannelPresence {
  readonly online: number;
  readonly users: readonly UserPresence[];
}

/** Without `before` and `after` a page of messages is the newest. */
export interface PageRequest {
  /** Messages with a smaller seq. */
  readonly before?: number;
  /** Messages with a greater seq. */
  readonly after?: number;
  /** At most 200. */
  readonly limit?: number;
}

/** As much of the platform's fetch as is used. */
export type Fetch = (target: string, init: RequestInit) => Promise<Response>;

/** The REST side of the protocol (section 7). Every method rejects with a {@link DunlinError}. */
export class Rest {
  readonly #origin: string;
  readonly #tokens: TokenSource;
  readonly #fetch: Fetch;

  constructor(origin: string, tokens: TokenSource, fetcher: Fetch = (target, init) => fetch(target, init)) {
    this.#origin = origin;
    this.#fetch = fetcher;
    this.#tokens = tokens;
  }

  /** The first page of the caller's channels. */
  async channels(): Promise<readonly ChannelSummary[]> {
    return (await this.#call<{ channels: ChannelSummary[] }>("GET", "/v1/channels")).channels;
  }

  /** Creates the channel with these members; one that exists is answered as it is, if the caller may see it. */
  async createChannel(channel: string, members: readonly string[]): Promise<void> {
    await this.#call("POST", "/v1/channels", { channel, members });
  }

  /** The first page of the channel's members. */
  async members(channel: string): Promise<readonly Member[]> {
    return (await this.#call<{ members: Member[] }>("GET", `${path(channel)}/members`)).members;
  }

  messages(channel: string, page: PageRequest = {}): Promise<MessagePage> {
    return this.#call("GET", `${path(channel)}/messages${query(page)}`);
  }

  events(channel: string, page: PageRequest): Promise<EventPage> {
    return this.#call("GET", `${path(channel)}/events${query(page)}`);
  }

  channelPresence(channel: string): Promise<ChannelPresence> {
    return this.#call("GET", `${path(channel)}/presence`);
  }

  async #call<Answer>(method: string, target: string, body?: unknown): Promise<Answer> {
    let response = await this.#send(method, target, body, await this.#tokens.fetch());
    if (response.status === 401) response = await this.#send(method, target, body, await this.#tokens.renew());
    if (!response.ok) throw await problem(response);
    return (await response.json().catch(() => ({}))) as Answer;
  }

  async #send(method: string, target: string, body: unknown, token: string): Promise<Response> {
    const headers: Record<string, string> = { Authorization: `Bearer ${token}`, Accept: "application/json" };
    const init: RequestInit = { method, headers };
    if (body !== undefined) {
      headers["Content-Type"] = "application/json";
      init.body = JSON.stringify(body);
    }
    try {
      return await this.#fetch(this.#origin + target, init);
    } catch {
      throw new DunlinError("unavailable", "The server cannot be reached.", true);
    }
  }
}

function path(channel: string): string {
  return `/v1/channels/${encodeURIComponent(channel)}`;
}

function query(page: PageRequest): string {
  const given = Object.entries(page).filter(([, value]) => value !== undefined);
  return given.length === 0 ? "" : `?${given.map(([name, value]) => `${name}=${String(value)}`).join("&")}`;
}

/** Reads an RFC 9457 problem document; what is none becomes an error by its status. */
async function problem(response: Response): Promise<DunlinError> {
  const body = (await response.json().catch(() => ({}))) as { code?: ErrorCode; detail?: string; title?: string };
  const retryAfter = Number(response.headers.get("Retry-After") ?? Number.NaN);
  return new DunlinError(
    body.code ?? codeOf(response.status),
    body.detail ?? body.title ?? `The server answered ${response.status}.`,
    response.status === 429 || response.status >= 500,
    Number.isNaN(retryAfter) ? undefined : retryAfter * 1000,
  );
}

function codeOf(status: number): ErrorCode {
  const byStatus: Record<number, ErrorCode> = {
    400: "bad_request",
    401: "unauthenticated",
    403: "forbidden",
    404: "not_found",
    409: "conflict",
    413: "too_large",
    429: "rate_limited",
    503: "unavailable",
  };
  return byStatus[status] ?? "internal";
}
