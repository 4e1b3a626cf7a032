import type { ServerFrame } from "./server-frames.js";
import type { Ref } from "./values.js";

/** The frame as the reply to a request with this ref, if that had one. */
export function asReply(ref: Ref | undefined, frame: ServerFrame): ServerFrame {
  return ref === undefined ? frame : ({ ...frame, ref } as ServerFrame);
}

/** Reads one message of a transport: a frame, or an array of frames. Throws SyntaxError on what is not JSON. */
export function decode(text: string): ServerFrame[] {
  const value: unknown = JSON.parse(text);
  return framesOf(Array.isArray(value) ? value : [value]);
}

/** What of these is a frame. */
export function framesOf(values: readonly unknown[]): ServerFrame[] {
  return values.filter(
    (frame): frame is ServerFrame =>
      typeof (frame as { type?: unknown } | null)?.type === "string",
  );
}
