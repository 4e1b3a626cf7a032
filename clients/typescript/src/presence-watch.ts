import type { Replies } from "./replies.js";
import type { PresenceState } from "./server-frames.js";
import type { UserPresence } from "./values.js";

/** As many users as one `presence` frame may name. */
const USERS_PER_FRAME = 100;

/** The users whose presence the application wants to hear of, watched again after each reconnect. */
export class PresenceWatch {
  readonly #replies: Replies;
  readonly #heard: (users: readonly UserPresence[]) => void;
  readonly #users = new Set<string>();
  #online = false;

  constructor(replies: Replies, heard: (users: readonly UserPresence[]) => void) {
    this.#replies = replies;
    this.#heard = heard;
  }

  watch(users: readonly string[]): void {
    const added = users.filter((user) => !this.#users.has(user));
    for (const user of added) this.#users.add(user);
    if (this.#online) this.#ask(added);
  }

  online(): void {
    this.#online = true;
    this.#ask([...this.#users]);
  }

  offline(): void {
    this.#online = false;
  }

  /** A refusal changes nothing that was known: presence is not promised, and the next reconnect asks again. */
  #ask(users: readonly string[]): void {
    for (let start = 0; start < users.length; start += USERS_PER_FRAME) {
      this.#replies
        .request({ type: "presence", users: users.slice(start, start + USERS_PER_FRAME), watch: true })
        .then((reply) => this.#heard((reply as PresenceState).users))
        .catch(() => undefined);
    }
  }
}
