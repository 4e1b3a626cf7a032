import type { ErrorFrame } from "./server-frames.js";
import type { ErrorCode } from "./values.js";

/** The reason where the server was silent for too long. */
export const NO_ANSWER = "the server does not answer";
/** The reason where a link broke. */
export const LINK_LOST = "the link was lost";

/** What the server refused, or what could not be done at all (`unavailable`). */
export class DunlinError extends Error {
  override readonly name: string = "DunlinError";
  readonly code: ErrorCode;
  /** Whether the same request may succeed later, by itself. */
  readonly retryable: boolean;
  /** Milliseconds to wait before that, when the server said so. */
  readonly retryAfterMs: number | undefined;

  constructor(code: ErrorCode, message: string, retryable = false, retryAfterMs?: number) {
    super(message);
    this.code = code;
    this.retryable = retryable;
    this.retryAfterMs = retryAfterMs;
  }

  /** @internal */
  static of(frame: ErrorFrame): DunlinError {
    return new DunlinError(frame.code, frame.message, frame.retryable, frame.retryAfterMs);
  }

  /** @internal */
  static linkLost(): DunlinError {
    return new DunlinError("unavailable", LINK_LOST, true);
  }

  /** @internal */
  static needsWebSocket(): DunlinError {
    return new DunlinError("unavailable", "this needs a WebSocket", true);
  }

  /** @internal */
  static from(error: unknown): DunlinError {
    return error instanceof DunlinError ? error : new DunlinError("internal", String(error));
  }
}

/** A refusal by an HTTP status. */
export class HttpError extends DunlinError {
  readonly status: number;
  /** Whether Dunlin said it, in a problem document, and not something on the way. */
  readonly spoken: boolean;

  constructor(status: number, spoken: boolean, code: ErrorCode, message: string, retryAfterMs: number | undefined) {
    super(code, message, status === 429 || status >= 500, retryAfterMs);
    this.status = status;
    this.spoken = spoken;
  }
}
