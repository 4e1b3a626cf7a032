import { html, nothing, type TemplateResult } from "lit";
import type { Conversation } from "../model/conversation.js";
import { Redraw } from "../model/model.js";
import { icons } from "./icons.js";
import { PlainElement } from "./plain-element.js";

/**
 * Where one writes: Enter sends, Shift+Enter makes a new line, Arrow up in an empty box changes one's last message, Escape leaves an
 * answer or a change.
 */
export class Composer extends PlainElement {
  static override readonly properties = { conversation: { attribute: false }, name: {} };
  declare conversation: Conversation;
  declare name: string;
  #about: unknown;

  constructor() {
    super();
    new Redraw(this, () => this.conversation);
  }

  protected override firstUpdated(): void {
    this.#fit();
    // On a phone the keyboard would cover half of what one came to read.
    if (matchMedia("(pointer: fine)").matches) this.#box.focus();
  }

  protected override updated(): void {
    const { about } = this.conversation.draft;
    if (about === this.#about) return;
    this.#about = about;
    this.#fit();
    this.#box.focus();
  }

  protected override render(): TemplateResult {
    const { draft } = this.conversation;
    return html`${this.#aboutBar()}
      <form class="composer" @submit=${(event: Event) => this.#send(event)}>
        <label class="hidden" for="composer-text">Message to ${this.name}</label>
        <textarea
          id="composer-text"
          rows="1"
          placeholder="Message ${this.name}"
          autocomplete="off"
          enterkeyhint="send"
          .value=${draft.text}
          @input=${() => this.#typed()}
          @keydown=${(event: KeyboardEvent) => this.#key(event)}
        ></textarea>
        <button class="send" aria-label=${draft.about?.kind === "edit" ? "Save" : "Send"} ?disabled=${draft.text.trim() === ""}>
          ${draft.about?.kind === "edit" ? icons.check : icons.send}
        </button>
      </form>`;
  }

  #aboutBar(): TemplateResult | typeof nothing {
    const { about } = this.conversation.draft;
    if (!about) return nothing;
    const who = about.message.from === this.conversation.me ? "yourself" : about.message.from;
    return html`<div class="about">
      ${about.kind === "edit" ? icons.edit : icons.reply}
      <p><strong>${about.kind === "edit" ? "Editing your message" : `Replying to ${who}`}</strong><span>${about.message.text}</span></p>
      <button class="icon-button" aria-label="Cancel" @click=${() => this.conversation.draft.cancel()}>${icons.close}</button>
    </div>`;
  }

  get #box(): HTMLTextAreaElement {
    return this.querySelector("textarea") as HTMLTextAreaElement;
  }

  #typed(): void {
    this.#fit();
    this.conversation.draft.write(this.#box.value);
    if (this.#box.value.trim() !== "") this.conversation.keyPressed();
  }

  #key(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const { draft, lastOwn } = this.conversation;
    if (event.key === "Enter" && !event.shiftKey) this.#send(event);
    else if (event.key === "Escape" && draft.about) draft.cancel();
    else if (event.key === "ArrowUp" && draft.text === "" && !draft.about && lastOwn) {
      event.preventDefault();
      draft.edit(lastOwn);
    }
  }

  #send(event: Event): void {
    event.preventDefault();
    this.conversation.send();
    void this.updateComplete.then(() => this.#fit());
    this.#box.focus();
  }

  /** As high as its text; the style sheet says how high at most. */
  #fit(): void {
    this.#box.style.height = "auto";
    this.#box.style.height = `${this.#box.scrollHeight}px`;
  }
}

customElements.define("dunlin-composer", Composer);
