import type { DunlinClient } from "./client.js";
import type { ChannelListener } from "./feed.js";
import type { HistoryRange } from "./history.js";
import type { ChannelPresence, Member } from "./rest.js";
import type { MessageOptions } from "./send-queue.js";
import type { Ack, Message } from "./server-frames.js";
import type { After, Json } from "./values.js";

/** One channel of a {@link DunlinClient}: what the client can do, without naming the channel each time. */
export class Channel {
  readonly name: string;
  readonly #client: DunlinClient;

  /** @internal */
  constructor(client: DunlinClient, name: string) {
    this.#client = client;
    this.name = name;
  }

  /** See {@link DunlinClient.subscribe}. */
  subscribe(listener: ChannelListener, after?: After): () => void {
    return this.#client.subscribe(this.name, listener, after);
  }

  /** See {@link DunlinClient.publish}. */
  publish(data: Json, options: MessageOptions = {}): Promise<Ack> {
    return this.#client.publish({ ...options, channel: this.name, data });
  }

  edit(seq: number, data: Json, mentions?: readonly string[]): Promise<Ack> {
    return this.#client.edit(this.name, seq, data, mentions);
  }

  delete(seq: number): Promise<Ack> {
    return this.#client.delete(this.name, seq);
  }

  react(seq: number, emoji: string, remove = false): Promise<Ack> {
    return this.#client.react(this.name, seq, emoji, remove);
  }

  signal(data: Json): void {
    this.#client.signal(this.name, data);
  }

  typing(): void {
    this.#client.typing(this.name);
  }

  read(seq: number): void {
    this.#client.read(this.name, seq);
  }

  received(seq: number): void {
    this.#client.received(this.name, seq);
  }

  /** Messages one by one, the newest first; with `after` forward from there. */
  history(range?: HistoryRange): AsyncGenerator<Message, void> {
    return this.#client.history(this.name, range);
  }

  /** The same by pages, each oldest first. */
  historyPages(range?: HistoryRange): AsyncGenerator<readonly Message[], void> {
    return this.#client.historyPages(this.name, range);
  }

  members(): Promise<readonly Member[]> {
    return this.#client.rest.members(this.name);
  }

  /** Who of the members is there now. */
  presence(): Promise<ChannelPresence> {
    return this.#client.rest.channelPresence(this.name);
  }
}
