import { html, nothing, type TemplateResult } from "lit";
import type { Conversation } from "../model/conversation.js";
import { emojiShown } from "../model/emoji.js";
import type { PendingMessage, ShownMessage } from "../model/shown-message.js";
import { hueOf } from "./avatar.js";
import { icons } from "./icons.js";
import { linkedText } from "./linked-text.js";
import { clockOf, fullTimeOf } from "./times.js";

/** What a bubble asks of the list around it. */
export interface BubbleActions {
  /** Which message the keyboard is at. */
  readonly focused: number | undefined;
  menu(message: ShownMessage, anchor: Element): void;
}

/** One word to a few: a message that has nothing but these is drawn large. */
const EMOJI_ONLY = /^(?:\p{Extended_Pictographic}[\p{Emoji_Modifier}\u{FE0F}\u{200D}\p{Extended_Pictographic}]*\s*){1,3}$/u;

export function sentBubble(message: ShownMessage, conversation: Conversation, actions: BubbleActions): TemplateResult {
  const { me } = conversation;
  const mentioned = message.mentions.includes(me) && message.from !== me;
  const kinds = [message.deleted && "deleted", mentioned && "mentioned", EMOJI_ONLY.test(message.text) && "large"];
  return html`<div
      class="bubble ${kinds.filter(Boolean).join(" ")}"
      id="message-${message.seq}"
      role="article"
      aria-label=${label(message, me)}
      aria-keyshortcuts=${message.deleted ? nothing : "Enter"}
      tabindex=${actions.focused === message.seq ? "0" : "-1"}
      data-seq=${message.seq}
    >
      ${message.replyTo === undefined ? nothing : quote(message.replyTo, conversation)}
      <p class="text">${message.deleted ? "This message was deleted" : linkedText(message.text, message.mentions, me)}</p>
      <span class="stamp">
        ${message.edited && !message.deleted ? html`<span>edited</span>` : nothing}
        <time datetime=${new Date(message.ts).toISOString()} title=${fullTimeOf(message.ts)}>${clockOf(message.ts)}</time>
        ${message.from === me && !message.deleted ? ticks(message, conversation) : nothing}
      </span>
      ${message.deleted
        ? nothing
        : html`<button
            class="more"
            tabindex="-1"
            aria-haspopup="menu"
            aria-label="Actions"
            @click=${(event: Event) => actions.menu(message, event.currentTarget as Element)}
          >
            ${icons.more}
          </button>`}
    </div>
    ${reactions(message, conversation)}`;
}

export function pendingBubble(message: PendingMessage, conversation: Conversation): TemplateResult {
  return html`<div class="bubble ${message.error ? "failed" : "pending"}">
      ${message.replyTo === undefined ? nothing : quote(message.replyTo, conversation)}
      <p class="text">${message.text}</p>
      <span class="stamp">${message.error ? icons.alert : html`${icons.clock}<span class="hidden">sending</span>`}</span>
    </div>
    ${message.error ? refusal(message, conversation, message.error.message) : nothing}`;
}

function label(message: ShownMessage, me: string): string {
  const who = message.from === me ? "You" : message.from;
  const edited = message.edited && !message.deleted ? ", edited" : "";
  return `${who}, ${clockOf(message.ts)}${edited}: ${message.deleted ? "deleted" : message.text}`;
}

/** The beginning of the message that this one answers; a click goes there. */
function quote(seq: number, conversation: Conversation): TemplateResult {
  const original = conversation.log.message(seq);
  const text = original?.deleted ? "A deleted message" : (original?.text ?? "An earlier message");
  return html`<button class="quote hue-${hueOf(original?.from ?? "")}" tabindex="-1" @click=${() => conversation.show(seq)}>
    <span class="hidden">In reply to </span>
    ${original ? html`<span class="quote-from">${original.from === conversation.me ? "You" : original.from}</span>` : nothing}
    <span class="quote-text">${text}</span>
  </button>`;
}

/** One tick: the server has it for good. Two: all the others have read it. */
function ticks(message: ShownMessage, conversation: Conversation): TemplateResult {
  const others = conversation.members.length;
  const readers = conversation.readersOf(message.seq).length;
  const isRead = others > 0 && readers >= others;
  return html`<span class="ticks ${isRead ? "read" : ""}"
    >${isRead ? icons.checks : icons.check}<span class="hidden">${isRead ? "read" : "sent"}</span></span
  >`;
}

function refusal(message: PendingMessage, conversation: Conversation, reason: string): TemplateResult {
  return html`<p class="refusal" role="alert">
    <span>Not sent: ${reason}</span>
    <button class="text-button" @click=${() => conversation.retry(message.id)}>Try again</button>
    <button class="text-button" @click=${() => conversation.discard(message.id)}>Discard</button>
  </p>`;
}

function reactions(message: ShownMessage, conversation: Conversation): TemplateResult | typeof nothing {
  if (message.reactions.size === 0) return nothing;
  return html`<ul class="reactions" aria-label="Reactions">
    ${[...message.reactions].map(
      ([emoji, users]) => html`<li>
        <button
          class="reaction"
          aria-pressed=${users.has(conversation.me)}
          aria-label="${emojiShown(emoji)}, ${[...users].join(", ")}"
          title=${[...users].join(", ")}
          @click=${() => conversation.react(message, emoji)}
        >
          <span class="emoji">${emojiShown(emoji)}</span> <span class="count">${users.size}</span>
        </button>
      </li>`,
    )}
  </ul>`;
}
