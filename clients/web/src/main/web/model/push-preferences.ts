import type { Api } from "./api.js";
import { Model } from "./model.js";

export type Notify = "all" | "mentions" | "none";
export type Preview = "full" | "sender" | "id";
/** Milliseconds since 1970, or for ever. */
export type Muted = number | true;

export interface QuietHours {
  /** `HH:mm`. */
  readonly from: string;
  readonly to: string;
  /** A region of the time zone database. */
  readonly zone: string;
  readonly then?: "digest" | "drop";
}

/** What differs in one channel; a field that is absent is as everywhere. */
export interface ChannelPreferences {
  readonly push?: Notify;
  readonly muted?: Muted;
  readonly preview?: Preview;
  readonly sound?: string;
}

/** `GET /v1/push/preferences`, `docs/protocol.md` section 9. */
export interface Preferences extends ChannelPreferences {
  readonly quietHours?: QuietHours;
  readonly badge?: boolean;
  readonly channels?: Readonly<Record<string, ChannelPreferences>>;
}

const PATH = "/v1/push/preferences";

/** What the user wants to be notified of, on all devices. */
export class PushPreferences extends Model {
  readonly #api: Api;
  #now: Preferences | undefined;

  constructor(api: Api) {
    super();
    this.#api = api;
  }

  /** Undefined until it is loaded. */
  get now(): Preferences | undefined {
    return this.#now;
  }

  /** Rejects with what the server says. */
  async load(): Promise<void> {
    this.#set(await this.#api.call<Preferences>("GET", PATH));
  }

  /** Replaces what is wanted everywhere, and keeps the channels. Rejects with what the server says. */
  async save(wanted: Omit<Preferences, "channels">): Promise<void> {
    const channels = this.#now?.channels;
    this.#set(await this.#api.call<Preferences>("PUT", PATH, { ...wanted, ...(channels && { channels }) }));
  }

  /** Replaces what is wanted in one channel; without a field it is as everywhere. Rejects with what the server says. */
  async saveChannel(channel: string, wanted: ChannelPreferences): Promise<void> {
    const path = `${PATH}/channels/${encodeURIComponent(channel)}`;
    const differs = Object.keys(wanted).length > 0;
    this.#set(await (differs ? this.#api.call<Preferences>("PUT", path, wanted) : this.#api.call<Preferences>("DELETE", path)));
  }

  #set(now: Preferences): void {
    this.#now = now;
    this.changed();
  }
}

/** Whether a mute has not ended. */
export function isMuted(muted: Muted | undefined, now: number): boolean {
  return muted === true || (muted !== undefined && muted > now);
}
