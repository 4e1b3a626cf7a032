import { svg } from "lit";

/** A dunlin in summer dress: rufous back, black belly, bill drooping at the tip. */
export const mark = svg`<svg class="mark" viewBox="0 0 64 64" aria-hidden="true" focusable="false">
  <path class="mark-leg" d="M29 46l-1.5 12M36 46l2 12M27.5 58h-4M38 58h-4" />
  <path class="mark-breast" d="M7.5 36.5C15 33 18 27 23 22.5c.5-6 5-10.5 11-10.5 5.5 0 9.5 3.5 10.5 8.5 1 8-1 15.5-5 20.5-4.5 5.5-13 7-19.5 4-5-2.3-8.5-5-12.5-8.5z" />
  <path class="mark-back" d="M4 36c8-1.5 11.5-8 17-12.5 4-3.3 8.5-4.5 11-4 1.5 6-1 12-6.5 15.5C19 39 11 39.5 4 36z" />
  <path class="mark-belly" d="M21.5 41.5c5-.5 10.5-3 13.5-7.5 2.5 1 4.5 2.5 5 4.5-3.5 6.5-11.5 9-17.5 6.5-.8-.9-1.2-2.2-1-3.5z" />
  <path class="mark-cap" d="M24 20.5C25 15.5 29 12 34 12c5 0 8.8 2.9 10.2 7.2-4.2-1.7-7-1.9-10.2-.9-3.5 1.1-6.5 2.7-10 2.2z" />
  <path class="mark-bill" d="M44 19.5c6 .3 11.5 2.5 15 8-4.5-3-9.5-4-14.5-4z" />
  <circle class="mark-eye" cx="37.5" cy="19.8" r="1.7" />
</svg>`;
