import type { ChannelEvent, ChannelSummary } from "@dunlin/client";
import { type ShownMessage, shown } from "./shown-message.js";

export interface ListedChannel {
  readonly channel: string;
  readonly unread: number;
  /** How many of the unread ones mention the reader. */
  readonly mentions: number;
  readonly newest: ShownMessage | undefined;
}

interface Entry {
  unread: number;
  mentions: number;
  read: number;
  newest: ShownMessage | undefined;
  /** When something last happened, or when it was opened. */
  at: number;
}

/** The channels as a person lists them: what happened last stands first. */
export class ChannelList {
  readonly #me: string;
  readonly #entries = new Map<string, Entry>();
  /** The newest message that an open conversation knows, edits applied. */
  readonly #newest: (channel: string) => ShownMessage | undefined;
  #drawn = "";

  constructor(me: string, newest: (channel: string) => ShownMessage | undefined) {
    this.#me = me;
    this.#newest = newest;
  }

  get listed(): readonly ListedChannel[] {
    return [...this.#entries]
      .map(([channel, entry]) => {
        const open = this.#newest(channel);
        const newest = open && open.seq >= (entry.newest?.seq ?? 0) ? open : entry.newest;
        return { channel, unread: entry.unread, mentions: entry.mentions, newest, at: newest?.ts ?? entry.at };
      })
      .sort((one, other) => other.at - one.at || one.channel.localeCompare(other.channel));
  }

  /** Whether it looks other than when it was asked last. */
  changed(): boolean {
    const now = this.listed.map(({ channel, newest }) => `${channel} ${newest?.seq} ${newest?.text}`).join("\n");
    const isOther = now !== this.#drawn;
    this.#drawn = now;
    return isOther;
  }

  /** The read mark as the server last said it, and how many came since. */
  stateOf(channel: string): { readonly read: number; readonly unread: number } {
    return this.#entries.get(channel) ?? { read: 0, unread: 0 };
  }

  add(channel: string, now: number): void {
    this.#entry(channel, now);
  }

  load({ channel, unread, mentions, read, newest }: ChannelSummary): void {
    const entry = this.#entry(channel, 0);
    entry.unread = unread;
    entry.mentions = mentions ?? 0;
    entry.read = Math.max(entry.read, read);
    if (newest && newest.seq >= (entry.newest?.seq ?? 0)) entry.newest = shown(newest);
  }

  read(channel: string): void {
    const entry = this.#entries.get(channel);
    if (entry) entry.unread = entry.mentions = 0;
  }

  event(event: ChannelEvent, isRead: boolean): void {
    if (event.type !== "message") return;
    const entry = this.#entry(event.channel, event.ts);
    entry.newest = shown(event);
    entry.at = event.ts;
    if (isRead || event.from === this.#me) return;
    entry.unread++;
    if (event.mentions?.includes(this.#me)) entry.mentions++;
  }

  #entry(channel: string, at: number): Entry {
    const entry = this.#entries.get(channel) ?? { unread: 0, mentions: 0, read: 0, newest: undefined, at };
    this.#entries.set(channel, entry);
    return entry;
  }
}
