/** The variation selector that asks for colour. The server leaves it out: with and without it a reaction is the same. */
const COLOUR = "\u{FE0F}";

/** A reaction as the server names it. */
export function emojiKey(emoji: string): string {
  return emoji.replaceAll(COLOUR, "");
}

/** The same in colour, where that is not how it is shown anyway. */
export function emojiShown(key: string): string {
  return /^\p{Extended_Pictographic}$/u.test(key) && !/^\p{Emoji_Presentation}$/u.test(key) ? key + COLOUR : key;
}
