/** One event of a `text/event-stream`. */
export interface StreamEvent {
  readonly data: string;
  /** The last `id` seen in the stream, with this event or before it. */
  readonly id: string;
}

/** An event this long is no frame of ours; it is the server's limit with room to spare. */
const MOST_CHARACTERS = 4 * 1024 * 1024;

/**
 * Reads a `text/event-stream` (WHATWG HTML, 9.2.6) in whatever pieces it comes: a character, a line end or an event
 * may be cut anywhere. An event that the end of the stream cuts is not given out, as the specification wants it.
 */
export class EventStream {
  readonly #decoder = new TextDecoder();
  readonly #heard: (event: StreamEvent) => void;
  #rest = "";
  #afterReturn = false;
  #data: string | undefined;
  #id = "";

  constructor(heard: (event: StreamEvent) => void) {
    this.#heard = heard;
  }

  /** Throws when a line or an event has no end. */
  feed(bytes: Uint8Array): void {
    let text = this.#decoder.decode(bytes, { stream: true });
    if (text === "") return;
    // A line ends with \r\n, \n or \r; the \n of a \r\n may come with the next bytes.
    if (this.#afterReturn && text.startsWith("\n")) text = text.slice(1);
    this.#afterReturn = text.endsWith("\r");
    const lines = (this.#rest + text).split(/\r\n|\r|\n/);
    this.#rest = lines.pop() ?? "";
    for (const line of lines) this.#line(line);
    if (this.#rest.length + (this.#data?.length ?? 0) > MOST_CHARACTERS) throw new Error("an event without an end");
  }

  #line(line: string): void {
    if (line === "") {
      this.#dispatch();
      return;
    }
    const colon = line.indexOf(":");
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(line[colon + 1] === " " ? colon + 2 : colon + 1);
    if (field === "data") this.#data = this.#data === undefined ? value : `${this.#data}\n${value}`;
    else if (field === "id" && !value.includes("\0")) this.#id = value;
    // The `event` stands in the frame, too. `retry` is of no use: the reconnect goes by the backoff. A comment is a sign of life, which the bytes were already.
  }

  #dispatch(): void {
    const data = this.#data;
    this.#data = undefined;
    if (data !== undefined) this.#heard({ data, id: this.#id });
  }
}
