import { type DunlinClient, DunlinError, type OwnPresence, type StatusChoice, type VisibleTo } from "@dunlin/client";
import { Model } from "./model.js";
import { type Mark, markOf } from "./status.js";

/** What the person at this page says of itself, and who sees it. */
export class OwnStatus extends Model {
  readonly #client: DunlinClient;
  #own: OwnPresence | undefined;

  constructor(client: DunlinClient) {
    super();
    this.#client = client;
  }

  get choice(): StatusChoice {
    const { choice = {} } = this.#own ?? {};
    return choice.until !== undefined && choice.until <= Date.now() ? {} : choice;
  }

  get visibleTo(): VisibleTo | undefined {
    return this.#own?.visibleTo;
  }

  /** As others see it while this page is connected. */
  get mark(): Mark {
    const { status } = this.choice;
    if (status === "invisible") return "offline";
    if (status === "away" || status === "dnd") return status;
    const mark = markOf(this.#own);
    // What was asked before this page was connected does not count as offline.
    return mark === undefined || mark === "offline" ? "online" : mark;
  }

  /** Without an answer the page shows the status of its connection, and that is all. */
  async load(): Promise<void> {
    try {
      this.#own = await this.#client.rest.ownPresence();
      this.changed();
    } catch (error) {
      if (!(error instanceof DunlinError)) throw error;
    }
  }

  /** Rejects with what the server says. */
  async save(choice: StatusChoice, visibleTo: VisibleTo | undefined): Promise<void> {
    this.#own = await this.#client.rest.setStatus(choice);
    if (visibleTo !== undefined && visibleTo !== this.visibleTo) this.#own = await this.#client.rest.setVisibility(visibleTo);
    this.changed();
  }
}
