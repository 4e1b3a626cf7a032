import type { ClientFrame } from "./client-frames.js";
import type { ServerFrame } from "./server-frames.js";
import type { TransportName } from "./transport/link.js";

/** The phase of the connection. `waiting` and `stopped` give the reason. */
export type ConnectionState =
  | { readonly status: "idle" }
  | { readonly status: "connecting"; readonly attempt: number; readonly transport: TransportName }
  | {
      readonly status: "online";
      readonly transport: TransportName;
      /** Empty if the server does not send it. */
      readonly session: string;
      /** Empty if the server does not send it. */
      readonly node: string;
    }
  | {
      readonly status: "waiting";
      readonly attempt: number;
      /** The transport of the next attempt. */
      readonly transport: TransportName;
      /** Milliseconds since 1970. */
      readonly retryAt: number;
      readonly reason: string;
    }
  | { readonly status: "stopped"; readonly code: number; readonly reason: string };

/** A transport switch: a fallback, or the return to a better transport. */
export interface TransportChange {
  readonly from: TransportName;
  readonly to: TransportName;
  readonly reason: string;
}

/** A frame as it crossed the link. A REST call appears as the frame that it stands for. */
export interface ObservedFrame {
  readonly direction: "up" | "down";
  readonly transport: TransportName;
  readonly frame: ClientFrame | ServerFrame;
}
