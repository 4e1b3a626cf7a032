import { html, type TemplateResult } from "lit";

const LINK = /\bhttps?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]]/;
const CODE = /`[^`\n]+`/;
const MENTION = /(?<![\p{L}\p{N}_.@-])@[A-Za-z0-9_][A-Za-z0-9_.@-]*/u;
const SPECIAL = new RegExp(`${CODE.source}|${LINK.source}|${MENTION.source}`, "gu");

/** The text with its web addresses as links, mentions marked and `code` as such; everything else stays text. */
export function linkedText(text: string, mentions: readonly string[], me: string): (string | TemplateResult)[] {
  const parts: (string | TemplateResult)[] = [];
  let end = 0;
  for (const match of text.matchAll(SPECIAL)) {
    parts.push(text.slice(end, match.index), special(match[0], mentions, me));
    end = match.index + match[0].length;
  }
  parts.push(text.slice(end));
  return parts;
}

function special(found: string, mentions: readonly string[], me: string): TemplateResult | string {
  if (found.startsWith("`")) return html`<code>${found.slice(1, -1)}</code>`;
  if (!found.startsWith("@")) return link(found);
  const user = found.slice(1).replace(/[.@-]+$/, "");
  if (!mentions.includes(user)) return found;
  return html`<span class="mention ${user === me ? "for-me" : ""}">@${user}</span>${found.slice(user.length + 1)}`;
}

function link(address: string): TemplateResult | string {
  if (!URL.canParse(address)) return address;
  return html`<a href=${address} target="_blank" rel="noopener noreferrer nofollow">${address}</a>`;
}
