import { svg } from "lit";

/** A dunlin in summer dress: rufous back, black belly, bill drooping at the tip. */
export const mark = svg`<svg class="mark" viewBox="0 0 64 64" aria-hidden="true" focusable="false">
  <path class="mark-leg" d="M29 46l-1.500 12M36 46l2 12M27.500 58h-4M38 58h-4" />
  <path class="mark-breast" d="M7.500 36.500C15 33 18 27 23 22.500c.5-6 5-10.500 11-10.500 5.500 0 9.500 3.500 10.500 8.500 1 8-1 15.500-5 20.500-4.500 5.500-13 7-19.500 4-5-2.300-8.500-5-12.500-8.500z" />
  <path class="mark-back" d="M4 36c8-1.500 11.500-8 17-12.500 4-3.300 8.500-4.500 11-4 1.500 6-1 12-6.500 15.500C19 39 11 39.500 4 36z" />
  <path class="mark-belly" d="M21.500 41.500c5-.5 10.500-3 13.500-7.500 2.500 1 4.500 2.500 5 4.500-3.500 6.500-11.500 9-17.500 6.500-.8-.9-1.200-2.200-1-3.500z" />
  <path class="mark-cap" d="M24 20.500C25 15.500 29 12 34 12c5 0 8.800 2.900 10.200 7.200-4.200-1.700-7-1.900-10.200-.9-3.500 1.100-6.500 2.700-10 2.200z" />
  <path class="mark-bill" d="M44 19.500c6 .3 11.500 2.500 15 8-4.500-3-9.500-4-14.500-4z" />
  <circle class="mark-eye" cx="37.500" cy="19.800" r="1.700" />
</svg>`;
