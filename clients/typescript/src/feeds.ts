import type { ClientContext } from "./client-context.js";
import type { ChannelEvent, Ephemeral, Gap, Subscribed, Welcome } from "./server-frames.js";
import type { After } from "./values.js";
// Imports are in the order in which the whole client compresses best.
import { Feed, type ChannelListener, type FeedPorts } from "./feed.js";
import { LinkTimers } from "./link-timers.js";
import { DunlinError } from "./errors.js";
import type { Presences } from "./presences.js";

/** Pages of missed events fetched at once, over all channels: a long absence must not become a storm. */
const FETCHES = 4;

/** The feeds of all channels that this session hears, by the application's wish or by membership. */
export class Feeds {
  readonly #ports: FeedPorts;
  readonly #feeds = new Map<string, Feed>();
  readonly #waiting: (() => void)[] = [];
  #fetching = 0;
  #online = false;

  constructor(context: ClientContext, presences: Presences) {
    this.#ports = {
      ...context,
      presences,
      timers: new LinkTimers(context.clock),
      fetchEvents: (channel, after) => this.#inTurn(() => context.rest.events(channel, { after, limit: 200 })),
    };
  }

  /** The channels that somebody listens to. */
  get wanted(): readonly string[] {
    return [...this.#feeds.values()].filter(({ wanted }) => wanted).map(({ channel }) => channel);
  }

  /** Returns the function that ends it; a member's channel stays subscribed, only nobody listens. */
  subscribe(channel: string, listener: ChannelListener, after: After | undefined): () => void {
    const feed = this.#feed(channel);
    const unlisten = feed.listen(listener, after);
    return () => {
      unlisten();
      if (feed.wanted || this.#feeds.get(channel) !== feed) return;
      this.#ports.presences.ended(channel, new DunlinError("forbidden", `unsubscribed from ${channel}`), feed.member);
      if (feed.member) return;
      this.#feeds.delete(channel);
      void this.#ports.replies.request({ type: "unsubscribe", channel }).catch(() => undefined);
    };
  }

  online(welcome: Welcome, restarted: boolean): void {
    this.#online = true;
    this.#ports.timers.clear();
    const memberships = new Map((welcome.channels ?? []).map((membership) => [membership.channel, membership]));
    for (const channel of memberships.keys()) this.#known(channel);
    for (const feed of this.#feeds.values()) {
      if (!feed.wanted && !memberships.has(feed.channel)) this.#feeds.delete(feed.channel);
      else feed.online(memberships.get(feed.channel), restarted);
    }
  }

  offline(): void {
    this.#online = false;
    this.#ports.timers.clear();
    for (const feed of this.#feeds.values()) feed.offline();
  }

  event(event: ChannelEvent): void {
    this.#feed(event.channel).live(event);
  }

  subscribed(answer: Subscribed): void {
    this.#feeds.get(answer.channel)?.subscribed(answer);
  }

  /** The server ended a subscription: the user is no member any more, or the channel is gone. */
  unsubscribed(channel: string): void {
    const feed = this.#feeds.get(channel);
    feed?.ended();
    if (feed && !feed.wanted) this.#feeds.delete(channel);
  }

  ephemeral(frame: Ephemeral): void {
    this.#feeds.get(frame.channel)?.ephemeral(frame);
  }

  /** Subscribes again, for what the subscription requests besides. */
  renew(channel: string): void {
    if (this.#online) this.#feeds.get(channel)?.renew();
  }

  gap(gap: Gap): void {
    this.#feeds.get(gap.channel)?.gap(gap);
  }

  #feed(channel: string): Feed {
    const isNew = !this.#feeds.has(channel);
    const feed = this.#known(channel);
    if (isNew && this.#online) feed.online(undefined, false);
    return feed;
  }

  #known(channel: string): Feed {
    const feed = this.#feeds.get(channel) ?? new Feed(channel, this.#ports);
    this.#feeds.set(channel, feed);
    return feed;
  }

  async #inTurn<Page>(fetch: () => Promise<Page>): Promise<Page> {
    if (this.#fetching >= FETCHES) await new Promise<void>((go) => this.#waiting.push(go));
    this.#fetching++;
    try {
      return await fetch();
    } finally {
      this.#fetching--;
      this.#waiting.shift()?.();
    }
  }
}
