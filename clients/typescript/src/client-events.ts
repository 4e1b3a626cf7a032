import type { ConnectionState, ObservedFrame, TransportChange } from "./connection-state.js";
import type { DunlinError } from "./errors.js";
import type { ChannelEvent, Welcome } from "./server-frames.js";
import type { UserPresence } from "./values.js";

/** The events of a {@link DunlinClient} and their values, for its method `on`. */
export interface ClientEvents {
  /** Every change of the connection's state. */
  state: ConnectionState;
  /** A transport switch: a fallback, or the return to a better transport. */
  transport: TransportChange;
  /** Every frame as it crosses the link, for an inspector. */
  frame: ObservedFrame;
  /** After each connect: the user, and where the channels stand. */
  welcome: Welcome;
  /** The events of every channel, each seq once and in order per channel. */
  event: ChannelEvent;
  /** A channel's events before `head` are not available, see {@link ChannelListener.reset}. */
  reset: { readonly channel: string; readonly head: number };
  presence: readonly UserPresence[];
  /** An error that belongs to no request. */
  error: DunlinError;
}
