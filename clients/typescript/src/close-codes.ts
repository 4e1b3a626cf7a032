/**
 * What a close code tells the client to do (protocol section 6). The range is the instruction, so codes that
 * nobody has seen yet are obeyed too.
 *
 * - `done`: the server ended the session in order.
 * - `resume`: reconnect and go on from the positions held.
 * - `restart`: reconnect, but forget the positions.
 * - `renew`: reconnect only with another token (4401).
 * - `stop`: do not reconnect without acting first.
 */
export type CloseAction = "done" | "resume" | "restart" | "renew" | "stop";

/** Protocol errors of RFC 6455 that a reconnect would only repeat. */
const PROTOCOL_ERRORS: readonly number[] = [1002, 1003, 1007, 1008, 1009];

/** Returns what a close code tells the client to do. It knows every code by its range. */
export function closeAction(code: number): CloseAction {
  if (code === 1000) return "done";
  if (code === 4401) return "renew";
  if (code >= 4400) return "stop";
  if (code >= 4200) return "restart";
  return PROTOCOL_ERRORS.includes(code) ? "stop" : "resume";
}
