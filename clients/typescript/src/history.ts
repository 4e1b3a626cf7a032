import type { Rest } from "./rest.js";
import type { Message } from "./server-frames.js";

/** Pages of a channel's messages from the newest back, each page oldest first; ends at the beginning. */
export async function* history(
  rest: Rest,
  channel: string,
  page: { readonly before?: number; readonly limit?: number } = {},
): AsyncGenerator<readonly Message[], void> {
  const limit = page.limit ?? 50;
  let before = page.before;
  for (;;) {
    const { messages, prev } = await rest.messages(channel, { limit, ...(before !== undefined && { before }) });
    const oldest = messages[0];
    if (!oldest) return;
    yield messages;
    if (prev === undefined) return;
    before = oldest.seq;
  }
}
