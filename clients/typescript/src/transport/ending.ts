import { HttpError } from "../errors.js";
import { abnormal, type Ending } from "./link.js";
import { NotHere } from "./not-here.js";

/** Statuses of those who do not know the path, or not for this purpose. */
const NOT_HERE: readonly number[] = [404, 405, 406, 501];

/**
 * What a failed request says of the transport. `rest` is a call beside it, which counts only where there is no REST.
 * `first` is the transport's first request after such a call went well, `again` a later one.
 */
export function endingOf(error: unknown, request: "rest" | "first" | "again"): Ending {
  const reason = error instanceof Error ? error.message : String(error);
  if (error instanceof NotHere) return abnormal(reason, 2);
  if (!(error instanceof HttpError)) return abnormal(reason, request === "first" ? 1 : 0.5);
  const { status, spoken, retryAfterMs } = error;
  if (status === 401) return { code: 4401, reason };
  if (status === 403 && spoken) return { code: 4403, reason };
  if (status === 429 || status === 503) return { code: 4003, reason, retryAfterMs, blocked: 0 };
  // The HTTP transports need REST: where it is not, they cannot work either.
  const blocked = NOT_HERE.includes(status) ? 2 : request === "rest" ? 0 : status === 403 ? 2 : 1;
  return { ...abnormal(reason, blocked), retryAfterMs };
}
