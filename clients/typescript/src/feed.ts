import type { ClientContext } from "./client-context.js";
import type { Subscribe } from "./client-frames.js";
import { guarded } from "./emitter.js";
import { DunlinError } from "./errors.js";
import type { LinkTimers } from "./link-timers.js";
import type { Presences } from "./presences.js";
import type { EventPage } from "./rest.js";
import { Sequencer } from "./sequencer.js";
import type { ChannelEvent, Ephemeral, Gap, Subscribed } from "./server-frames.js";
import type { After, Json } from "./values.js";

/** What a subscriber of one channel receives. `Data` is the type of the payloads. */
export interface ChannelListener<Data = Json> {
  /** Each seq once, in order. */
  event?(event: ChannelEvent<Data>): void;
  /** `signal`, `typing`, and the marks of others. */
  ephemeral?(frame: Ephemeral<Data>): void;
  /** The subscription stands, again after each reconnect. */
  subscribed?(answer: Subscribed): void;
  /**
   * Events before `head` could not be given: they are no longer kept, are too many to fetch one by one, or the numbering
   * is another. What is shown of the channel has to be fetched again; events go on after `head`.
   */
  reset?(head: number): void;
  /** The server left these events out on purpose, since only the newest counts; the next one follows on them. */
  skipped?(from: number, to: number): void;
  /** The server refused the subscription, or ended it: it is asked for again at the next reconnect only. */
  failed?(error: DunlinError): void;
}

/** What a {@link Feed} uses. */
export interface FeedPorts extends ClientContext {
  /** Of the link that is up, for all feeds. */
  readonly timers: LinkTimers;
  readonly presences: Presences;
  readonly fetchEvents: (channel: string, after: number) => Promise<EventPage>;
}

const RETRY_MS = 1_000;
/** A hole of more events than this is not fetched: the channel is reset. */
const MOST_REPAIRED = 1_000;
/** How often the log is asked for events that it does not have yet, though they exist. */
const MOST_PATIENCE = 5;

/** One channel's events as they come in: subscribes, resumes, repairs holes, and hands each seq on once. */
export class Feed {
  readonly channel: string;
  /** Whether the server subscribes this channel by itself. */
  member = false;
  readonly #ports: FeedPorts;
  readonly #sequencer = new Sequencer();
  /** One object for each subscription, so that one listener given twice is two. */
  readonly #subscribers = new Set<{ readonly listener: ChannelListener }>();
  #startAfter: After | undefined;
  #online = false;
  #answer: Subscribed | undefined;
  /** The server said that the position held is worth nothing, and what that means was not told yet. */
  #startOver = false;
  #subscribing = false;
  /** The last `subscribe` of this link requested the occupancy. */
  #counts = false;
  #repairing = false;
  #patience = MOST_PATIENCE;
  /** Events up to this one exist, as the server said. */
  #known = 0;
  /** The server is about to send everything up to this one. */
  #replayedTo = 0;

  constructor(channel: string, ports: FeedPorts) {
    this.channel = channel;
    this.#ports = ports;
  }

  get wanted(): boolean {
    return this.#subscribers.size > 0;
  }

  /** A second subscriber hears what comes from now on; `after` counts for the first. */
  listen(listener: ChannelListener, after: After | undefined): () => void {
    const subscriber = { listener };
    this.#subscribers.add(subscriber);
    if (this.#subscribers.size === 1) {
      this.#startAfter = after;
      if (this.#online) this.#subscribe();
    } else if (this.#answer) {
      const answer = this.#answer;
      queueMicrotask(() => {
        if (this.#subscribers.has(subscriber)) guarded(() => listener.subscribed?.(answer));
      });
    }
    return () => {
      this.#subscribers.delete(subscriber);
      if (!this.wanted) this.#answer = undefined;
    };
  }

  /** A link is up. `membership` says where a channel stands that the server subscribed by itself. */
  online(membership: { readonly epoch: string; readonly head: number } | undefined, restarted: boolean): void {
    this.#online = true;
    this.member = membership !== undefined;
    this.#subscribing = false;
    this.#counts = false;
    this.#repairing = false;
    if (restarted) {
      this.#startOver ||= this.#sequencer.position !== undefined;
      this.#sequencer.clear();
    }
    if (this.wanted) this.#subscribe();
    else if (membership) this.#stands(membership.epoch, membership.head, false);
  }

  offline(): void {
    this.#online = false;
    this.#answer = undefined;
  }

  live(event: ChannelEvent): void {
    if (!this.wanted && this.#sequencer.last === undefined) this.#sequencer.restart(undefined, event.seq - 1);
    this.#surface(this.#sequencer.offer(event));
    this.#repairIfNeeded();
  }

  ephemeral(frame: Ephemeral): void {
    this.#tell((listener) => listener.ephemeral?.(frame));
  }

  /** The server could not deliver these or, conflated, did not want to. */
  gap({ from, to, conflated }: Gap): void {
    if (!conflated) {
      this.#replayedTo = 0;
      this.#known = Math.max(this.#known, to);
    } else if (this.#sequencer.last !== undefined) {
      this.#tell((listener) => listener.skipped?.(from, to));
      this.#surface(this.#sequencer.skip(from, to));
    }
    this.#repairIfNeeded();
  }

  /**
   * Where the channel stands, as the answer to a `subscribe`, or by itself as an SSE stream says it each time that it is
   * asked for. At once and not when the request's promise is settled: the events that follow build on it.
   */
  subscribed(answer: Subscribed): void {
    this.#subscribing = false;
    this.#answer = answer;
    const { epoch, head, recovered } = answer;
    if (epoch !== undefined && head !== undefined) this.#stands(epoch, head, recovered === true);
    this.#tell((listener) => listener.subscribed?.(answer));
    this.renew();
  }

  /** Subscribes again if the occupancy is wanted and was not requested. */
  renew(): void {
    if (!this.#counts && this.#ports.presences.wantsOccupancy(this.channel)) this.#subscribe();
  }

  ended(): void {
    this.member = false;
    this.#answer = undefined;
    this.#sequencer.clear();
    this.#known = 0;
    this.#refused(new DunlinError("forbidden", `the server ended the subscription of ${this.channel}`));
  }

  #subscribe(): void {
    if (this.#subscribing) return;
    this.#subscribing = true;
    const { replies, timers } = this.#ports;
    const after = this.#sequencer.position ?? this.#startAfter;
    this.#counts = this.#ports.presences.wantsOccupancy(this.channel);
    replies.request({ type: "subscribe", channel: this.channel, after, occupancy: this.#counts || undefined } as Subscribe).catch(
      timers.guard((error: DunlinError) => {
        this.#subscribing = false;
        this.#refused(error);
      }),
    );
  }

  /** The channel's log stands at `head`. What was missed comes by itself if `recovered`, else it is fetched or given up. */
  #stands(epoch: string, head: number, recovered: boolean): void {
    const from = this.#sequencer.position ?? this.#startAfter;
    this.#startAfter = undefined;
    const tooFar = from !== undefined && !recovered && head - from.seq > MOST_REPAIRED;
    if (this.#startOver || tooFar || (from?.epoch ?? epoch) !== epoch) {
      this.#reset(epoch, head);
    } else if (from === undefined) {
      this.#restart(epoch, head);
    } else {
      if (this.#sequencer.position === undefined) this.#restart(epoch, from.seq);
      this.#replayedTo = recovered ? head : 0;
      if (!recovered) this.#known = Math.max(this.#known, head);
    }
    this.#repairIfNeeded();
  }

  #refused(error: DunlinError): void {
    if (!error.retryable) {
      this.#ports.presences.ended(this.channel, error);
      this.#tell((listener) => listener.failed?.(error));
    } else this.#later(error.retryAfterMs, () => this.wanted && this.#subscribe());
  }

  /** Every event up to this one is known to exist. */
  get #newest(): number {
    return Math.max(this.#known, this.#sequencer.holeEnd);
  }

  #repairIfNeeded(): void {
    const { last = this.#known } = this.#sequencer;
    const missing = last >= this.#replayedTo && last < this.#newest;
    if (missing && this.#online && !this.#subscribing && !this.#repairing) void this.#repair();
  }

  async #repair(): Promise<void> {
    const after = this.#sequencer.last ?? 0;
    const epoch = this.#sequencer.position?.epoch;
    const end = this.#newest;
    if (end - after > MOST_REPAIRED) {
      this.#reset(epoch, end);
      return;
    }
    this.#repairing = true;
    try {
      const page = await this.#ports.fetchEvents(this.channel, after);
      this.#repairing = false;
      // Meanwhile another numbering may have begun: then the page is of the old one.
      if (epoch === this.#sequencer.position?.epoch) this.#fill(page, epoch, after);
      this.#repairIfNeeded();
    } catch (error) {
      this.#repairing = false;
      const { code, retryable, retryAfterMs } = DunlinError.from(error);
      // Without a token there will be one; without a right there is nothing to wait for.
      if (retryable || code === "unauthenticated") this.#repairLater(retryAfterMs);
      else this.#reset(epoch, end);
    }
  }

  /** Fetches after a pause. Events that arrive meanwhile start no fetch. */
  #repairLater(ms?: number): void {
    this.#repairing = true;
    this.#later(ms, () => {
      this.#repairing = false;
      this.#repairIfNeeded();
    });
  }

  #fill(page: EventPage, epoch: string | undefined, after: number): void {
    if (epoch !== undefined && page.epoch !== undefined && page.epoch !== epoch) {
      this.#reset(page.epoch, page.head ?? 0);
      return;
    }
    for (const event of page.events) this.#surface(this.#sequencer.offer(event));
    const head = page.head ?? Infinity;
    if ((this.#sequencer.last ?? 0) > after) {
      this.#patience = MOST_PATIENCE;
    } else if (head <= after && page.events.length === 0 && this.#patience-- > 0) {
      // The log is behind what was heard already.
      this.#repairLater();
    } else {
      // The log no longer has what is missing: better said than passed over in silence.
      this.#reset(page.epoch ?? epoch, Math.max(page.head ?? 0, this.#newest, after));
    }
  }

  #reset(epoch: string | undefined, head: number): void {
    this.#startOver = false;
    this.#patience = MOST_PATIENCE;
    // What waits is of the numbering that it was heard in.
    if ((this.#sequencer.position?.epoch ?? epoch) !== epoch) this.#sequencer.clear();
    this.#tell((listener) => listener.reset?.(head));
    this.#ports.emitter.emit("reset", { channel: this.channel, head });
    this.#restart(epoch, head);
  }

  #restart(epoch: string | undefined, seq: number): void {
    this.#known = this.#replayedTo = 0;
    this.#surface(this.#sequencer.restart(epoch, seq));
  }

  #surface(events: readonly ChannelEvent[]): void {
    for (const event of events) {
      this.#ports.emitter.emit("event", event);
      this.#tell((listener) => listener.event?.(event));
    }
  }

  #tell(what: (listener: ChannelListener) => void): void {
    for (const { listener } of [...this.#subscribers]) guarded(() => what(listener));
  }

  #later(ms: number | undefined, task: () => void): void {
    if (this.#online) this.#ports.timers.after(ms ?? RETRY_MS, task);
  }
}
