import { type ChannelEvent, type DunlinClient, DunlinError, type Ephemeral, newMessageId } from "@dunlin/client";
import { hasMembers, peerOf } from "./channel-name.js";
import { Draft } from "./draft.js";
import { emojiKey } from "./emoji.js";
import { MessageLog } from "./message-log.js";
import { Model } from "./model.js";
import { People } from "./people.js";
import type { ShownMessage } from "./shown-message.js";
import { TypingPeople } from "./typing-people.js";

const PAGE = 50;
/** Pages that are loaded to find a message that somebody wants to see; further back it stays where it is. */
const MOST_PAGES = 40;

export type HistoryState = "none" | "loading" | "more" | "complete" | "failed";

/** One open channel: its messages, who types, who read how far. Lives as long as the channel is in the list. */
export class Conversation extends Model {
  readonly channel: string;
  readonly me: string;
  readonly log = new MessageLog();
  readonly typing = new TypingPeople(() => this.changed());
  readonly draft = new Draft(() => this.changed());
  /** Who is there now, where the channel has no members. */
  readonly people: People | undefined;
  readonly #client: DunlinClient;
  readonly #end: () => void;
  #history: HistoryState = "none";
  #problem: DunlinError | undefined;
  #members: readonly string[] = [];
  readonly #readers = new Map<string, number>();
  /** Up to here the person at this page has seen everything. */
  #seen: number | undefined;
  #newAfter: number | undefined;
  #wanted: number | undefined;

  constructor(client: DunlinClient, channel: string, me: string) {
    super();
    this.#client = client;
    this.channel = channel;
    this.me = me;
    if (!hasMembers(channel)) this.people = new People(client, channel);
    this.people?.onChange(() => this.changed());
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

  /** What comes after this seq was new when the conversation was opened. */
  get newAfter(): number | undefined {
    return this.#newAfter;
  }

  /** The message that somebody asked to be shown. */
  get wanted(): number | undefined {
    return this.#wanted;
  }

  /** The others who have read up to this seq or further. */
  readersOf(seq: number): readonly string[] {
    return [...this.#readers].filter(([, read]) => read >= seq).map(([user]) => user);
  }

  close(): void {
    this.#end();
  }

  /** Somebody turns to it; `read` is their read mark where the server keeps one, `unread` how many came since. */
  opened(read: number, unread: number): void {
    const seen = Math.max(this.#seen ?? 0, read);
    this.#newAfter = unread > 0 && seen > 0 ? seen : undefined;
    this.changed();
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

  /** Loads back to the message, and has it shown. */
  async show(seq: number): Promise<void> {
    for (let page = 0; page < MOST_PAGES && this.#history === "more" && (this.log.oldest ?? 0) > seq; page++) {
      await this.loadOlder();
    }
    this.#wanted = seq;
    this.changed();
  }

  /** It is in sight. */
  shown(): void {
    this.#wanted = undefined;
  }

  search(words: string, before?: number) {
    return this.#client.rest.search(this.channel, words, { limit: 20, before });
  }

  /** Sends the draft: a new message, an answer, or a change of an earlier one. */
  send(): void {
    const text = this.draft.text.trim();
    const { about } = this.draft;
    if (text === "") return;
    this.draft.clear();
    if (about?.kind === "edit") void this.#change(() => this.#client.edit(this.channel, about.message.seq, { text }));
    else this.#publish(newMessageId(), text, about?.message.seq);
    this.#newAfter = undefined;
    this.#client.typed(this.channel);
  }

  /** Sends a refused message once more, under the same id. */
  retry(id: string): void {
    const pending = this.log.pending.find((one) => one.id === id);
    if (pending) this.#publish(id, pending.text, pending.replyTo);
  }

  discard(id: string): void {
    this.log.discard(id);
    this.changed();
  }

  delete(seq: number): void {
    void this.#change(() => this.#client.delete(this.channel, seq));
  }

  /** Takes the reaction back if it is there. */
  react(message: ShownMessage, emoji: string): void {
    const mine = message.reactions.get(emojiKey(emoji))?.has(this.me) ?? false;
    void this.#change(() => this.#client.react(this.channel, message.seq, emoji, mine));
  }

  /** One's own newest message that can still be changed. */
  get lastOwn(): ShownMessage | undefined {
    return this.log.entries.findLast(
      (entry): entry is ShownMessage => entry.kind === "message" && entry.from === this.me && !entry.deleted,
    );
  }

  keyPressed(): void {
    this.#client.typing(this.channel);
  }

  /** Everything shown up to the newest has been seen. */
  seen(): void {
    const { newest } = this.log;
    if (newest === undefined) return;
    this.#seen = newest;
    this.#client.read(this.channel, newest);
  }

  #publish(id: string, text: string, replyTo: number | undefined): void {
    this.log.sending(id, text, replyTo, Date.now());
    this.changed();
    const draft = { channel: this.channel, id, data: { text }, ...(replyTo !== undefined && { replyTo }) };
    this.#client.publish(draft).catch((error: unknown) => {
      this.log.refused(id, asProblem(error));
      this.changed();
    });
  }

  /** A change has no id, so it is not repeated by itself: whoever made it sees that it did not happen. */
  async #change(change: () => Promise<unknown>): Promise<void> {
    try {
      await change();
    } catch (error) {
      this.tell(`Not done: ${asProblem(error).message}`);
    }
  }

  /** Set by the owner: where to say what went wrong beside the messages. */
  tell: (text: string) => void = () => undefined;

  #event(event: ChannelEvent): void {
    this.log.add(event);
    if ("from" in event) this.typing.stopped(event.from);
    if (event.type === "member_joined" || event.type === "member_left") void this.#loadMembers();
    this.changed();
  }

  #ephemeral(frame: Ephemeral): void {
    if (frame.from === this.me) return;
    if (frame.type === "typing") this.typing.typing(frame.from);
    if (frame.type === "read" && frame.seq !== undefined) this.#hasRead(frame.from, frame.seq);
  }

  #hasRead(user: string, seq: number): void {
    if (user === this.me || seq <= (this.#readers.get(user) ?? 0)) return;
    this.#readers.set(user, seq);
    this.changed();
  }

  #subscribed(): void {
    this.#problem = undefined;
    this.people?.subscribed();
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

  /** Without the list there are no presence dots and no read marks of before, and that is all. */
  async #loadMembers(): Promise<void> {
    if (!hasMembers(this.channel)) return;
    const peer = peerOf(this.channel, this.me);
    try {
      const members = peer ? [peer] : (await this.#client.rest.members(this.channel)).map(({ user }) => user);
      this.#members = members.filter((user) => user !== this.me);
      this.#client.watchPresence(this.#members);
      this.changed();
      for (const { user, read } of await this.#client.rest.receipts(this.channel)) this.#hasRead(user, read);
    } catch {
      this.changed();
    }
  }
}

function asProblem(error: unknown): DunlinError {
  return error instanceof DunlinError ? error : new DunlinError("internal", String(error));
}
