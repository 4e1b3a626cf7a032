import { type ChannelUser, type DunlinClient, DunlinError, type Occupancy, type RealtimePresence } from "@dunlin/client";
import { Model } from "./model.js";

/** As many of those who are there have their status watched; a session may watch 1,000 in all. */
const MOST_WATCHED = 100;

/** Who is in a room now. Followed while the room is the open conversation. */
export class People extends Model {
  readonly #client: DunlinClient;
  readonly #presence: RealtimePresence;
  readonly #watched = new Set<string>();
  #open = false;
  #problem: string | undefined;

  /** To be made before the channel is subscribed, so that the first `subscribe` requests the occupancy. */
  constructor(client: DunlinClient, channel: string) {
    super();
    this.#client = client;
    this.#presence = client.channel(channel).presence;
    for (const event of ["enter", "update", "leave", "sync", "occupancy"] as const) {
      this.#presence.on(event, () => this.#heard());
    }
    this.#presence.on("failed", (error) => this.#failed(error));
  }

  /** In the order of their names. */
  get here(): readonly ChannelUser[] {
    return [...this.#presence.members.values()].sort((one, other) => (one.user < other.user ? -1 : 1));
  }

  get occupancy(): Occupancy | undefined {
    return this.#presence.occupancy;
  }

  /** There are too many to name. */
  get partial(): boolean {
    return this.#presence.partial;
  }

  /** Why nobody is named. */
  get problem(): string | undefined {
    return this.#problem;
  }

  open(): void {
    this.#open = true;
    this.#follow();
  }

  close(): void {
    this.#open = false;
    this.#presence.unfollow().catch(() => undefined);
  }

  /** A link is up: one before may not have been able to name anybody. */
  subscribed(): void {
    if (this.#open && this.#problem !== undefined) this.#follow();
  }

  #follow(): void {
    this.#problem = undefined;
    this.#presence.follow().catch((error: unknown) => this.#open && this.#failed(error));
  }

  #failed(error: unknown): void {
    this.#problem = error instanceof DunlinError && error.code === "unavailable" ? "Names need a WebSocket connection." : "Names are not shown here.";
    this.changed();
  }

  #heard(): void {
    const added = [...this.#presence.members.keys()].filter((user) => !this.#watched.has(user)).slice(0, MOST_WATCHED - this.#watched.size);
    for (const user of added) this.#watched.add(user);
    if (added.length > 0) this.#client.watchPresence(added);
    this.changed();
  }
}
