import { DunlinError } from "../errors.js";
import type { Rest } from "../rest.js";
import type { Subscribed } from "../server-frames.js";
import type { AskedChannels } from "./asked-channels.js";

/**
 * Asks by REST for epoch and head of the channels that got no `subscribed`, one after the other.
 * Returns whether the server refused one. A request that fails leaves its channel as it is.
 */
export async function lookUpChannels(rest: Rest, channels: AskedChannels, isOver: () => boolean): Promise<boolean> {
  let refused = false;
  for (const channel of channels.unanswered) {
    if (isOver()) break;
    try {
      const { epoch, head } = await rest.events(channel, { after: 0, limit: 1 });
      channels.answered({ type: "subscribed", channel, epoch, head: head ?? 0 } as Subscribed, false);
    } catch (error) {
      const { code, message } = DunlinError.from(error);
      if (code === "forbidden" || code === "not_found") {
        channels.refused(channel, { code, message });
        refused = true;
      } else if (code === "bad_request") {
        // Ephemeral: it stores nothing, so it has no position.
        channels.answered({ type: "subscribed", channel }, false);
      }
    }
  }
  return refused;
}
