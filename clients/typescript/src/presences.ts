import type { ClientContext } from "./client-context.js";
import type { OccupancyChange, PresenceDiff, PresenceSync, Welcome } from "./server-frames.js";
// Imports are in the order in which the whole client compresses best.
import { DunlinError } from "./errors.js";
import { LinkTimers } from "./link-timers.js";
import { RealtimePresence, type PresencePorts } from "./realtime-presence.js";

/** The presence of each channel that the application asked for. */
export class Presences {
  readonly #ports: PresencePorts;
  /** The channels with a granted subscription on the link that is up. */
  readonly #granted = new Set<string>();
  readonly #presences = new Map<string, RealtimePresence>();
  /** Whether the link can send these frames; undefined without a link. */
  #canSend: boolean | undefined;

  /** `isWanted`: somebody listens to the channel. */
  constructor({ clock, replies }: ClientContext, isWanted: (channel: string) => boolean, requestOccupancy: (channel: string) => void) {
    const refusal = (channel: string) =>
      this.#canSend === false
        ? DunlinError.needsWebSocket()
        : isWanted(channel)
          ? undefined
          : new DunlinError("forbidden", `subscribe to ${channel} first`);
    const isGranted = (channel: string) => this.#granted.has(channel);
    this.#ports = { replies, timers: new LinkTimers(clock), isGranted, refusal, requestOccupancy };
  }

  of(channel: string): RealtimePresence {
    const presence = this.#presences.get(channel) ?? new RealtimePresence(channel, this.#ports);
    this.#presences.set(channel, presence);
    return presence;
  }

  wantsOccupancy(channel: string): boolean {
    return this.#presences.get(channel)?.wantsOccupancy ?? false;
  }

  online({ channels = [] }: Welcome, canSend: boolean): void {
    this.offline();
    this.#canSend = canSend;
    if (canSend) for (const { channel } of channels) this.granted(channel);
    else this.cancel(DunlinError.needsWebSocket());
  }

  offline(): void {
    this.#canSend = undefined;
    this.#granted.clear();
    this.#ports.timers.clear();
  }

  granted(channel: string): void {
    if (!this.#canSend || this.#granted.has(channel)) return;
    this.#granted.add(channel);
    this.#presences.get(channel)?.granted();
  }

  received(frame: PresenceSync | PresenceDiff | OccupancyChange): void {
    this.#presences.get(frame.channel)?.received(frame);
  }

  /** Nobody listens any more, or the server ended the subscription. A member's session `stays` subscribed. */
  ended(channel: string, error: DunlinError, stays = false): void {
    if (!stays) this.#granted.delete(channel);
    this.#presences.get(channel)?.ended(error);
  }

  cancel(error: DunlinError): void {
    for (const presence of this.#presences.values()) presence.cancel(error);
  }
}
