import { html, type TemplateResult } from "lit";
import type { Conversation } from "../model/conversation.js";
import { icons } from "./icons.js";
import { PlainElement } from "./plain-element.js";

/** Where one writes: Enter sends, Shift+Enter makes a new line. */
export class Composer extends PlainElement {
  static override readonly properties = { conversation: { attribute: false }, name: {}, empty: { state: true } };
  declare conversation: Conversation;
  declare name: string;
  declare empty: boolean;

  constructor() {
    super();
    this.empty = true;
  }

  protected override firstUpdated(): void {
    // On a phone the keyboard would cover half of what one came to read.
    if (matchMedia("(pointer: fine)").matches) this.#box.focus();
  }

  protected override render(): TemplateResult {
    return html`<form class="composer" @submit=${(event: Event) => this.#send(event)}>
      <label class="hidden" for="composer-text">Message to ${this.name}</label>
      <textarea
        id="composer-text"
        rows="1"
        placeholder="Message ${this.name}"
        autocomplete="off"
        enterkeyhint="send"
        @input=${() => this.#typed()}
        @keydown=${(event: KeyboardEvent) => this.#key(event)}
      ></textarea>
      <button class="send" aria-label="Send" ?disabled=${this.empty}>${icons.send}</button>
    </form>`;
  }

  get #box(): HTMLTextAreaElement {
    return this.querySelector("textarea") as HTMLTextAreaElement;
  }

  #typed(): void {
    this.#fit();
    this.empty = this.#box.value.trim() === "";
    if (!this.empty) this.conversation.keyPressed();
  }

  #key(event: KeyboardEvent): void {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) this.#send(event);
  }

  #send(event: Event): void {
    event.preventDefault();
    const text = this.#box.value.trim();
    if (text === "") return;
    this.conversation.send(text);
    this.#box.value = "";
    this.empty = true;
    this.#fit();
    this.#box.focus();
  }

  /** As high as its text; the style sheet says how high at most. */
  #fit(): void {
    this.#box.style.height = "auto";
    this.#box.style.height = `${this.#box.scrollHeight}px`;
  }
}

customElements.define("dunlin-composer", Composer);
