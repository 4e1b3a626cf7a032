import type { DunlinError } from "./errors.js";
import type { LinkTimers } from "./link-timers.js";
import type { Replies } from "./replies.js";
import type { Enter, Leave, SyncPresence } from "./client-frames.js";
import type { OccupancyChange, PresenceDiff, PresenceSync } from "./server-frames.js";
import type { ChannelUser, Json, Occupancy, Payload } from "./values.js";
// Imports are in the order in which the whole client compresses best.
import { Emitter } from "./emitter.js";

/** The events of a {@link RealtimePresence} and their values, for its method `on`. */
export interface PresenceEvents {
  enter: ChannelUser;
  update: ChannelUser;
  /** The user who left, as it was. */
  leave: ChannelUser;
  /** All of `members` was replaced. */
  sync: ReadonlyMap<string, ChannelUser>;
  /** How many users and links are there. A listener requests it. */
  occupancy: Occupancy;
  /** The server refused to enter or follow again after a reconnect. The client does not retry. */
  failed: DunlinError;
}

/** What a {@link RealtimePresence} uses. */
export interface PresencePorts {
  readonly replies: Replies;
  /** Of the link that is up, for all channels. */
  readonly timers: LinkTimers;
  /** The link that is up has a granted subscription of the channel. */
  readonly isGranted: (channel: string) => boolean;
  /** Why nothing can be requested for this channel now. */
  readonly refusal: (channel: string) => DunlinError | undefined;
  /** Subscribes again, so that the server sends the occupancy. */
  readonly requestOccupancy: (channel: string) => void;
}

type Own = Omit<Enter, "ref"> | Omit<Leave, "ref">;
type Follow = Omit<SyncPresence, "ref">;

interface Waiting {
  readonly resolve: () => void;
  readonly reject: (error: DunlinError) => void;
}

/** What holds until it is replaced, so each link requests it again. */
interface Wish {
  readonly request: Own | Follow;
  readonly waiting: Waiting[];
}

const RETRY_MS = 1_000;

/**
 * Who is in a channel: see {@link Channel.presence}. The client owns one for each channel that you
 * ask for. It needs a WebSocket and a subscription of the channel, and ends with the subscription.
 * After a reconnect it enters again with the last data and follows again.
 */
export class RealtimePresence {
  readonly channel: string;
  readonly #ports: PresencePorts;
  readonly #emitter = new Emitter<PresenceEvents>();
  readonly #members = new Map<string, ChannelUser>();
  #own: Wish | undefined;
  #follow: Wish | undefined;
  #occupancy: Occupancy | undefined;
  #partial = false;
  /** @internal */
  wantsOccupancy = false;

  /** @internal */
  constructor(channel: string, ports: PresencePorts) {
    this.channel = channel;
    this.#ports = ports;
  }

  /** The users who are there, by id. Kept while you {@link follow}. */
  get members(): ReadonlyMap<string, ChannelUser> {
    return this.#members;
  }

  /** The numbers that the server sent last. */
  get occupancy(): Occupancy | undefined {
    return this.#occupancy;
  }

  /** There are more users than the server names: `members` is empty, and only the occupancy changes. */
  get partial(): boolean {
    return this.#partial;
  }

  /** Returns the function that removes the listener. A listener of `occupancy` requests it. */
  on<Name extends keyof PresenceEvents>(name: Name, listener: (value: PresenceEvents[Name]) => void): () => void {
    if (name === "occupancy" && !this.wantsOccupancy) {
      this.wantsOccupancy = true;
      this.#ports.requestOccupancy(this.channel);
    }
    return this.#emitter.on(name, listener);
  }

  /**
   * Enters the channel, with data of at most 1,024 bytes. Resolves when the server has accepted it:
   * at once or, without a link, after the next connect. Rejects with a {@link DunlinError} if the
   * server refuses it, if you are not subscribed, and on a transport other than WebSocket.
   */
  enter<Data>(data?: Data & Payload<Data>): Promise<void> {
    return this.#wish({ type: "enter", channel: this.channel, ...(data !== undefined && { data: data as Json }) });
  }

  /** Replaces the data with which the user is there. */
  update<Data>(data: Data & Payload<Data>): Promise<void> {
    return this.#wish({ type: "update", channel: this.channel, data: data as Json });
  }

  /** Leaves the channel until you enter again. It stays subscribed. */
  async leave(): Promise<void> {
    const request = { type: "leave", channel: this.channel } as const;
    if (this.#granted) await this.#wish(request);
    else this.#own = { request, waiting: this.#own?.waiting ?? [] };
  }

  /** Keeps `members` current, until {@link unfollow}. Resolves with them. Call it again to replace them. */
  async follow(): Promise<ReadonlyMap<string, ChannelUser>> {
    await this.#wish({ type: "presence_sync", channel: this.channel, follow: true });
    return this.#members;
  }

  /** Ends it and forgets the members. */
  async unfollow(): Promise<void> {
    for (const { resolve } of this.#follow?.waiting ?? []) resolve();
    this.#follow = undefined;
    this.#clear();
    if (this.#granted) await this.#ports.replies.request({ type: "presence_sync", channel: this.channel, follow: false });
  }

  /** @internal The subscription is granted on a new link. */
  granted(): void {
    const { request, waiting } = this.#own ?? {};
    // On a new link there is nothing to update.
    if (request?.type === "update") this.#own = { request: { ...request, type: "enter" }, waiting: waiting ?? [] };
    void this.#make(this.#own);
    void this.#make(this.#follow);
  }

  /** @internal At once and not when the request's promise is settled: the diffs that follow build on it. */
  received(frame: PresenceSync | PresenceDiff | OccupancyChange): void {
    if (frame.type === "occupancy") {
      this.#counted(frame);
    } else if (this.#follow && frame.type === "presence_sync") {
      this.#partial = frame.partial === true;
      this.#members.clear();
      for (const user of frame.users) this.#members.set(user.user, user);
      this.#emitter.emit("sync", this.#members);
      this.#counted(frame.occupancy);
    } else if (this.#follow && frame.type === "presence_diff") {
      for (const user of frame.entered ?? []) this.#put("enter", user);
      for (const user of frame.updated ?? []) this.#put("update", user);
      for (const name of frame.left ?? []) {
        const user = this.#members.get(name);
        this.#members.delete(name);
        if (user) this.#emitter.emit("leave", user);
      }
    }
  }

  /** @internal Nobody listens any more, or the server ended the subscription. */
  ended(error: DunlinError): void {
    // A member's session stays subscribed.
    if (this.#granted) {
      if (this.#own) void this.leave().catch(() => undefined);
      if (this.#follow) void this.unfollow().catch(() => undefined);
    }
    this.cancel(error);
    this.#own = this.#follow = this.#occupancy = undefined;
    this.#clear();
  }

  /** @internal Rejects what waits for the next link, and does not request it any more. */
  cancel(error: DunlinError): void {
    for (const wish of [this.#own, this.#follow]) {
      if (!wish?.waiting.length) continue;
      for (const { reject } of wish.waiting.splice(0)) reject(error);
      this.#drop(wish);
    }
  }

  get #granted(): boolean {
    return this.#ports.isGranted(this.channel);
  }

  #counted({ users, links }: Occupancy): void {
    this.#occupancy = { users, links };
    this.#emitter.emit("occupancy", this.#occupancy);
  }

  #put(event: "enter" | "update", user: ChannelUser): void {
    this.#members.set(user.user, user);
    this.#emitter.emit(event, user);
  }

  #clear(): void {
    this.#partial = false;
    if (this.#members.size === 0) return;
    this.#members.clear();
    this.#emitter.emit("sync", this.#members);
  }

  #wish(request: Own | Follow): Promise<void> {
    return new Promise((resolve, reject) => {
      const refusal = this.#granted ? undefined : this.#ports.refusal(this.channel);
      if (refusal) return reject(refusal);
      const isFollow = request.type === "presence_sync";
      const waiting = (isFollow ? this.#follow : this.#own)?.waiting ?? [];
      const wish = { request, waiting: [...waiting, { resolve, reject }] };
      if (isFollow) this.#follow = wish;
      else this.#own = wish;
      void this.#make(wish);
    });
  }

  async #make(wish: Wish | undefined): Promise<void> {
    if (!wish || !this.#granted) return;
    const waiting = wish.waiting.splice(0);
    try {
      await this.#ports.replies.request(wish.request as Own);
      for (const { resolve } of waiting) resolve();
    } catch (error) {
      this.#failed(wish, waiting, error as DunlinError);
    }
  }

  #failed(wish: Wish, waiting: readonly Waiting[], error: DunlinError): void {
    const last = wish.request.type === "presence_sync" ? this.#follow : this.#own;
    if (error.retryable && last) {
      last.waiting.push(...waiting);
      if (!this.#granted) return;
      this.#ports.timers.after(error.retryAfterMs ?? RETRY_MS, () => (last === this.#own || last === this.#follow) && void this.#make(last));
    } else {
      if (wish === last && waiting.length === 0) this.#emitter.emit("failed", error);
      this.#drop(wish);
      for (const { reject } of waiting) reject(error);
    }
  }

  #drop(wish: Wish): void {
    if (wish === this.#own) this.#own = undefined;
    if (wish === this.#follow) this.#follow = undefined;
  }
}
