import { DunlinError } from "@dunlin/client";
import { html, nothing, type TemplateResult } from "lit";
import { titleOf } from "../model/channel-name.js";
import type { Conversation } from "../model/conversation.js";
import { type ShownMessage, shown } from "../model/shown-message.js";
import { avatar } from "./avatar.js";
import { icons } from "./icons.js";
import { PlainElement } from "./plain-element.js";
import { shortTimeOf } from "./times.js";

/** A pause in typing of this length asks the server. */
const PAUSE_MS = 250;

interface Results {
  readonly words: string;
  readonly messages: readonly ShownMessage[];
  /** Where older ones begin; undefined at the end. */
  readonly before: number | undefined;
}

/** Searches one conversation as one types, and goes to what is found. */
export class SearchPanel extends PlainElement {
  static override readonly properties = {
    conversation: { attribute: false },
    results: { state: true },
    problem: { state: true },
  };
  declare conversation: Conversation;
  declare results: Results | undefined;
  declare problem: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = "";

  protected override firstUpdated(): void {
    this.querySelector("input")?.focus();
  }

  protected override render(): TemplateResult {
    const title = titleOf(this.conversation.channel, this.conversation.me);
    return html`<header class="panel-header">
        <h2>Search in ${title}</h2>
        <button class="icon-button" aria-label="Close" @click=${() => this.#close()}>${icons.close}</button>
      </header>
      <label class="find">
        ${icons.search}<span class="hidden">Words to search for</span>
        <input
          type="search"
          placeholder="Words, “a phrase”, -not"
          autocomplete="off"
          @input=${(event: Event) => this.#typed((event.target as HTMLInputElement).value)}
          @keydown=${(event: KeyboardEvent) => event.key === "Escape" && this.#close()}
        />
      </label>
      <p class="search-state" aria-live="polite">${this.#state()}</p>
      <ul class="found">
        ${this.results?.messages.map((message) => html`<li>${this.#found(message)}</li>`)}
      </ul>
      ${this.results?.before === undefined
        ? nothing
        : html`<button class="text-button older" @click=${() => void this.#ask(this.#asked, this.results)}>Older results</button>`}`;
  }

  #state(): string {
    if (this.problem) return this.problem;
    if (!this.results) return "";
    const count = this.results.messages.length;
    const more = this.results.before === undefined ? "" : " or more";
    return count === 0 ? "Nothing found" : `${count}${more} ${count === 1 && !more ? "message" : "messages"}`;
  }

  #found(message: ShownMessage): TemplateResult {
    return html`<button class="found-one" @click=${() => this.#go(message.seq)}>
      ${avatar(message.from)}
      <span class="found-text">
        <span class="found-head"><strong>${message.from}</strong><time>${shortTimeOf(message.ts, Date.now())}</time></span>
        <span>${message.text}</span>
      </span>
    </button>`;
  }

  #typed(value: string): void {
    clearTimeout(this.#timer);
    const words = value.trim();
    this.#asked = words;
    if (words === "") {
      this.results = this.problem = undefined;
      return;
    }
    this.#timer = setTimeout(() => void this.#ask(words, undefined), PAUSE_MS);
  }

  /** What was asked for meanwhile counts, and not what is answered last. */
  async #ask(words: string, before: Results | undefined): Promise<void> {
    try {
      const page = await this.conversation.search(words, before?.before);
      if (this.#asked !== words) return;
      this.problem = undefined;
      const prev = Number(page.prev);
      this.results = {
        words,
        messages: [...(before?.messages ?? []), ...page.messages.map(shown)],
        before: page.prev === undefined || Number.isNaN(prev) ? undefined : prev,
      };
    } catch (error) {
      if (this.#asked !== words) return;
      this.results = undefined;
      this.problem = error instanceof DunlinError ? error.message : String(error);
    }
  }

  #go(seq: number): void {
    void this.conversation.show(seq);
    if (matchMedia("(max-width: 719px)").matches) this.#close();
  }

  #close(): void {
    this.dispatchEvent(new CustomEvent("close", { bubbles: true }));
  }
}

customElements.define("dunlin-search", SearchPanel);
