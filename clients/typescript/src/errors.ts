import type { ErrorFrame } from "./server-frames.js";
import type { ErrorCode } from "./values.js";

/** What the server refused, or what could not be done at all (`unavailable`). */
export class DunlinError extends Error {
  override readonly name = "DunlinError";
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

  static of(frame: ErrorFrame): DunlinError {
    return new DunlinError(frame.code, frame.message, frame.retryable, frame.retryAfterMs);
  }

  static linkLost(): DunlinError {
    return new DunlinError("unavailable", "The link was lost before the answer came.", true);
  }
}
