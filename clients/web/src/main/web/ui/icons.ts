import { svg, type SVGTemplateResult } from "lit";

type Icon = SVGTemplateResult;

function stroke(paths: Icon): Icon {
  return svg`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${paths}</svg>`;
}

export const icons = {
  room: stroke(svg`<path d="M10 4 8 20M16 4l-2 16M4.5 9h16M3.5 15h16" />`),
  group: stroke(svg`<circle cx="9" cy="8.5" r="3.5" /><path d="M2.5 20c.6-4 3.2-6 6.5-6s5.9 2 6.5 6M16 5.3a3.3 3.3 0 0 1 0 6.4M18.2 14.6c1.9.9 3 2.7 3.3 5.4" />`),
  other: stroke(svg`<circle cx="12" cy="12" r="2" /><path d="M7.8 7.8a6 6 0 0 0 0 8.4M16.2 7.8a6 6 0 0 1 0 8.4M5 5a10 10 0 0 0 0 14M19 5a10 10 0 0 1 0 14" />`),
  web: stroke(svg`<circle cx="12" cy="12" r="8.5" /><path d="M3.5 12h17M12 3.5c5 5 5 12 0 17M12 3.5c-5 5-5 12 0 17" />`),
  mobile: stroke(svg`<rect x="7" y="3" width="10" height="18" rx="2.5" /><path d="M11 18h2" />`),
  desktop: stroke(svg`<rect x="3.5" y="4.5" width="17" height="11.5" rx="2" /><path d="M9 20h6M12 16v4" />`),
  plus: stroke(svg`<path d="M12 5v14M5 12h14" />`),
  back: stroke(svg`<path d="M15 5l-7 7 7 7" />`),
  down: stroke(svg`<path d="M12 5v14M6 13l6 6 6-6" />`),
  send: stroke(svg`<path d="M5 12h13M12.5 5.5 19 12l-6.5 6.5" />`),
  leave: stroke(svg`<path d="M14 4H6v16h8M10 12h11M17.5 8.5 21 12l-3.5 3.5" />`),
  close: stroke(svg`<path d="M6 6l12 12M18 6 6 18" />`),
  clock: stroke(svg`<circle cx="12" cy="12" r="8.5" /><path d="M12 7.5V12l3 2" />`),
  search: stroke(svg`<circle cx="11" cy="11" r="6.5" /><path d="m16 16 4.5 4.5" />`),
  pulse: stroke(svg`<path d="M3 12.5h4l2.5-7 5 13 2.5-6h4" />`),
  chart: stroke(svg`<path d="M4 4v16h16M7.5 14.5l3.5-4 3 2.5 5-6.5" />`),
  more: stroke(svg`<path d="M5.5 12h.01M12 12h.01M18.5 12h.01" />`),
  reply: stroke(svg`<path d="M10 6 4.5 11.5 10 17M5 11.5h8.5c4 0 6 2.3 6 6.5" />`),
  edit: stroke(svg`<path d="M4.5 19.5h3.2L19 8.2 15.8 5 4.5 16.3zM13.5 7.3l3.2 3.2" />`),
  copy: stroke(svg`<rect x="8.5" y="8.5" width="11" height="11" rx="2.5" /><path d="M15.5 8.5v-2a2 2 0 0 0-2-2h-7a2 2 0 0 0-2 2v7a2 2 0 0 0 2 2h2" />`),
  trash: stroke(svg`<path d="M5 7h14M10 7V4.5h4V7M6.5 7l.8 12.5h9.4L17.5 7M10.3 11v5M13.7 11v5" />`),
  smile: stroke(svg`<circle cx="12" cy="12" r="8.5" /><path d="M8.5 14c.8 1.5 2 2.2 3.5 2.2s2.7-.7 3.5-2.2M9.3 9.7v.1M14.7 9.7v.1" />`),
  check: stroke(svg`<path d="m5.5 12.5 4.5 4.5 9-10" />`),
  checks: stroke(svg`<path d="m2.5 12.5 4.5 4.5 8.5-10M11.5 16l1 1 9-10" />`),
  up: stroke(svg`<path d="M12 19V5M6.5 10.5 12 5l5.5 5.5" />`),
  arrowDown: stroke(svg`<path d="M12 5v14M6.5 13.5 12 19l5.5-5.5" />`),
  pause: stroke(svg`<path d="M9 6v12M15 6v12" />`),
  play: stroke(svg`<path d="M8 5.5v13l10-6.5z" />`),
  bell: stroke(svg`<path d="M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 2h-15zM10 20.5h4" />`),
  alert: stroke(svg`<path d="M12 8v5M12 16.5v.2M12 3.5 2.5 20h19z" />`),
} as const;
