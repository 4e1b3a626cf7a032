import { Feed, type ChannelListener, type FeedPorts } from "./feed.js";
import type { ChannelEvent, Ephemeral, Gap, Welcome } from "./server-frames.js";
import type { After } from "./values.js";

/** The feeds of all channels that this session hears, by the application's wish or by membership. */
export class Feeds {
  readonly #ports: FeedPorts;
  readonly #feeds = new Map<string, Feed>();
  #online = false;

  constructor(ports: FeedPorts) {
    this.#ports = ports;
  }

  /** Returns the function that ends it; a member's channel stays subscribed, only nobody listens. */
  subscribe(channel: string, listener: ChannelListener, after: After | undefined): () => void {
    const feed = this.#feed(channel);
    feed.listen(listener, after);
    return () => {
      feed.unlisten();
      if (feed.member) return;
      this.#feeds.delete(channel);
      if (this.#online) void this.#ports.replies.request({ type: "unsubscribe", channel }).catch(() => undefined);
    };
  }

  online(welcome: Welcome, restarted: boolean): void {
    this.#online = true;
    const memberships = new Map((welcome.channels ?? []).map((membership) => [membership.channel, membership]));
    for (const channel of memberships.keys()) this.#feed(channel);
    for (const feed of this.#feeds.values()) {
      if (!feed.wanted && !memberships.has(feed.channel)) this.#feeds.delete(feed.channel);
      else feed.online(memberships.get(feed.channel), restarted);
    }
  }

  offline(): void {
    this.#online = false;
    for (const feed of this.#feeds.values()) feed.offline();
  }

  event(event: ChannelEvent): void {
    this.#feed(event.channel).live(event);
  }

  ephemeral(frame: Ephemeral): void {
    this.#feeds.get(frame.channel)?.ephemeral(frame);
  }

  gap(gap: Gap): void {
    this.#feeds.get(gap.channel)?.gap(gap);
  }

  #feed(channel: string): Feed {
    const known = this.#feeds.get(channel);
    if (known) return known;
    const feed = new Feed(channel, this.#ports);
    if (this.#online) feed.online(undefined, false);
    this.#feeds.set(channel, feed);
    return feed;
  }
}
