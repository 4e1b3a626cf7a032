import { type ChannelEvent, type DunlinClient, DunlinError, type Ephemeral, newMessageId } from "@dunlin/client";
import { hasMembers, peerOf } from "./channel-name.js";
import { MessageLog } from "./message-log.js";
import { Model } from "./model.js";
import { TypingPeople } from "./typing-people.js";

const PAGE = 50;

export type HistoryState = "none" | "loading" | "more" | "complete" | "failed";

/** One open channel: its messages, who types, who read how far. Lives as long as the channel is in the list. */
export class Conversation extends Model {
  readonly channel: string;
  readonly me: string;
  readonly log = new MessageLog();
  readonly typing = new TypingPeople(() => this.changed());
  readonly #client: DunlinClient;
  readonly #end: () => void;
  #history: HistoryState = "none";
  #problem: DunlinError | undefined;
  #members: readonly string[] = [];
  readonly #readers = new Map<string, number>();

  constructor(client: DunlinClient, channel: string, me: string) {
    super();
    this.#client = client;
    this.channel = channel;
    this.me = me;
    this.#end = client.subscribe(channel, {
      event: (event) => this.#event(event),
      ephemeral: (frame) => this.#ephemeral(frame),
      subscribed: () => this.#subscribed(),
      reset: () => this.#reset(),
      failed: (error) => this.#failed(error),
    });
  }

  get history(): HistoryState {
    return this.#history;
  }

  /** Why the channel cannot be shown. */
  get problem(): DunlinError | undefined {
    return this.#problem;
  }

  /** The members other than oneself, where the channel has members. */
  get members(): readonly string[] {
    return this.#members;
  }

  /** The others who have read up to this seq or further. */
  readersOf(seq: number): readonly string[] {
    return [...this.#readers].filter(([, read]) => read >= seq).map(([user]) => user);
  }

  close(): void {
    this.#end();
  }

  /** Another page of older messages, unless one is on its way or there are none. */
  async loadOlder(): Promise<void> {
    if (this.#history === "loading" || this.#history === "complete") return;
    this.#history = "loading";
    this.changed();
    const before = this.log.oldest;
    try {
      const page = await this.#client.rest.messages(this.channel, { limit: PAGE, ...(before && { before }) });
      this.log.addHistory(page.messages);
      this.#history = page.prev === undefined ? "complete" : "more";
    } catch (error) {
      this.#history = "failed";
      if (!(error instanceof DunlinError && error.retryable)) this.#problem = asProblem(error);
    }
    this.changed();
  }

  send(text: string): void {
    this.#publish(newMessageId(), text);
    this.#client.typed(this.channel);
  }

  /** Sends a refused message once more, under the same id. */
  retry(id: string): void {
    const pending = this.log.pending.find((one) => one.id === id);
    if (pending) this.#publish(id, pending.text);
  }

  discard(id: string): void {
    this.log.discard(id);
    this.changed();
  }

  keyPressed(): void {
    this.#client.typing(this.channel);
  }

  /** Everything shown up to the newest has been seen. */
  seen(): void {
    if (this.log.newest !== undefined) this.#client.read(this.channel, this.log.newest);
  }

  #publish(id: string, text: string): void {
    this.log.sending(id, text, Date.now());
    this.changed();
    this.#client.publish({ channel: this.channel, id, data: { text } }).catch((error: unknown) => {
      this.log.refused(id, asProblem(error));
      this.changed();
    });
  }

  #event(event: ChannelEvent): void {
    this.log.add(event);
    if ("from" in event) this.typing.stopped(event.from);
    if (event.type === "member_joined" || event.type === "member_left") void this.#loadMembers();
    this.changed();
  }

  #ephemeral(frame: Ephemeral): void {
    if (frame.from === this.me) return;
    if (frame.type === "typing") this.typing.typing(frame.from);
    if (frame.type === "read" && frame.seq !== undefined) {
      this.#readers.set(frame.from, Math.max(frame.seq, this.#readers.get(frame.from) ?? 0));
      this.changed();
    }
  }

  #subscribed(): void {
    this.#problem = undefined;
    if (this.#history === "none" || this.#history === "failed") void this.loadOlder();
    if (this.#members.length === 0) void this.#loadMembers();
    this.changed();
  }

  #reset(): void {
    this.log.clear();
    this.#history = "none";
    void this.loadOlder();
  }

  #failed(error: DunlinError): void {
    this.#problem = error;
    this.changed();
  }

  /** Without the list there are no presence dots, and that is all. */
  async #loadMembers(): Promise<void> {
    if (!hasMembers(this.channel)) return;
    const peer = peerOf(this.channel, this.me);
    try {
      const members = peer ? [peer] : (await this.#client.rest.members(this.channel)).map(({ user }) => user);
      this.#members = members.filter((user) => user !== this.me);
      this.#client.watchPresence(this.#members);
      this.changed();
    } catch {
      this.#members = [];
    }
  }
}

function asProblem(error: unknown): DunlinError {
  return error instanceof DunlinError ? error : new DunlinError("internal", String(error));
}
