import type { Device } from "./values.js";

/** What the platform says that it is. */
export function thisDevice(): Device {
  if (typeof document === "undefined") return "desktop";
  const { userAgentData } = (globalThis.navigator ?? {}) as { userAgentData?: { mobile?: boolean } };
  return userAgentData?.mobile ? "mobile" : "web";
}
