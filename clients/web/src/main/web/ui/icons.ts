import { svg, type SVGTemplateResult } from "lit";

type Icon = SVGTemplateResult;

function stroke(paths: Icon): Icon {
  return svg`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${paths}</svg>`;
}

export const icons = {
  room: stroke(svg`<path d="M10 4 8 20M16 4l-2 16M4.5 9h16M3.5 15h16" />`),
  group: stroke(svg`<circle cx="9" cy="8.5" r="3.5" /><path d="M2.5 20c.6-4 3.2-6 6.5-6s5.9 2 6.5 6M16 5.3a3.3 3.3 0 0 1 0 6.4M18.2 14.6c1.9.9 3 2.7 3.3 5.4" />`),
  other: stroke(svg`<circle cx="12" cy="12" r="2" /><path d="M7.8 7.8a6 6 0 0 0 0 8.4M16.2 7.8a6 6 0 0 1 0 8.4M5 5a10 10 0 0 0 0 14M19 5a10 10 0 0 1 0 14" />`),
  plus: stroke(svg`<path d="M12 5v14M5 12h14" />`),
  back: stroke(svg`<path d="M15 5l-7 7 7 7" />`),
  down: stroke(svg`<path d="M12 5v14M6 13l6 6 6-6" />`),
  send: stroke(svg`<path d="M5 12h13M12.5 5.5 19 12l-6.5 6.5" />`),
  leave: stroke(svg`<path d="M14 4H6v16h8M10 12h11M17.5 8.5 21 12l-3.5 3.5" />`),
  close: stroke(svg`<path d="M6 6l12 12M18 6 6 18" />`),
  clock: stroke(svg`<circle cx="12" cy="12" r="8.5" /><path d="M12 7.5V12l3 2" />`),
  alert: stroke(svg`<path d="M12 8v5M12 16.5v.2M12 3.5 2.5 20h19z" />`),
} as const;
