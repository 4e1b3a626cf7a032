/** A new client message id: 32 characters, 128 random bits. `randomUUID` is missing on plain-http origins. */
export function newMessageId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
