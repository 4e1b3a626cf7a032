import type { ClientEvents } from "./client-events.js";
import type { Clock } from "./clock.js";
import type { Emitter } from "./emitter.js";
import type { Http } from "./http.js";
import type { Replies } from "./replies.js";
import type { Rest } from "./rest.js";
import type { TokenSource } from "./tokens.js";
import type { Device } from "./values.js";

/** What the parts of one client share. */
export interface ClientContext {
  readonly origin: string;
  readonly device: Device;
  readonly clock: Clock;
  readonly random: () => number;
  readonly emitter: Emitter<ClientEvents>;
  readonly tokens: TokenSource;
  readonly http: Http;
  readonly rest: Rest;
  readonly replies: Replies;
}
