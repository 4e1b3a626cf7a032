import type { Token, TokenProvider } from "@dunlin/client";

/** Tokens as the local stack's gateway gives them to anybody; in production a login stands here. */
export function devTokens(user: string): TokenProvider {
  return async () => {
    const response = await fetch("/dev/tokens", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ user }),
    });
    if (!response.ok) throw new Error(`the gateway answered ${response.status}`);
    return (await response.json()) as Token;
  };
}
