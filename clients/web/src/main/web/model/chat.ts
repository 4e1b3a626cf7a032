import { type ChannelEvent, type ConnectionState, DunlinClient, DunlinError, type Status } from "@dunlin/client";
import { peerOf } from "./channel-name.js";
import { Conversation } from "./conversation.js";
import { devTokens } from "./dev-tokens.js";
import { openChannels, rememberChannel, rememberOpen } from "./identity.js";
import { Model } from "./model.js";

export interface ListedChannel {
  readonly channel: string;
  readonly unread: number;
}

/** Everything one signed-in person sees: the channels, the open conversation, who is there, how the link is. */
export class Chat extends Model {
  readonly me: string;
  readonly #client: DunlinClient;
  readonly #unread = new Map<string, number>();
  readonly #conversations = new Map<string, Conversation>();
  readonly #presence = new Map<string, Status>();
  #current: Conversation | undefined;
  #notice: string | undefined;

  constructor(me: string) {
    super();
    this.me = me;
    this.#client = new DunlinClient({ url: location.origin, token: devTokens(me) });
    this.#client.on("state", () => this.changed());
    this.#client.on("welcome", () => void this.#loadChannels());
    this.#client.on("event", (event) => this.#event(event));
    this.#client.on("error", (error) => this.say(error.message));
    this.#client.on("presence", (users) => {
      for (const { user, status } of users) this.#presence.set(user, status);
      this.changed();
    });
  }

  start(channel: string): void {
    for (const open of openChannels()) this.#conversation(open);
    this.open(channel);
    this.#client.start();
  }

  stop(): void {
    this.#client.stop();
  }

  get connection(): ConnectionState {
    return this.#client.state;
  }

  /** Tries now instead of waiting. */
  reconnect(): void {
    this.#client.start();
  }

  get current(): Conversation | undefined {
    return this.#current;
  }

  /** By name. */
  get channels(): readonly ListedChannel[] {
    return [...this.#unread]
      .map(([channel, unread]) => ({ channel, unread: this.#isRead(channel) ? 0 : unread }))
      .sort((one, other) => one.channel.localeCompare(other.channel));
  }

  get unread(): number {
    return this.channels.reduce((sum, { unread }) => sum + unread, 0);
  }

  statusOf(user: string): Status | undefined {
    return this.#presence.get(user);
  }

  /** What the server said about nothing in particular, until it is put away. */
  get notice(): string | undefined {
    return this.#notice;
  }

  say(notice: string | undefined): void {
    this.#notice = notice;
    this.changed();
  }

  open(channel: string): void {
    this.#current = this.#conversation(channel);
    this.#unread.set(channel, 0);
    this.#current.seen();
    rememberChannel(channel);
    this.changed();
  }

  /** Somebody looks at the page again. */
  looked(): void {
    if (this.#current) this.open(this.#current.channel);
  }

  /** Creates the group and opens it; rejects with what the server says. */
  async createGroup(channel: string, members: readonly string[]): Promise<void> {
    await this.#client.rest.createChannel(channel, members);
    this.open(channel);
  }

  #conversation(channel: string): Conversation {
    const known = this.#conversations.get(channel);
    if (known) return known;
    const conversation = new Conversation(this.#client, channel, this.me);
    this.#conversations.set(channel, conversation);
    if (!this.#unread.has(channel)) this.#unread.set(channel, 0);
    rememberOpen([...this.#conversations.keys()]);
    return conversation;
  }

  #event(event: ChannelEvent): void {
    const { channel } = event;
    if (event.type !== "message") return;
    const unread = event.from === this.me || this.#isRead(channel) ? 0 : 1;
    this.#unread.set(channel, (this.#unread.get(channel) ?? 0) + unread);
    this.changed();
  }

  #isRead(channel: string): boolean {
    return this.#current?.channel === channel && document.visibilityState === "visible";
  }

  async #loadChannels(): Promise<void> {
    try {
      const channels = await this.#client.rest.channels();
      for (const { channel, unread } of channels) this.#unread.set(channel, unread);
      this.#client.watchPresence(channels.flatMap(({ channel }) => peerOf(channel, this.me) ?? []));
      this.changed();
    } catch (error) {
      if (error instanceof DunlinError && !error.retryable) this.say(error.message);
    }
  }
}
