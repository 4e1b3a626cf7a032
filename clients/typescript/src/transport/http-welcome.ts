import type { ChannelPage } from "../rest.js";
import type { Membership, ServerFrame, Welcome } from "../server-frames.js";
import { tooMany, type AskedChannels } from "./asked-channels.js";

/**
 * Composes the `welcome` of an {@link HttpLink}. It names the user's memberships, although the
 * link's requests name their channels themselves.
 */
export class HttpWelcome {
  readonly #user: string;
  readonly #received: (frame: ServerFrame) => void;
  #memberships: readonly Membership[] = [];
  #leftOut = false;
  /** Whether the listener got a `welcome`: the transport works. */
  given = false;
  /** Seconds, as in the last `welcome` of the server, or its default. */
  heartbeat = 30;

  constructor(user: string, received: (frame: ServerFrame) => void) {
    this.#user = user;
    this.#received = received;
  }

  /** Adds the user's memberships to the channels of the requests, as far as there is room. */
  join({ channels, next }: ChannelPage, asked: AskedChannels): void {
    const joined = channels.filter(({ channel }) => asked.add(channel));
    this.#leftOut = joined.length < channels.length || next !== undefined;
    this.#memberships = joined.filter((summary): summary is typeof summary & Membership => summary.epoch !== undefined);
  }

  /** Passes on a `welcome` of the server. Without one it gives a first `welcome`, and no second. */
  give(sent?: Welcome): void {
    const again = this.given;
    if (again && !sent) return;
    this.given = true;
    this.heartbeat = sent?.heartbeat || this.heartbeat;
    this.#received({
      type: "welcome",
      session: "",
      user: this.#user,
      node: "",
      heartbeat: this.heartbeat,
      limits: { maxMessageBytes: 65_536, publishPerSecond: 100, subscriptions: 100 },
      ...sent,
      channels: this.#memberships,
    });
    if (!again && this.#leftOut) this.#received(tooMany("memberships"));
  }
}
