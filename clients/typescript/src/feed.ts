import type { Clock } from "./clock.js";
import { DunlinError } from "./errors.js";
import type { Replies } from "./replies.js";
import type { EventPage } from "./rest.js";
import { Sequencer } from "./sequencer.js";
import type { ChannelEvent, Ephemeral, Gap, Subscribed } from "./server-frames.js";
import type { After } from "./values.js";

/** What a subscriber of one channel hears. */
export interface ChannelListener {
  /** Each seq once, in order. */
  event(event: ChannelEvent): void;
  /** `signal`, `typing` and others' marks. */
  ephemeral?(frame: Ephemeral): void;
  /** The subscription stands, again after each reconnect. */
  subscribed?(answer: Subscribed): void;
  /** Events before `head` could not be given: what is shown of the channel has to be fetched again. */
  reset?(head: number): void;
  /** The server refused the subscription for good. */
  failed?(error: DunlinError): void;
}

export interface FeedPorts {
  readonly clock: Clock;
  readonly replies: Replies;
  readonly fetchEvents: (channel: string, after: number) => Promise<EventPage>;
  /** Every event of every channel, in order per channel. */
  readonly surfaced: (event: ChannelEvent) => void;
}

const RETRY_MS = 1_000;

/** One channel's events as they come in: subscribes, resumes, repairs holes, and hands each seq on once. */
export class Feed {
  readonly channel: string;
  readonly #ports: FeedPorts;
  readonly #sequencer = new Sequencer();
  #listener: ChannelListener | undefined;
  #startAfter: After | undefined;
  #online = false;
  /** Counts the links, so that a retry meant for an earlier one is not made on the next. */
  #links = 0;
  #member = false;
  #subscribing = false;
  #repairing = false;
  /** Events up to this one exist, as the server said. */
  #known = 0;

  constructor(channel: string, ports: FeedPorts) {
    this.channel = channel;
    this.#ports = ports;
  }

  get wanted(): boolean {
    return this.#listener !== undefined;
  }

  /** Whether the server subscribes this channel by itself. */
  get member(): boolean {
    return this.#member;
  }

  listen(listener: ChannelListener, after: After | undefined): void {
    this.#listener = listener;
    this.#startAfter = after;
    if (this.#online) void this.#subscribe();
  }

  unlisten(): void {
    this.#listener = undefined;
  }

  /** A link is up. `membership` says where a channel stands that the server subscribed by itself. */
  online(membership: { readonly epoch: string; readonly head: number } | undefined, restarted: boolean): void {
    this.#online = true;
    this.#links++;
    this.#member = membership !== undefined;
    if (restarted) this.#sequencer.clear();
    if (this.wanted) void this.#subscribe();
    else if (membership) this.#surface(this.#sequencer.restart({ epoch: membership.epoch, seq: membership.head }));
  }

  offline(): void {
    this.#online = false;
  }

  live(event: ChannelEvent): void {
    if (!this.wanted && this.#sequencer.last === undefined) this.#sequencer.restart({ seq: event.seq - 1 });
    this.#surface(this.#sequencer.offer(event));
    this.#repairIfNeeded();
  }

  ephemeral(frame: Ephemeral): void {
    this.#listener?.ephemeral?.(frame);
  }

  /** The server says that it did not deliver these; what it left out on purpose is passed over. */
  gap(gap: Gap): void {
    const { last } = this.#sequencer;
    if (gap.conflated && last !== undefined && gap.from <= last + 1) this.#surface(this.#sequencer.skipTo(gap.to));
    else this.#known = Math.max(this.#known, gap.to);
    this.#repairIfNeeded();
  }

  async #subscribe(): Promise<void> {
    if (this.#subscribing) return;
    this.#subscribing = true;
    const after = this.#sequencer.position ?? this.#startAfter;
    try {
      const reply = await this.#ports.replies.request({
        type: "subscribe",
        channel: this.channel,
        ...(after && { after }),
      });
      this.#subscribing = false;
      this.#subscribed(reply as Subscribed, after);
    } catch (error) {
      this.#subscribing = false;
      this.#refused(error as DunlinError);
    }
  }

  #subscribed(answer: Subscribed, after: After | undefined): void {
    const resumed = after !== undefined && answer.recovered !== false;
    const kept = resumed && this.#sequencer.position?.epoch === answer.epoch;
    if (!kept) {
      const seq = resumed ? after.seq : answer.head;
      if (after !== undefined && !resumed) this.#listener?.reset?.(answer.head);
      this.#known = 0;
      this.#surface(this.#sequencer.restart({ epoch: answer.epoch, seq }));
    }
    this.#listener?.subscribed?.(answer);
    this.#repairIfNeeded();
  }

  #refused(error: DunlinError): void {
    if (!error.retryable) this.#listener?.failed?.(error);
    else this.#later(error.retryAfterMs, () => void this.#subscribe());
  }

  #repairIfNeeded(): void {
    const behind = this.#sequencer.hasHole || (this.#sequencer.last ?? this.#known) < this.#known;
    if (behind && this.#online && !this.#subscribing && !this.#repairing) void this.#repair();
  }

  async #repair(): Promise<void> {
    this.#repairing = true;
    try {
      const after = this.#sequencer.last ?? 0;
      const page = await this.#ports.fetchEvents(this.channel, after);
      for (const event of page.events) this.#surface(this.#sequencer.offer(event));
      this.#repairing = false;
      if ((this.#sequencer.last ?? 0) === after) this.#giveUp(page);
      this.#repairIfNeeded();
    } catch (error) {
      this.#repairing = false;
      this.#later((error as DunlinError).retryAfterMs, () => this.#repairIfNeeded());
    }
  }

  /** The log no longer has what is missing: better said than passed over in silence. */
  #giveUp(page: EventPage): void {
    const epoch = page.epoch ?? this.#sequencer.position?.epoch;
    const head = Math.max(page.head ?? 0, this.#known, this.#sequencer.last ?? 0);
    this.#known = 0;
    this.#listener?.reset?.(head);
    this.#surface(this.#sequencer.restart(epoch === undefined ? { seq: head } : { epoch, seq: head }));
  }

  #surface(events: readonly ChannelEvent[]): void {
    for (const event of events) {
      this.#ports.surfaced(event);
      this.#listener?.event(event);
    }
  }

  #later(ms: number | undefined, task: () => void): void {
    const link = this.#links;
    this.#ports.clock.after(ms ?? RETRY_MS, () => this.#online && this.#links === link && task());
  }
}
