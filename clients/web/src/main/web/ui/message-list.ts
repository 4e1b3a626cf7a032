import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Chat } from "../model/chat.js";
import type { Conversation } from "../model/conversation.js";
import { Redraw } from "../model/model.js";
import { markOf } from "../model/status.js";
import { avatar, hueOf } from "./avatar.js";
import { icons } from "./icons.js";
import type { ShownMessage } from "../model/shown-message.js";
import { pendingBubble, sentBubble } from "./message-bubble.js";
import { type Bubble, type Row, rowsOf } from "./message-rows.js";
import { PlainElement } from "./plain-element.js";
import { dayOf } from "./times.js";
import "./message-menu.js";

/** Nearer than this to the end counts as being there. */
const NEAR_PX = 80;
/** Nearer than this to the top asks for older messages, so that whoever scrolls on seldom waits. */
const AHEAD_PX = 600;
const FLASH_MS = 1_600;

/**
 * The messages of one conversation: stays at the end while one is there, and loads more when one scrolls up. To the keyboard it is
 * one stop: the arrow keys go from message to message, Enter opens what can be done with one.
 */
export class MessageList extends PlainElement {
  static override readonly properties = {
    chat: { attribute: false },
    conversation: { attribute: false },
    focused: { state: true },
  };
  declare chat: Chat;
  declare conversation: Conversation;
  /** The seq of the message that the keyboard is at; the newest one without. */
  declare focused: number | undefined;

  #atEnd = true;
  #oldest: number | undefined;
  #heightBefore = 0;
  #unseen = 0;
  #newestBefore = 0;
  readonly #resized = new ResizeObserver(() => this.#atEnd && this.#toEnd());

  constructor() {
    super();
    new Redraw(this, () => this.conversation);
  }

  protected override willUpdate(): void {
    this.#heightBefore = this.#box?.scrollHeight ?? 0;
    const { entries, newest = 0 } = this.conversation.log;
    if (!this.#atEnd && this.#newestBefore > 0) {
      const added = entries.filter(({ kind, seq }) => kind === "message" && seq > this.#newestBefore);
      this.#unseen += added.length;
    }
    this.#newestBefore = Math.max(this.#newestBefore, newest);
  }

  protected override firstUpdated(_changes: PropertyValues): void {
    if (this.#box) this.#resized.observe(this.#box);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized.disconnect();
  }

  protected override updated(_changes: PropertyValues): void {
    const box = this.#box;
    const oldest = this.conversation.log.oldest;
    if (box && this.#oldest !== undefined && oldest !== undefined && oldest < this.#oldest && !this.#atEnd) {
      box.scrollTop += box.scrollHeight - this.#heightBefore;
    }
    this.#oldest = oldest;
    if (this.conversation.wanted !== undefined) this.#show(this.conversation.wanted);
    else if (this.#atEnd) this.#toEnd();
    if (box && box.scrollTop < AHEAD_PX && box.clientHeight > 0) this.#older();
  }

  protected override render(): TemplateResult {
    const { log, history, me, newAfter } = this.conversation;
    const rows = rowsOf(log.entries, log.pending, me, newAfter);
    return html`<div
        class="messages"
        role="log"
        aria-label="Messages"
        aria-busy=${history === "loading" || history === "none"}
        tabindex=${log.newestMessage ? "-1" : "0"}
        @scroll=${() => this.#scrolled()}
        @keydown=${(event: KeyboardEvent) => this.#key(event)}
        @focusin=${(event: FocusEvent) => this.#focus(event.target as Element)}
        @focusout=${(event: FocusEvent) => this.#left(event.relatedTarget)}
        @click=${(event: PointerEvent) => event.pointerType === "touch" && this.#tapped(event.target as Element)}
      >
        <div class="messages-inner">
          ${this.#beginning(rows.length === 0)}
          ${repeat(
            rows,
            (row) => row.key,
            (row) => this.#row(row),
          )}
          ${this.#readers()}
        </div>
      </div>
      ${this.#unseen > 0
        ? html`<button class="jump" @click=${() => this.#jump()}>
            ${icons.down} ${this.#unseen} new ${this.#unseen === 1 ? "message" : "messages"}
          </button>`
        : nothing}
      <dunlin-message-menu .conversation=${this.conversation}></dunlin-message-menu>`;
  }

  #row(row: Row): TemplateResult {
    if (row.kind === "day") return html`<h3 class="day"><span>${dayOf(row.ts, Date.now())}</span></h3>`;
    if (row.kind === "notice") return html`<p class="event">${row.text}</p>`;
    if (row.kind === "new") return html`<p class="new"><span>New</span></p>`;
    const own = row.from === this.conversation.me;
    return html`<div class="turn ${own ? "own" : "other"}" role="group" aria-label=${own ? "You" : row.from}>
      ${own ? nothing : avatar(row.from, markOf(this.chat.presenceOf(row.from)))}
      <div class="bubbles">
        ${own ? nothing : html`<h4 class="sender hue-${hueOf(row.from)}">${row.from}</h4>`}
        ${repeat(
          row.bubbles,
          (bubble) => bubble.id,
          (bubble) => this.#bubble(bubble),
        )}
      </div>
    </div>`;
  }

  #bubble(bubble: Bubble): TemplateResult {
    if (bubble.kind === "pending") return pendingBubble(bubble, this.conversation);
    return sentBubble(bubble, this.conversation, {
      focused: this.focused ?? this.conversation.log.newestMessage?.seq,
      menu: (message, anchor) => void this.querySelector("dunlin-message-menu")?.open(message, anchor),
    });
  }

  #beginning(empty: boolean): TemplateResult | typeof nothing {
    switch (this.conversation.history) {
      case "none":
      case "loading":
        return html`<p class="beginning">Loading messages…</p>`;
      case "more":
        return html`<p class="beginning">
          <button class="text-button" @click=${() => this.conversation.loadOlder()}>Load earlier messages</button>
        </p>`;
      case "failed":
        return html`<p class="beginning">
          The earlier messages could not be loaded.
          <button class="text-button" @click=${() => this.conversation.loadOlder()}>Try again</button>
        </p>`;
      case "complete":
        return empty
          ? html`<p class="beginning empty">No messages yet. Say something: everybody here will see it at once.</p>`
          : html`<p class="beginning">The beginning of the conversation</p>`;
    }
  }

  #readers(): TemplateResult | typeof nothing {
    const { entries, pending } = this.conversation.log;
    const newest = entries.at(-1);
    if (pending.length > 0 || newest?.kind !== "message" || newest.from !== this.conversation.me) return nothing;
    const readers = this.conversation.readersOf(newest.seq);
    return readers.length === 0 ? nothing : html`<p class="readers">Read by ${readers.join(", ")}</p>`;
  }

  get #box(): HTMLElement | null {
    return this.querySelector<HTMLElement>(".messages");
  }

  #scrolled(): void {
    const box = this.#box;
    if (!box) return;
    this.#atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_PX;
    if (this.#atEnd) this.#seen();
    if (box.scrollTop < AHEAD_PX) this.#older();
  }

  #older(): void {
    if (this.conversation.history === "more") void this.conversation.loadOlder();
  }

  #key(event: KeyboardEvent): void {
    const bubble = event.target as HTMLElement;
    if (!bubble.matches(".bubble")) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.#menu(bubble);
      return;
    }
    const bubbles = [...this.querySelectorAll<HTMLElement>(".bubble[data-seq]")];
    const at = bubbles.indexOf(bubble);
    const next = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: bubbles.length - 1 }[event.key];
    const target = next === undefined ? undefined : bubbles[next];
    if (!target) return;
    event.preventDefault();
    target.focus();
  }

  #focus(element: Element): void {
    const seq = element.closest<HTMLElement>(".bubble")?.dataset["seq"];
    if (seq !== undefined) this.focused = Number(seq);
  }

  /** Whoever comes back begins at the newest message again; the menu belongs to the message. */
  #left(to: EventTarget | null): void {
    if (to instanceof Node && !this.contains(to)) this.focused = undefined;
  }

  /** A finger does not hover: a tap on a message is the way to its menu. */
  #tapped(element: Element): void {
    const bubble = element.closest<HTMLElement>(".bubble[data-seq]");
    if (!bubble || element.closest("button, a")) return;
    this.#menu(bubble);
  }

  #menu(bubble: HTMLElement): void {
    const message: ShownMessage | undefined = this.conversation.log.message(Number(bubble.dataset["seq"]));
    if (message && !message.deleted) void this.querySelector("dunlin-message-menu")?.open(message, bubble);
  }

  /** Brings a message into sight that somebody asked for. */
  #show(seq: number): void {
    const bubble = this.querySelector<HTMLElement>(`#message-${seq}`);
    this.conversation.shown();
    if (!bubble) return;
    this.#atEnd = false;
    bubble.scrollIntoView({ block: "center" });
    bubble.focus({ preventScroll: true });
    bubble.classList.add("flash");
    setTimeout(() => bubble.classList.remove("flash"), FLASH_MS);
  }

  #toEnd(): void {
    const box = this.#box;
    if (box) box.scrollTop = box.scrollHeight;
    this.#seen();
  }

  #jump(): void {
    this.#atEnd = true;
    this.#toEnd();
    this.#box?.focus();
  }

  #seen(): void {
    if (document.visibilityState === "visible") this.conversation.seen();
    if (this.#unseen === 0) return;
    this.#unseen = 0;
    this.requestUpdate();
  }
}

customElements.define("dunlin-messages", MessageList);
