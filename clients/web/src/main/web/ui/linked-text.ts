import { html, type TemplateResult } from "lit";

const LINK = /\bhttps?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]]/g;

/** The text with its web addresses as links; everything else stays text. */
export function linkedText(text: string): (string | TemplateResult)[] {
  const parts: (string | TemplateResult)[] = [];
  let end = 0;
  for (const match of text.matchAll(LINK)) {
    parts.push(text.slice(end, match.index), link(match[0]));
    end = match.index + match[0].length;
  }
  parts.push(text.slice(end));
  return parts;
}

function link(address: string): TemplateResult | string {
  if (!URL.canParse(address)) return address;
  return html`<a href=${address} target="_blank" rel="noopener noreferrer nofollow">${address}</a>`;
}
