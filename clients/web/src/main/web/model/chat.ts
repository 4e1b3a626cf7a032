import {
  type ChannelEvent,
  type ChannelSummary,
  type ConnectionState,
  DunlinClient,
  DunlinError,
  type Status,
  type UserPresence,
} from "@dunlin/client";
import { Api } from "./api.js";
import { type Blockable, Blockade } from "./blockade.js";
import { peerOf } from "./channel-name.js";
import { ChannelList, type ListedChannel } from "./channel-list.js";
import { Conversation } from "./conversation.js";
import { devTokens } from "./dev-tokens.js";
import { openChannels, rememberChannel, rememberOpen } from "./identity.js";
import { Inspector } from "./inspector.js";
import { Model } from "./model.js";
import { Notifications } from "./notifications.js";
import { OwnStatus } from "./own-status.js";
import { PushLog } from "./push-log.js";
import { PushPreferences } from "./push-preferences.js";
import type { Mark } from "./status.js";

const ALL = ["websocket", "sse", "poll"] as const;
/** Somebody who looks elsewhere for so long is away. */
const AWAY_MS = 60_000;

/** Everything one signed-in person sees: the channels, the open conversation, who is there, how the link is. */
export class Chat extends Model {
  readonly me: string;
  readonly blockade = new Blockade();
  readonly inspector: Inspector;
  readonly #client: DunlinClient;
  readonly #list: ChannelList;
  readonly #conversations = new Map<string, Conversation>();
  readonly ownStatus: OwnStatus;
  readonly notifications: Notifications;
  readonly preferences: PushPreferences;
  readonly pushLog: PushLog;
  readonly #presence = new Map<string, UserPresence>();
  #current: Conversation | undefined;
  #notice: string | undefined;
  #loaded = false;
  #awayTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(me: string) {
    super();
    this.me = me;
    this.#list = new ChannelList(me, (channel) => this.#conversations.get(channel)?.log.newestMessage);
    this.#client = new DunlinClient({
      url: location.origin,
      token: devTokens(me),
      socket: this.blockade.socket(),
      fetch: this.blockade.fetch,
    });
    this.inspector = new Inspector(this.#client);
    this.#client.on("state", () => this.changed());
    this.ownStatus = new OwnStatus(this.#client);
    this.ownStatus.onChange(() => this.changed());
    const api = new Api(devTokens(me));
    this.notifications = new Notifications(api, me);
    this.preferences = new PushPreferences(api);
    this.pushLog = new PushLog(api);
    this.#client.on("welcome", () => {
      void this.notifications.renew();
      void this.#loadChannels();
      void this.ownStatus.load();
    });
    this.#client.on("event", (event) => this.#event(event));
    this.#client.on("error", (error) => this.say(error.message));
    this.#client.on("presence", (users) => {
      for (const one of users) if (one.status !== "unknown") this.#presence.set(one.user, one);
      this.changed();
    });
  }

  start(channel: string): void {
    for (const open of openChannels()) this.#conversation(open);
    this.open(channel);
    this.#client.start();
  }

  stop(): void {
    clearTimeout(this.#awayTimer);
    this.pushLog.look(false);
    this.inspector.stop();
    this.#client.close();
  }

  get connection(): ConnectionState {
    return this.#client.state;
  }

  /** Tries now instead of waiting. */
  reconnect(): void {
    this.#client.start();
  }

  /** Lets a transport not through, or through again; then the client looks at once whether it can do better. */
  block(transport: Blockable, blocked: boolean): void {
    this.blockade.block(transport, blocked);
    if (!blocked) this.#client.useTransports(ALL);
  }

  get current(): Conversation | undefined {
    return this.#current;
  }

  /** The newest first. */
  get channels(): readonly ListedChannel[] {
    return this.#list.listed.map((one) => (this.#isRead(one.channel) ? { ...one, unread: 0, mentions: 0 } : one));
  }

  get unread(): number {
    return this.channels.reduce((sum, { unread }) => sum + unread, 0);
  }

  statusOf(user: string): Status | undefined {
    return this.#presence.get(user)?.status;
  }

  presenceOf(user: string): UserPresence | undefined {
    return this.#presence.get(user);
  }

  /** How others see the person at this page. */
  get ownMark(): Mark {
    return this.connection.status === "online" ? this.ownStatus.mark : "offline";
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
    const isOther = this.#current?.channel !== channel;
    if (isOther) this.#current?.people?.close();
    this.#current = this.#conversation(channel);
    if (isOther) this.#current.people?.open();
    const { read, unread } = this.#list.stateOf(channel);
    if (isOther) this.#current.opened(read, unread);
    this.#list.read(channel);
    this.#current.seen();
    void this.notifications.opened(channel);
    rememberChannel(channel);
    this.changed();
  }

  /** The next conversation of the list, or with -1 the one before. */
  step(by: 1 | -1): void {
    const names = this.channels.map(({ channel }) => channel);
    const next = names[names.indexOf(this.#current?.channel ?? "") + by];
    if (next !== undefined) this.open(next);
  }

  /** Somebody looks at the page again, or no more. */
  looked(isLooking: boolean): void {
    clearTimeout(this.#awayTimer);
    if (isLooking) {
      this.#client.setAway(false);
      if (this.#current) this.open(this.#current.channel);
    } else {
      this.#awayTimer = setTimeout(() => this.#client.setAway(true), AWAY_MS);
    }
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
    conversation.tell = (text) => this.say(text);
    this.#conversations.set(channel, conversation);
    conversation.onChange(() => this.#list.changed() && this.changed());
    this.#list.add(channel, Date.now());
    rememberOpen([...this.#conversations.keys()]);
    return conversation;
  }

  #event(event: ChannelEvent): void {
    this.#list.event(event, this.#isRead(event.channel));
    this.changed();
  }

  #isRead(channel: string): boolean {
    return this.#current?.channel === channel && document.visibilityState === "visible";
  }

  async #loadChannels(): Promise<void> {
    try {
      const channels: readonly ChannelSummary[] = await this.#client.rest.channels();
      for (const summary of channels) this.#list.load(summary);
      const current = this.#current;
      if (current && !this.#loaded) {
        const { read, unread } = this.#list.stateOf(current.channel);
        current.opened(read, unread);
      }
      this.#loaded = true;
      this.#client.watchPresence(channels.flatMap(({ channel }) => peerOf(channel, this.me) ?? []));
      this.changed();
    } catch (error) {
      if (error instanceof DunlinError && !error.retryable) this.say(error.message);
    }
  }
}
