import { html, nothing, type TemplateResult } from "lit";
import type { Conversation } from "../model/conversation.js";
import type { PendingMessage, ShownMessage } from "../model/shown-message.js";
import { icons } from "./icons.js";
import { linkedText } from "./linked-text.js";
import { clockOf, fullTimeOf } from "./times.js";

export function sentBubble(message: ShownMessage): TemplateResult {
  return html`<div class="bubble ${message.deleted ? "deleted" : ""}" id="message-${message.seq}">
      <p class="text">${message.deleted ? "This message was deleted" : linkedText(message.text)}</p>
      <span class="stamp">
        ${message.edited && !message.deleted ? html`<span>edited</span>` : nothing}
        <time datetime=${new Date(message.ts).toISOString()} title=${fullTimeOf(message.ts)}>${clockOf(message.ts)}</time>
      </span>
    </div>
    ${reactions(message)}`;
}

export function pendingBubble(message: PendingMessage, conversation: Conversation): TemplateResult {
  return html`<div class="bubble ${message.error ? "failed" : "pending"}">
      <p class="text">${message.text}</p>
      <span class="stamp">${message.error ? icons.alert : html`${icons.clock}<span class="hidden">sending</span>`}</span>
    </div>
    ${message.error ? refusal(message, conversation, message.error.message) : nothing}`;
}

function refusal(message: PendingMessage, conversation: Conversation, reason: string): TemplateResult {
  return html`<p class="refusal" role="alert">
    <span>Not sent: ${reason}</span>
    <button class="text-button" @click=${() => conversation.retry(message.id)}>Try again</button>
    <button class="text-button" @click=${() => conversation.discard(message.id)}>Discard</button>
  </p>`;
}

function reactions(message: ShownMessage): TemplateResult | typeof nothing {
  if (message.reactions.size === 0) return nothing;
  return html`<ul class="reactions" aria-label="Reactions">
    ${[...message.reactions].map(
      ([emoji, users]) => html`<li title=${[...users].join(", ")}>${emoji} <span>${users.size}</span></li>`,
    )}
  </ul>`;
}
