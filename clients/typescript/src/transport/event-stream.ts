/** One event of a `text/event-stream`. */
export interface StreamEvent {
  readonly data: string;
  /** The last `id` seen in the stream, with this event or before it. */
  readonly id: string;
}

/** An event this long is no frame of ours; it is the server's limit with room to spare. */
const MOST_CHARACTERS = 4 * 1024 * 1024;

/** A field's name and its value; a comment has no name. */
const FIELD = /^([^:]*):? ?(.*)$/s;

/**
 * Reads a `text/event-stream` (WHATWG HTML, 9.2.6) in whatever pieces it comes: a character, a line end or an event
 * may be cut anywhere. An event that the end of the stream cuts is not given out, as the specification wants it.
 */
export class EventStream {
  readonly #decoder = new TextDecoder();
  readonly #heard: (event: StreamEvent) => void;
  #rest = "";
  #afterReturn = false;
  readonly #data: string[] = [];
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
    if (this.#rest.length + this.#data.join().length > MOST_CHARACTERS) throw new Error("an event without an end");
  }

  #line(line: string): void {
    if (line === "") {
      const data = this.#data.splice(0);
      if (data.length > 0) this.#heard({ data: data.join("\n"), id: this.#id });
      return;
    }
    const [, field, value = ""] = FIELD.exec(line) ?? [];
    if (field === "data") this.#data.push(value);
    else if (field === "id" && !value.includes("\0")) this.#id = value;
    // The frame repeats the `event`, and the backoff replaces `retry`. A comment is a sign of life,
    // which the bytes were already.
  }
}
