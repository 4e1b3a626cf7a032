import type { DunlinClient } from "./client.js";
import type { ChannelListener } from "./feed.js";
import type { HistoryRange } from "./history.js";
import type { RealtimePresence } from "./realtime-presence.js";
import type { Member } from "./rest.js";
import type { MessageOptions } from "./send-queue.js";
import type { Ack, Message } from "./server-frames.js";
import type { After, Json, Outgoing } from "./values.js";

/**
 * One channel of a {@link DunlinClient}: its methods without the channel's name. `Data` is the type
 * of the payloads; the client does not check what others publish.
 */
export class Channel<Data = Json> {
  readonly name: string;
  readonly #client: DunlinClient;

  /** @internal */
  constructor(client: DunlinClient, name: string) {
    this.#client = client;
    this.name = name;
  }

  /** See {@link DunlinClient.subscribe}. */
  subscribe(listener: ChannelListener<Data>, after?: After): () => void {
    return this.#client.subscribe(this.name, listener, after);
  }

  /** See {@link DunlinClient.publish}. */
  publish<Given>(data: Outgoing<Data, Given>, options?: MessageOptions): Promise<Ack> {
    return this.#client.publish<Json>({ ...options, channel: this.name, data: data as Json });
  }

  edit<Given>(seq: number, data: Outgoing<Data, Given>, mentions?: readonly string[]): Promise<Ack> {
    return this.#client.edit<Json>(this.name, seq, data as Json, mentions);
  }

  delete(seq: number): Promise<Ack> {
    return this.#client.delete(this.name, seq);
  }

  react(seq: number, emoji: string, remove?: boolean): Promise<Ack> {
    return this.#client.react(this.name, seq, emoji, remove);
  }

  signal<Given>(data: Outgoing<Data, Given>): void {
    this.#client.signal<Json>(this.name, data as Json);
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

  /** Messages one by one, newest first; with `after` forward from there. */
  history(range?: HistoryRange): AsyncGenerator<Message<Data>, void> {
    return this.#client.history(this.name, range);
  }

  /** The same by pages, each oldest first. */
  historyPages(range?: HistoryRange): AsyncGenerator<readonly Message<Data>[], void> {
    return this.#client.historyPages(this.name, range);
  }

  members(): Promise<readonly Member[]> {
    return this.#client.rest.members(this.name);
  }

  /** Who is in the channel, live. {@link Rest.channelPresence} asks once. */
  get presence(): RealtimePresence {
    return this.#client.presenceOf(this.name);
  }
}
