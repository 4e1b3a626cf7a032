import { html, nothing, type TemplateResult } from "lit";
import type { Mark } from "../model/status.js";

const HUES = 8;

/** One of the style sheet's hues, always the same for the same name. */
export function hueOf(name: string): number {
  let hash = 0;
  for (const char of name) hash = (hash * 131 + (char.codePointAt(0) ?? 0)) % 1_000_003;
  return Math.floor(hash / 7) % HUES;
}

/** The first letter in the person's colour, with a dot where their presence is known. */
export function avatar(name: string, mark?: Mark): TemplateResult {
  return html`<span class="avatar hue-${hueOf(name)}" aria-hidden="true"
    >${[...name][0]?.toUpperCase()}${mark ? html`<span class="dot ${mark}"></span>` : nothing}</span
  >`;
}
