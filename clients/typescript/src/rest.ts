import type { Http } from "./http.js";
import { query } from "./query.js";
import type { ChannelEvent, Message } from "./server-frames.js";
import type { ChannelUser, Json, Occupancy, Payload, StatusChoice, UserPresence, VisibleTo } from "./values.js";

/** One of the caller's channels as `GET /v1/channels` lists it. */
export interface ChannelSummary {
  readonly channel: string;
  readonly epoch?: string;
  readonly head: number;
  readonly read: number;
  readonly unread: number;
  /** Unread messages that mention the caller. */
  readonly mentions?: number;
  readonly title?: string;
  readonly archived?: boolean;
  /** The newest message, if there is one. */
  readonly newest?: Message;
}

/** A page of the caller's channels. */
export interface ChannelPage {
  readonly channels: readonly ChannelSummary[];
  /** Opaque; absent at the end. */
  readonly next?: string;
}

/** A page of a channel's messages, as they are now. */
export interface MessagePage<Data = Json> {
  /** Oldest first. */
  readonly messages: readonly Message<Data>[];
  /** Opaque; absent at the newest. */
  readonly next?: string;
  /** Opaque; absent at the oldest. */
  readonly prev?: string;
}

/** A page of a channel's log. */
export interface EventPage {
  readonly epoch?: string;
  /** The seq of the channel's newest event. */
  readonly head?: number;
  readonly events: readonly ChannelEvent[];
  readonly next?: string;
}

/** A member of a channel. */
export interface Member {
  readonly user: string;
  readonly role: string;
  /** Milliseconds since 1970. */
  readonly since: number;
}

/** How far somebody is in a channel. */
export interface Receipt {
  readonly user: string;
  readonly read: number;
  readonly received: number;
}

/** A page of who is in a channel. */
export interface ChannelPresence {
  /** How many users are there. */
  readonly online: number;
  /**
   * Where the namespace shows members, at most 200 members who are online or away. Where it shows
   * subscribers, a page of them.
   */
  readonly users: readonly (UserPresence | ChannelUser)[];
  /** The channel has more members than were counted. */
  readonly partial?: boolean;
  /** Opaque; absent at the end. */
  readonly next?: string;
}

/** The caller's own presence. `status` is the real one, also of an invisible user. */
export interface OwnPresence extends UserPresence {
  readonly choice: StatusChoice;
  readonly visibleTo: VisibleTo;
}

/** Without `before` and `after` a page of messages is the newest. */
export interface PageRequest {
  /** Messages with a smaller seq. */
  readonly before?: number | undefined;
  /** Messages with a greater seq. */
  readonly after?: number | undefined;
  /** At most 200. */
  readonly limit?: number | undefined;
}

/** What a publish or a change took from the channel's log. */
export interface Accepted {
  readonly channel: string;
  /** The client message id of a publish. */
  readonly id?: string;
  readonly seq: number;
  /** Milliseconds since 1970. */
  readonly ts: number;
}

/**
 * The REST side of the protocol (section 7), independent of any link. Every method rejects with a {@link DunlinError};
 * none repeats anything but a request whose token was worn out.
 */
export class Rest {
  readonly #http: Http;

  /** @internal */
  constructor(http: Http) {
    this.#http = http;
  }

  /** The first page of the caller's channels, the most recently used first. */
  async channels(): Promise<readonly ChannelSummary[]> {
    return (await this.channelPage()).channels;
  }

  /** A page of the caller's channels; give the page's `next` as `cursor` for the one after it. */
  channelPage(page: { readonly limit?: number; readonly cursor?: string } = {}): Promise<ChannelPage> {
    return this.#http.call("GET", `/v1/channels${query(page)}`);
  }

  /** Creates the channel with these members; one that exists is answered as it is, if the caller may see it. */
  async createChannel(channel: string, members: readonly string[]): Promise<void> {
    await this.#http.call("POST", "/v1/channels", { channel, members });
  }

  /** The first page of the channel's members. */
  async members(channel: string): Promise<readonly Member[]> {
    return (await this.#http.call<{ members: Member[] }>("GET", `${path(channel)}/members`)).members;
  }

  /** A page of messages as they are now, edits and reactions applied. */
  messages<Data = Json>(channel: string, page: PageRequest = {}): Promise<MessagePage<Data>> {
    return this.#http.call("GET", `${path(channel)}/messages${query(page)}`);
  }

  /**
   * Messages with these words (protocol section 7, Search), the newest first; `prev` of the page is the `before` of the
   * next. `bad_request` where the store or the namespace has no search.
   */
  search<Data = Json>(channel: string, q: string, page: PageRequest = {}): Promise<MessagePage<Data>> {
    return this.#http.call("GET", `${path(channel)}/search${query({ q, ...page })}`);
  }

  /** The first page of who has read and received how far. */
  async receipts(channel: string): Promise<readonly Receipt[]> {
    return (await this.#http.call<{ receipts: Receipt[] }>("GET", `${path(channel)}/receipts`)).receipts;
  }

  /** A page of the raw log, oldest first. */
  events(channel: string, page: PageRequest): Promise<EventPage> {
    return this.#http.call("GET", `${path(channel)}/events${query(page)}`);
  }

  /** Publishes once; a repeat with the same `id` answers with the first seq. {@link DunlinClient.publish} repeats by itself. */
  publish<Data>(
    channel: string,
    message: {
      readonly id: string;
      readonly data: Data & Payload<Data>;
      readonly replyTo?: number;
      readonly mentions?: readonly string[];
    },
  ): Promise<Accepted> {
    return this.#http.call("POST", `${path(channel)}/messages`, message);
  }

  edit<Data>(
    channel: string,
    seq: number,
    change: { readonly data: Data & Payload<Data>; readonly mentions?: readonly string[] },
  ): Promise<Accepted> {
    return this.#http.call("PATCH", `${path(channel)}/messages/${seq}`, change);
  }

  delete(channel: string, seq: number): Promise<Accepted> {
    return this.#http.call("DELETE", `${path(channel)}/messages/${seq}`);
  }

  react(channel: string, seq: number, emoji: string, remove = false): Promise<Accepted> {
    const target = `${path(channel)}/messages/${seq}/reactions/${encodeURIComponent(emoji)}`;
    return this.#http.call(remove ? "DELETE" : "PUT", target);
  }

  async read(channel: string, seq: number): Promise<void> {
    await this.#http.call("PUT", `${path(channel)}/read`, { seq });
  }

  async signal<Data>(channel: string, data: Data & Payload<Data>): Promise<void> {
    await this.#http.call("POST", `${path(channel)}/signals`, { data });
  }

  /** Of at most 100 users, in the order asked for. */
  async presence(users: readonly string[]): Promise<readonly UserPresence[]> {
    return (await this.#http.call<{ users: UserPresence[] }>("GET", `/v1/presence${query({ user: users })}`)).users;
  }

  /** Who is in the channel. `not_found` where the namespace shows a count or nothing. */
  channelPresence(channel: string, page: { readonly limit?: number; readonly cursor?: string } = {}): Promise<ChannelPresence> {
    return this.#http.call("GET", `${path(channel)}/presence${query(page)}`);
  }

  /** How many users and links are in the channel. `not_found` where the namespace shows nothing. */
  occupancy(channel: string): Promise<Occupancy> {
    return this.#http.call("GET", `${path(channel)}/occupancy`);
  }

  /** What the caller says of itself, and who sees its presence. */
  ownPresence(): Promise<OwnPresence> {
    return this.#http.call("GET", ME);
  }

  /** Replaces all that the caller says of itself; without a choice it ends. Resolves when it is durable. */
  setStatus(choice: StatusChoice = {}): Promise<OwnPresence> {
    return this.#http.call("PUT", ME, choice);
  }

  /** Chooses who sees the caller's presence; without a value the operator's choice applies. */
  setVisibility(visibleTo?: VisibleTo): Promise<OwnPresence> {
    return this.#http.call("PUT", `${ME}/visibility`, { visibleTo });
  }
}

const ME = "/v1/presence/me";

function path(channel: string): string {
  return `/v1/channels/${encodeURIComponent(channel)}`;
}
