import type { Rest } from "./rest.js";
import type { Message } from "./server-frames.js";

/** Pages of a channel's messages from the newest back, each page oldest first; ends at the beginning. */
export async function* history(
  rest: Rest,
  channel: string,
  page: { readonly before?: number; readonly limit?: number } = {},
): AsyncGenerator<readonly Message[], void> {
  const limit = page.limit ?? 50;
  // A seq past any asks for the newest page.
  let before = page.before ?? Number.MAX_SAFE_INTEGER;
  for (;;) {
    const { messages, prev } = await rest.messages(channel, { before, limit });
    const oldest = messages[0];
    if (!oldest) return;
    yield messages;
    if (oldest.seq <= 1 || (prev === undefined && messages.length < limit)) return;
    before = oldest.seq;
  }
}
