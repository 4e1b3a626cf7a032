import { html, nothing, type TemplateResult } from "lit";
import type { Conversation } from "../model/conversation.js";
import type { ShownMessage } from "../model/shown-message.js";
import { icons } from "./icons.js";
import { PlainElement } from "./plain-element.js";

const QUICK = ["👍", "❤️", "😂", "🎉", "😮", "🙏"] as const;
const NAMES = ["thumbs up", "heart", "laughing", "party", "surprised", "thank you"] as const;
const MARGIN = 8;

/**
 * What can be done with one message: reactions, answer, copy, edit, delete. A popover, so that Escape and a click beside it
 * close it; the arrow keys go through it; beside the message, or at the bottom edge of a phone.
 */
export class MessageMenu extends PlainElement {
  static override readonly properties = {
    conversation: { attribute: false },
    message: { state: true },
    sure: { state: true },
  };
  declare conversation: Conversation;
  declare message: ShownMessage | undefined;
  /** Whether the next click on delete deletes. */
  declare sure: boolean;
  #opener: HTMLElement | undefined;

  async open(message: ShownMessage, anchor: Element): Promise<void> {
    this.message = message;
    this.sure = false;
    this.#opener = anchor.closest<HTMLElement>(".bubble") ?? undefined;
    await this.updateComplete;
    const menu = this.#menu;
    menu.showPopover();
    this.#place(menu, anchor.getBoundingClientRect());
    this.#items[0]?.focus();
  }

  protected override render(): TemplateResult {
    const { message } = this;
    const own = message?.from === this.conversation.me;
    return html`<div
      class="menu"
      popover="auto"
      role="menu"
      aria-label="Message actions"
      @keydown=${(event: KeyboardEvent) => this.#key(event)}
      @toggle=${(event: ToggleEvent) => event.newState === "closed" && this.#closed()}
    >
      <div class="menu-reactions" role="group" aria-label="React">
        ${QUICK.map(
          (emoji, place) => html`<button
            role="menuitem"
            class="menu-reaction"
            aria-label="React with ${NAMES[place]}"
            @click=${() => this.#do(({ react }) => react(emoji))}
          >
            ${emoji}
          </button>`,
        )}
      </div>
      ${this.#item(icons.reply, "Reply", "reply")} ${this.#item(icons.copy, "Copy text", "copy")}
      ${own ? html`${this.#item(icons.edit, "Edit", "edit")}
            <button role="menuitem" class="menu-item danger" @click=${() => this.#delete()}>
              ${icons.trash}<span>${this.sure ? "Delete for everybody?" : "Delete"}</span>
            </button>` : nothing}
    </div>`;
  }

  #item(icon: unknown, name: string, action: "reply" | "copy" | "edit"): TemplateResult {
    return html`<button role="menuitem" class="menu-item" @click=${() => this.#do((actions) => actions[action]())}>
      ${icon}<span>${name}</span>
    </button>`;
  }

  get #menu(): HTMLElement {
    return this.querySelector(".menu") as HTMLElement;
  }

  get #items(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>("[role=menuitem]")];
  }

  #do(what: (actions: { react(emoji: string): void; reply(): void; copy(): void; edit(): void }) => void): void {
    const { message, conversation } = this;
    if (!message) return;
    what({
      react: (emoji) => {
        this.#menu.hidePopover();
        conversation.react(message, emoji);
      },
      copy: () => {
        this.#menu.hidePopover();
        void navigator.clipboard?.writeText(message.text);
      },
      // Both go on in the composer, which takes the focus.
      reply: () => this.#toComposer(() => conversation.draft.reply(message)),
      edit: () => this.#toComposer(() => conversation.draft.edit(message)),
    });
  }

  #toComposer(change: () => void): void {
    this.#opener = undefined;
    this.#menu.hidePopover();
    change();
  }

  #delete(): void {
    if (!this.sure) {
      this.sure = true;
      return;
    }
    const seq = this.message?.seq;
    this.#menu.hidePopover();
    if (seq !== undefined) this.conversation.delete(seq);
  }

  /** Arrow keys, Home and End go through all of it; left and right through the reactions, too. */
  #key(event: KeyboardEvent): void {
    const items = this.#items;
    const at = items.indexOf(document.activeElement as HTMLElement);
    const inReactions = at >= 0 && at < QUICK.length;
    const next = {
      ArrowDown: inReactions ? QUICK.length : at + 1,
      ArrowUp: at === QUICK.length ? 0 : inReactions ? items.length - 1 : at - 1,
      ArrowRight: inReactions ? (at + 1) % QUICK.length : at,
      ArrowLeft: inReactions ? (at + QUICK.length - 1) % QUICK.length : at,
      Home: 0,
      End: items.length - 1,
    }[event.key];
    if (event.key === "Tab") this.#menu.hidePopover();
    if (next === undefined) return;
    event.preventDefault();
    items[(next + items.length) % items.length]?.focus();
  }

  #closed(): void {
    this.#opener?.focus();
    this.#opener = undefined;
  }

  #place(menu: HTMLElement, anchor: DOMRect): void {
    if (matchMedia("(max-width: 719px)").matches) {
      menu.style.cssText = "";
      return;
    }
    const { offsetWidth: width, offsetHeight: height } = menu;
    const left = Math.min(Math.max(MARGIN, anchor.right - width), innerWidth - width - MARGIN);
    const below = anchor.bottom + 4;
    const top = below + height > innerHeight - MARGIN ? Math.max(MARGIN, anchor.top - height - 4) : below;
    menu.style.cssText = `left: ${left}px; top: ${top}px`;
  }
}

customElements.define("dunlin-message-menu", MessageMenu);

declare global {
  interface HTMLElementTagNameMap {
    "dunlin-message-menu": MessageMenu;
  }
}
