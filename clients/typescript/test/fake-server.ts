import type { ClientFrame } from "../src/client-frames.js";
import type { ServerFrame } from "../src/server-frames.js";
import { settled } from "./manual-clock.js";

/** The server's end of one link. */
export class FakeLink extends EventTarget {
  readonly sent: ClientFrame[] = [];
  readonly url: string;
  readonly protocols: readonly string[];
  readyState = 1;

  constructor(url: string, protocols: readonly string[]) {
    super();
    this.url = url;
    this.protocols = protocols;
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text) as ClientFrame);
  }

  close(code = 1005, reason = ""): void {
    this.readyState = 3;
    this.dispatchEvent(Object.assign(new Event("close"), { code, reason }));
  }

  async say(...frames: object[]): Promise<void> {
    const data = JSON.stringify(frames.length === 1 ? frames[0] : frames);
    this.dispatchEvent(Object.assign(new Event("message"), { data }));
    await settled();
  }

  async welcome(more: object = {}): Promise<void> {
    await this.say({ type: "welcome", session: "s", user: "alice", node: "n1", heartbeat: 30, limits: {}, ...more });
  }

  /** The newest frame of this type; fails the test when there was none. */
  last<Type extends ClientFrame["type"]>(type: Type): ClientFrame & { type: Type; ref: number } {
    const frame = this.sent.findLast((sent) => sent.type === type);
    if (!frame) throw new Error(`no ${type} among ${JSON.stringify(this.sent)}`);
    return frame as ClientFrame & { type: Type; ref: number };
  }
}

/** Stands in for the platform's WebSocket and keeps every link that the client opened. */
export class FakeServer {
  readonly links: FakeLink[] = [];
  /** The targets of the REST calls, and what each is answered with. */
  readonly asked: string[] = [];
  readonly calls: [method: string, path: string, body: unknown][] = [];
  answer: object = {};
  /** Until it is cleared, every REST call is answered with 503 and this `Retry-After`, in seconds. */
  away: number | undefined;

  readonly fetch = async (target: unknown, init?: RequestInit): Promise<Response> => {
    this.asked.push(String(target));
    this.calls.push([String(init?.method), new URL(String(target)).pathname, init?.body ? JSON.parse(String(init.body)) : undefined]);
    if (this.away !== undefined) return new Response(null, { status: 503, headers: { "Retry-After": `${this.away}` } });
    return Response.json(this.answer);
  };

  get socket(): typeof WebSocket {
    const links = this.links;
    return class extends FakeLink {
      constructor(url: string, protocols: string[]) {
        super(url, protocols);
        links.push(this);
      }
    } as unknown as typeof WebSocket;
  }

  get link(): FakeLink {
    const link = this.links.at(-1);
    if (!link) throw new Error("the client opened no link");
    return link;
  }
}

export function message(seq: number, channel = "room:lobby"): ServerFrame & { readonly seq: number } {
  return { type: "message", channel, seq, id: `m${seq}`, from: "bob", ts: seq, data: { text: `text ${seq}` } };
}
