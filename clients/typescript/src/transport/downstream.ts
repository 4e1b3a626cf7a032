import type { ServerFrame } from "../server-frames.js";
import type { Device } from "../values.js";

/** One request of an {@link HttpLink} for what comes next. */
export interface Fetching {
  readonly channels: readonly string[];
  readonly device: Device;
  /** The server's own; absent at the start. */
  readonly cursor: string | undefined;
  /** The link's first request: it is to say soon that the transport works, even if there is nothing new. */
  readonly first: boolean;
  open(target: string, headers: Record<string, string>): Promise<Response>;
  /** Something came, were it only a heartbeat. The first time it says that the transport works. */
  alive(): void;
  received(frame: ServerFrame): void;
  /** The cursor that stands behind what was received so far. */
  at(cursor: string): void;
}

/** How frames come down over HTTP. */
export interface Downstream {
  /** Whether one answer lasts. The others end soon. */
  readonly streams: boolean;
  /**
   * Milliseconds of silence after which a request that was alive counts as dead. `heartbeatS` is the time between two
   * heartbeats of the server, in seconds.
   */
  silenceMs(heartbeatS: number): number;
  /** Ends when the server ends the answer; rejects when it refuses or the network fails. */
  fetch(fetching: Fetching): Promise<void>;
}
