import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";

const GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/** The server's end of a WebSocket (RFC 6455), as much of it as the tests need. */
export class TestSocket {
  onText: (text: string) => void = () => undefined;
  onClose: () => void = () => undefined;
  readonly #wire: Duplex;
  #bytes: Buffer = Buffer.alloc(0);

  /** Answers the upgrade. */
  constructor(request: IncomingMessage, wire: Duplex) {
    this.#wire = wire;
    const accept = createHash("sha1").update(`${request.headers["sec-websocket-key"]}${GUID}`).digest("base64");
    wire.write(
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
        `Sec-WebSocket-Accept: ${accept}\r\nSec-WebSocket-Protocol: dunlin.v1\r\n\r\n`,
    );
    wire.on("data", (bytes: Buffer) => this.#read(bytes));
    wire.on("close", () => this.onClose());
    wire.on("error", () => wire.destroy());
  }

  text(text: string): void {
    this.#write(1, Buffer.from(text));
  }

  close(code: number, reason = ""): void {
    const payload = Buffer.alloc(2 + Buffer.byteLength(reason));
    payload.writeUInt16BE(code);
    payload.write(reason, 2);
    this.#write(8, payload);
    this.#wire.end();
  }

  /** Cuts the connection without a word. */
  cut(): void {
    this.#wire.destroy();
  }

  #write(opcode: number, payload: Buffer): void {
    if (this.#wire.destroyed || this.#wire.writableEnded) return;
    const head =
      payload.length < 126
        ? Buffer.from([0x80 | opcode, payload.length])
        : Buffer.from([0x80 | opcode, 126, payload.length >> 8, payload.length & 0xff]);
    this.#wire.write(Buffer.concat([head, payload]));
  }

  #read(bytes: Buffer): void {
    this.#bytes = Buffer.concat([this.#bytes, bytes]);
    for (;;) {
      const data = this.#bytes;
      if (data.length < 2) return;
      const short = data[1]! & 0x7f;
      const start = short === 126 ? 4 : 2;
      if (data.length < start + 4) return;
      const length = short === 126 ? data.readUInt16BE(2) : short;
      if (data.length < start + 4 + length) return;
      const mask = data.subarray(start, start + 4);
      const payload = Buffer.from(data.subarray(start + 4, start + 4 + length));
      for (let index = 0; index < length; index++) payload[index]! ^= mask[index % 4]!;
      this.#bytes = data.subarray(start + 4 + length);
      const opcode = data[0]! & 0x0f;
      if (opcode === 1) this.onText(payload.toString());
      else if (opcode === 9) this.#write(10, payload);
      else if (opcode === 8) {
        this.#write(8, payload);
        this.#wire.end();
      }
    }
  }
}
