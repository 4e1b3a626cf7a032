import { encode } from "../push/base64url.js";
import type { Api } from "./api.js";
import { Model } from "./model.js";

/** A request of push-service as the gateway's endpoints received it. */
export interface SentPush {
  readonly key: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly kind: "webpush" | "webhook";
  /** The start of the endpoint's id. */
  readonly to: string;
  /** Of the answer. */
  readonly status: number;
  readonly bytes: number;
  readonly urgency?: string;
  readonly topic?: string;
  /** Seconds. */
  readonly ttl?: number;
  readonly signed?: boolean;
  /** The body of a webhook; that of a Web Push is encrypted. */
  readonly json?: unknown;
}

interface Device {
  readonly id: string;
  readonly kind: string;
  readonly url?: string;
}

const MOST = 200;
const HOOKS = "/dev/hook/";

/** What push-service sends to the gateway's endpoints, of all users, and this user's webhook there. */
export class PushLog extends Model {
  readonly #api: Api;
  #sent: readonly SentPush[] = [];
  #keys = 0;
  #source: EventSource | undefined;
  #webhook: string | undefined;
  #problem: string | undefined;

  constructor(api: Api) {
    super();
    this.#api = api;
  }

  /** Oldest first. */
  get sent(): readonly SentPush[] {
    return this.#sent;
  }

  /** The id of the user's webhook, if there is one. */
  get webhook(): string | undefined {
    return this.#webhook;
  }

  get problem(): string | undefined {
    return this.#problem;
  }

  /** Follows what is sent while somebody looks. */
  look(looking: boolean): void {
    this.#source?.close();
    this.#source = undefined;
    if (!looking) return;
    const source = new EventSource("/dev/push/log");
    // Each connection begins with all that the gateway has.
    source.addEventListener("open", () => (this.#sent = []));
    source.addEventListener("sent", ({ data }: MessageEvent<string>) => this.#add(JSON.parse(data) as SentPush));
    this.#source = source;
    void this.#work(() => this.#find());
  }

  /** Registers a receiver of the gateway as a webhook of the user. */
  register(): Promise<void> {
    return this.#work(async () => {
      const path = HOOKS + random();
      const secret = random();
      const { ok, status } = await fetch(path, { method: "PUT", body: JSON.stringify({ secret }) });
      if (!ok) throw new Error(`There is no receiver of webhooks: the server answered ${status}.`);
      const { id } = await this.#api.call<Device>("POST", "/v1/devices", { kind: "webhook", url: location.origin + path, secret });
      this.#webhook = id;
    });
  }

  /** Removes the user's webhook. */
  remove(): Promise<void> {
    return this.#work(async () => {
      await this.#api.call("DELETE", `/v1/devices/${this.#webhook}`);
      await this.#find();
    });
  }

  async #find(): Promise<void> {
    const { devices } = await this.#api.call<{ devices: readonly Device[] }>("GET", "/v1/devices");
    this.#webhook = devices.find(({ url }) => url?.startsWith(location.origin + HOOKS))?.id;
  }

  async #work(work: () => Promise<void>): Promise<void> {
    this.#problem = undefined;
    try {
      await work();
    } catch (error) {
      this.#problem = error instanceof Error ? error.message : String(error);
    }
    this.changed();
  }

  #add(sent: Omit<SentPush, "key">): void {
    this.#sent = [...this.#sent, { ...sent, key: ++this.#keys }].slice(-MOST);
    this.changed();
  }
}

function random(): string {
  return encode(crypto.getRandomValues(new Uint8Array(24)));
}
