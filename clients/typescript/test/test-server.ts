import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import type { ClientFrame } from "../src/client-frames.js";
import type { ChannelEvent, ServerFrame } from "../src/server-frames.js";
import type { Json, StreamPosition } from "../src/values.js";
import { TestSocket } from "./test-socket.js";

/** How a path behaves: as it should, with this status, never answering, or as a proxy that is none of ours. */
export type Way = "open" | "hang" | "silent" | "empty" | "page" | { readonly status: number; readonly retryAfter?: string; readonly code?: string };

export interface Asked {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage["headers"];
  readonly body: { readonly [name: string]: Json };
}

interface Hearer {
  readonly channels: Set<string>;
  /** How long it may hear nothing. */
  readonly holdMs: number;
  since?: number;
  hear(frame: object, reached?: string): void;
  /** Nothing happened for a while. */
  quiet(): void;
}

interface Log {
  epoch: string;
  first: number;
  readonly events: ChannelEvent[];
}

/** Speaks the protocol over real connections, keeps logs, and misbehaves on demand. */
export class TestServer {
  websocket: Way = "open";
  sse: Way = "open";
  poll: Way = "open";
  rest: Way = "open";
  /** What each channel answers by itself. */
  readonly refused = new Map<string, number>();
  readonly wornOut = new Set<string>();
  memberships: readonly string[] = [];
  /** Whether a refused channel refuses an HTTP request for it and others; else it is left out, and said. */
  refusesAll = false;
  /** Whether SSE and poll say `welcome` and `subscribed`, as WebSockets do. */
  announces = true;
  /** Writes SSE in pieces of so many bytes. */
  pieces = Number.POSITIVE_INFINITY;
  /** Nothing is given live, as when the bus is down. */
  pauses = false;
  /** Whether a resume gives what was missed. */
  recovers = true;
  /** Whether silent links hear of the server, and held polls end in time. */
  keepsAlive = true;
  /** What `welcome` says, in seconds. */
  heartbeatS = 30;
  /** Frames that a client sent over WebSockets. */
  readonly frames: ClientFrame[] = [];
  readonly asked: Asked[] = [];
  readonly sockets = new Set<TestSocket>();
  readonly #hearers = new Set<Hearer>();
  readonly #streams = new Set<ServerResponse>();
  readonly #wires = new Set<Duplex>();
  readonly #logs = new Map<string, Log>();
  readonly #server: Server = createServer((request, response) => void this.#http(request, response));
  readonly #reads: { channel: string; seq: number }[] = [];

  get reads(): readonly { channel: string; seq: number }[] {
    return this.#reads;
  }

  async start(): Promise<this> {
    this.#server.on("upgrade", (request, wire) => {
      wire.on("error", () => wire.destroy());
      this.#wires.add(wire);
      if (this.websocket === "open" && !this.wornOut.has(tokenOf(request))) {
        this.#link(new TestSocket(request, wire));
      } else if (this.websocket !== "hang") {
        const status = typeof this.websocket === "object" ? this.websocket.status : 401;
        wire.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      }
    });
    await new Promise<void>((listening) => this.#server.listen(0, "127.0.0.1", listening));
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.cut();
    for (const wire of this.#wires) wire.destroy();
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  /** Ends the answers that are under way, with a last frame. */
  end(last: object): void {
    for (const hearer of [...this.#hearers]) hearer.hear(last);
    for (const stream of this.#streams) stream.end();
    this.#hearers.clear();
  }

  /** Ends every link without a word; what is refused from now on is up to the ways. */
  cut(): void {
    for (const socket of this.sockets) socket.cut();
    for (const stream of this.#streams) stream.destroy();
    this.#hearers.clear();
  }

  /** Cuts the event streams in the middle of an event that will have to come again. */
  cutInEvent(): void {
    for (const stream of this.#streams) {
      stream.write(`id: forged\nevent: message\ndata: {"type":"message","channel":"room:lobby","seq":`);
      setImmediate(() => stream.destroy());
    }
    this.#hearers.clear();
  }

  /** Time goes on: comments on the streams every 30 s, and held requests end after 30 s. */
  tick(now: number): void {
    if (!this.keepsAlive) return;
    for (const hearer of [...this.#hearers]) {
      if (now - (hearer.since ??= now) < hearer.holdMs) continue;
      hearer.since = now;
      hearer.quiet();
    }
  }

  /** How many hear a channel. */
  hearers(channel: string): number {
    return [...this.#hearers].filter((hearer) => hearer.channels.has(channel)).length;
  }

  head(channel: string): number {
    const log = this.#log(channel);
    return log.first + log.events.length - 1;
  }

  /** Puts a message into a channel's log and gives it to those who hear it. */
  append(channel: string, data: Json = null, id = `m${this.head(channel) + 1}`, from = "bob"): ChannelEvent {
    const seq = this.head(channel) + 1;
    return this.#appended({ type: "message", channel, seq, id, from, ts: seq, data });
  }

  /** Gives a frame to everybody who hears the channel, whatever the log says. */
  say(channel: string, frame: object): void {
    for (const hearer of [...this.#hearers]) {
      if (hearer.channels.has(channel)) hearer.hear(frame, undefined);
    }
  }

  /** Takes a channel from everybody. */
  expel(channel: string): void {
    this.refused.set(channel, 403);
    this.say(channel, { type: "unsubscribed", channel });
    for (const hearer of this.#hearers) hearer.channels.delete(channel);
  }

  /** Begins another numbering. */
  renumber(channel: string, epoch: string): void {
    this.#logs.set(channel, { epoch, first: 1, events: [] });
  }

  /** Forgets the events before this one. */
  retain(channel: string, first: number): void {
    const log = this.#log(channel);
    log.events.splice(0, first - log.first);
    log.first = first;
  }

  #appended(event: ChannelEvent): ChannelEvent {
    this.#log(event.channel).events.push(event);
    if (!this.pauses) for (const hearer of [...this.#hearers]) if (hearer.channels.has(event.channel)) hearer.hear(event, "live");
    return event;
  }

  #log(channel: string): Log {
    const log = this.#logs.get(channel) ?? { epoch: "e", first: 1, events: [] };
    this.#logs.set(channel, log);
    return log;
  }

  #after(channel: string, seq: number): ChannelEvent[] {
    return this.#log(channel).events.filter((event) => event.seq > seq);
  }

  #subscribed(channel: string, after: Partial<StreamPosition> | undefined): { answer: ServerFrame; missed: ChannelEvent[] } {
    const { epoch, first } = this.#log(channel);
    const answer = { type: "subscribed", channel, epoch, head: this.head(channel) } as const;
    if (after?.seq === undefined) return { answer, missed: [] };
    const isThere = this.recovers || after.seq === this.head(channel);
    const recovered = isThere && (after.epoch ?? epoch) === epoch && after.seq >= first - 1;
    return { answer: { ...answer, recovered }, missed: recovered ? this.#after(channel, after.seq) : [] };
  }

  #welcome(): object {
    const limits = { maxMessageBytes: 65_536, publishPerSecond: 100, subscriptions: 1_000 };
    const channels = this.memberships.map((channel) => ({
      channel,
      epoch: this.#log(channel).epoch,
      head: this.head(channel),
      read: 0,
      unread: 0,
    }));
    return { type: "welcome", session: "s1", user: "alice", node: "n1", heartbeat: this.heartbeatS, limits, channels };
  }

  #link(socket: TestSocket): void {
    const hearer: Hearer = {
      channels: new Set(this.memberships),
      hear: (frame) => socket.text(JSON.stringify(frame)),
      quiet: () => undefined,
      holdMs: 30_000,
    };
    this.sockets.add(socket);
    this.#hearers.add(hearer);
    socket.onClose = () => {
      this.sockets.delete(socket);
      this.#hearers.delete(hearer);
    };
    socket.onText = (text) => {
      const frame = JSON.parse(text) as ClientFrame;
      this.frames.push(frame);
      const replies = this.#answer(frame, hearer);
      if (replies.length > 0) socket.text(JSON.stringify(replies));
    };
    socket.text(JSON.stringify(this.#welcome()));
  }

  #answer(frame: ClientFrame, hearer: Hearer): object[] {
    const ref = "ref" in frame ? { ref: frame.ref } : {};
    switch (frame.type) {
      case "subscribe": {
        if (this.refused.has(frame.channel)) {
          return [{ type: "error", ...ref, code: "forbidden", message: "not yours", retryable: false }];
        }
        hearer.channels.add(frame.channel);
        const { answer, missed } = this.#subscribed(frame.channel, frame.after);
        return [{ ...answer, ...ref }, ...missed];
      }
      case "unsubscribe":
        hearer.channels.delete(frame.channel);
        return [{ type: "unsubscribed", ...ref, channel: frame.channel }];
      case "publish":
        return [{ type: "ack", ...ref, ...this.#publish(frame.channel, frame.id, frame.data).accepted }];
      case "edit":
      case "delete":
      case "react":
        return [{ type: "ack", ...ref, ...this.#change(frame) }];
      case "presence":
        return [{ type: "presence_state", ...ref, users: (frame.users ?? ["bob"]).map((user) => ({ user, status: "online" })) }];
      case "enter":
      case "update":
      case "leave":
        return [{ type: "presence_ack", ...ref, channel: frame.channel }];
      case "auth":
        return [{ type: "authenticated", ...ref }];
      case "ping":
        return [{ type: "pong", ...ref }];
      case "read":
        this.#reads.push({ channel: frame.channel, seq: frame.seq });
        return [];
      default:
        return [];
    }
  }

  #publish(channel: string, id: string, data: Json): { accepted: object; isNew: boolean } {
    const known = this.#log(channel).events.find((event) => event.type === "message" && event.id === id);
    const { seq, ts } = known ?? this.append(channel, data, id, "alice");
    return { accepted: { channel, id, seq, ts }, isNew: known === undefined };
  }

  #change({ ref: _, ...frame }: { type: "edit" | "delete" | "react"; channel: string; seq: number; ref?: unknown }): object {
    const type = ({ edit: "edited", delete: "deleted", react: "reacted" } as const)[frame.type];
    const { channel, seq: target } = frame;
    const seq = this.head(channel) + 1;
    this.#appended({ ...frame, type, channel, seq, target, from: "alice", ts: seq } as ChannelEvent);
    return { channel, seq, ts: seq };
  }

  async #http(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://dunlin.test");
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = (chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) : {}) as Asked["body"];
    this.asked.push({ method: request.method ?? "", url, headers: request.headers, body });
    const kind = ({ "/v1/events": "sse", "/v1/poll": "poll", "/v1/ws": "websocket" } as const)[url.pathname] ?? "rest";
    const way = this[kind];
    if (this.wornOut.has(tokenOf(request))) problem(response, 401, "unauthenticated");
    else if (way === "hang") this.#streams.add(response);
    else if (way === "page") response.setHeader("Content-Type", "text/html").end("<html>Please sign in to the network</html>");
    else if (way === "empty") response.setHeader("Content-Type", "text/event-stream").end();
    else if (way === "silent") {
      this.#streams.add(response);
      response.writeHead(200, { "Content-Type": "text/event-stream" }).flushHeaders();
    } else if (typeof way === "object") {
      if (way.retryAfter !== undefined) response.setHeader("Retry-After", way.retryAfter);
      problem(response, way.status, way.code);
    } else if (kind === "sse") this.#stream(url, request.headers["last-event-id"] as string | undefined, response);
    else if (kind === "poll") this.#poll(url, response);
    else if (kind === "websocket") problem(response, 426);
    else this.#rest(request.method ?? "", url, body, response);
  }

  /** Where a cursor stands in each channel, or undefined for one that this server did not write. */
  #positions(cursor: string | undefined): Map<string, StreamPosition> | undefined {
    if (cursor === undefined) return new Map();
    try {
      const positions = JSON.parse(Buffer.from(cursor, "base64url").toString()) as [string, string, number][];
      return new Map(positions.map(([channel, epoch, seq]) => [channel, { epoch, seq }]));
    } catch {
      return undefined;
    }
  }

  #open(url: URL, cursor: string | undefined, response: ServerResponse): undefined | { channels: string[]; frames: object[]; reached: () => string; move: (frame: object) => void } {
    const channels = url.searchParams.getAll("channel");
    const positions = this.#positions(cursor);
    if (!positions) {
      problem(response, 400, "bad_request");
      return undefined;
    }
    const refused = channels.find((channel) => this.refused.has(channel));
    if (refused && this.refusesAll) {
      problem(response, this.refused.get(refused) ?? 403, "forbidden");
      return undefined;
    }
    const frames: object[] = this.announces ? [this.#welcome()] : [];
    const missed: object[] = [];
    for (const [ref, channel] of channels.entries()) {
      if (this.refused.has(channel)) {
        frames.push({ type: "error", ref, code: "forbidden", message: "not yours", retryable: false });
        continue;
      }
      const after = positions.get(channel);
      const subscribed = this.#subscribed(channel, after);
      if (this.announces) frames.push({ ...subscribed.answer, ref });
      missed.push(...subscribed.missed);
      const kept = after && "recovered" in subscribed.answer && subscribed.answer.recovered;
      positions.set(channel, kept ? after : { epoch: this.#log(channel).epoch, seq: this.head(channel) });
    }
    const move = (frame: object) => {
      const { channel, seq } = frame as { channel?: string; seq?: number };
      const position = channel === undefined ? undefined : positions.get(channel);
      if (channel !== undefined && position && seq !== undefined && "from" in frame) positions.set(channel, { ...position, seq });
    };
    const reached = () =>
      Buffer.from(JSON.stringify([...positions].map(([channel, { epoch, seq }]) => [channel, epoch, seq]))).toString("base64url");
    return { channels: channels.filter((channel) => !this.refused.has(channel)), frames: [...frames, ...missed], reached, move };
  }

  #stream(url: URL, cursor: string | undefined, response: ServerResponse): void {
    const opened = this.#open(url, cursor, response);
    if (!opened) return;
    response.writeHead(200, { "Content-Type": "text/event-stream; charset=utf-8" });
    const write = (text: string) => {
      const bytes = Buffer.from(text);
      for (let start = 0; start < bytes.length; start += Math.min(this.pieces, bytes.length)) {
        response.write(bytes.subarray(start, start + this.pieces));
      }
    };
    const hearer: Hearer = {
      channels: new Set(opened.channels),
      hear: (frame, reached) => {
        if (reached !== undefined) opened.move(frame);
        write(`id: ${opened.reached()}\nevent: ${(frame as { type: string }).type}\ndata: ${JSON.stringify(frame)}\n\n`);
      },
      quiet: () => write(": still here\n\n"),
      holdMs: 30_000,
    };
    write("retry: 2000\n\n");
    for (const frame of opened.frames) hearer.hear(frame, "replayed");
    this.#hearers.add(hearer);
    this.#streams.add(response);
    response.on("close", () => {
      this.#hearers.delete(hearer);
      this.#streams.delete(response);
    });
  }

  #poll(url: URL, response: ServerResponse): void {
    const cursor = url.searchParams.get("cursor") ?? undefined;
    const opened = this.#open(url, cursor, response);
    if (!opened) return;
    const answer = (frames: object[]) => {
      if (frames.some((frame) => (frame as { channel?: string }).channel !== undefined)) frames.forEach(opened.move);
      this.#hearers.delete(hearer);
      this.#streams.delete(response);
      response.setHeader("Content-Type", "application/json").end(JSON.stringify({ frames, cursor: opened.reached() }));
    };
    const hearer: Hearer = {
      channels: new Set(opened.channels),
      hear: (frame) => answer([frame]),
      quiet: () => answer([]),
      holdMs: Number(url.searchParams.get("timeout")) * 1000,
    };
    const news = cursor === undefined ? opened.frames : opened.frames.filter((frame) => "from" in frame || ("epoch" in frame && !("recovered" in frame && frame.recovered)) || "code" in frame);
    if (cursor === undefined || news.length > 0) {
      answer(news);
    } else {
      this.#hearers.add(hearer);
      this.#streams.add(response);
      response.on("close", () => {
        this.#hearers.delete(hearer);
        this.#streams.delete(response);
      });
    }
  }

  #rest(method: string, url: URL, body: Asked["body"], response: ServerResponse): void {
    const json = (answer: object, status = 200) =>
      response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(answer));
    const [, , root, encoded = "", part, target, , emoji] = url.pathname.split("/");
    const channel = decodeURIComponent(encoded);
    const seq = Number(target);
    const number = (name: string) => Number(url.searchParams.get(name) ?? 0);
    if (root === "presence") {
      json({ users: url.searchParams.getAll("user").map((user) => ({ user, status: "online" })) });
    } else if (channel === "") {
      json({ channels: (this.#welcome() as { channels: object[] }).channels });
    } else if (this.refused.has(channel)) {
      problem(response, this.refused.get(channel) ?? 403, "forbidden");
    } else if (part === "messages" && method === "POST") {
      const { accepted, isNew } = this.#publish(channel, String(body["id"]), body["data"] ?? null);
      json(accepted, isNew ? 201 : 200);
    } else if (part === "messages" && method !== "GET") {
      const type = emoji !== undefined ? "react" : method === "PATCH" ? "edit" : "delete";
      const remove = type === "react" && method === "DELETE" && { remove: true };
      json(this.#change({ type, channel, seq, ...(emoji !== undefined && { emoji: decodeURIComponent(emoji) }), ...remove, ...body }));
    } else if (part === "messages") {
      json({ messages: this.#after(channel, 0).filter(({ type }) => type === "message") });
    } else if (part === "read") {
      this.#reads.push({ channel, seq: Number(body["seq"]) });
      response.writeHead(204).end();
    } else if (part === "signals") {
      this.say(channel, { type: "signal", channel, from: "alice", data: body["data"] });
      response.writeHead(202).end();
    } else if (part === "events" && channel.startsWith("signal:")) {
      problem(response, 400, "bad_request");
    } else {
      const { epoch } = this.#log(channel);
      json({ epoch, head: this.head(channel), events: this.#after(channel, number("after")).slice(0, number("limit")) });
    }
  }
}

function tokenOf(request: IncomingMessage): string {
  const offered = (request.headers["sec-websocket-protocol"] ?? "").split(", ").find((one) => one.startsWith("bearer."));
  return offered?.slice("bearer.".length) ?? (request.headers.authorization ?? "").slice("Bearer ".length);
}

/** Without a code it is what something on the way would say. */
function problem(response: ServerResponse, status: number, code?: string): void {
  const type = code === undefined ? "text/html" : "application/problem+json";
  response.writeHead(status, { "Content-Type": type }).end(code === undefined ? "no" : JSON.stringify({ status, code, detail: `said ${code}` }));
}
