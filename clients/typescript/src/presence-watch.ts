import type { ClientContext } from "./client-context.js";
import type { ClientEvents } from "./client-events.js";
import type { AskPresence } from "./client-frames.js";
import type { Emitter } from "./emitter.js";
import type { Replies } from "./replies.js";
import type { PresenceState } from "./server-frames.js";

/** As many users as one `presence` frame may name. */
const USERS_PER_FRAME = 100;

/** The users whose presence the application wants to hear of, watched again after each reconnect. */
export class PresenceWatch {
  readonly #replies: Replies;
  readonly #emitter: Emitter<ClientEvents>;
  readonly #users = new Set<string>();
  #contacts = false;

  constructor({ replies, emitter }: ClientContext) {
    this.#replies = replies;
    this.#emitter = emitter;
  }

  watch(users: readonly string[]): void {
    const added = users.filter((user) => !this.#users.has(user));
    for (const user of added) this.#users.add(user);
    this.#ask(added);
  }

  watchContacts(): void {
    this.#contacts = true;
    this.#request({ contacts: true });
  }

  online(): void {
    this.#ask([...this.#users]);
    if (this.#contacts) this.#request({ contacts: true });
  }

  #ask(users: readonly string[]): void {
    for (let start = 0; start < users.length; start += USERS_PER_FRAME) {
      this.#request({ users: users.slice(start, start + USERS_PER_FRAME) });
    }
  }

  /** A refusal changes nothing that was known: presence is not promised, and the next reconnect asks again. */
  #request(whom: Pick<AskPresence, "users" | "contacts">): void {
    this.#replies
      .request<PresenceState>({ type: "presence", ...whom, watch: true })
      .then(({ users }) => this.#emitter.emit("presence", users))
      .catch(() => undefined);
  }
}
