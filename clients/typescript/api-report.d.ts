// What the package exports. A test compares it with the sources; "npm run api" writes it.

export interface Accepted {
    readonly channel: string;
    readonly id?: string;
    readonly seq: number;
    readonly ts: number;
}

export interface Ack {
    readonly type: "ack";
    readonly ref?: Ref;
    readonly channel: string;
    readonly id?: string;
    readonly seq: number;
    readonly ts: number;
}

export interface After {
    readonly epoch?: string;
    readonly seq: number;
}

export interface AskPresence {
    readonly type: "presence";
    readonly ref?: Ref;
    readonly users: readonly string[];
    readonly watch?: boolean;
}

export interface Auth {
    readonly type: "auth";
    readonly ref?: Ref;
    readonly token: string;
}

export interface Bare {
    readonly type: "away" | "active";
}

export interface Changed {
    readonly type: "edited" | "deleted" | "reacted";
    readonly channel: string;
    readonly seq: number;
    readonly target: number;
    readonly from: string;
    readonly ts: number;
    readonly data?: Json;
    readonly mentions?: readonly string[];
    readonly deleted?: boolean;
    readonly emoji?: string;
    readonly remove?: boolean;
}

export declare class Channel {
    #private;
    readonly name: string;
    subscribe(listener: ChannelListener, after?: After): () => void;
    publish(data: Json, options?: MessageOptions): Promise<Ack>;
    edit(seq: number, data: Json, mentions?: readonly string[]): Promise<Ack>;
    delete(seq: number): Promise<Ack>;
    react(seq: number, emoji: string, remove?: boolean): Promise<Ack>;
    signal(data: Json): void;
    typing(): void;
    read(seq: number): void;
    received(seq: number): void;
    history(range?: HistoryRange): AsyncGenerator<Message, void>;
    historyPages(range?: HistoryRange): AsyncGenerator<readonly Message[], void>;
    members(): Promise<readonly Member[]>;
    presence(): Promise<ChannelPresence>;
}

export type ChannelEvent = Message | Changed | MemberChanged;

export interface ChannelListener {
    event?(event: ChannelEvent): void;
    ephemeral?(frame: Ephemeral): void;
    subscribed?(answer: Subscribed): void;
    reset?(head: number): void;
    skipped?(from: number, to: number): void;
    failed?(error: DunlinError): void;
}

export interface ChannelPage {
    readonly channels: readonly ChannelSummary[];
    readonly next?: string;
}

export interface ChannelPresence {
    readonly online: number;
    readonly users: readonly UserPresence[];
}

export interface ChannelSummary {
    readonly channel: string;
    readonly epoch?: string;
    readonly head: number;
    readonly read: number;
    readonly unread: number;
    readonly mentions?: number;
    readonly title?: string;
    readonly archived?: boolean;
    readonly newest?: Message;
}

export interface ClientEvents {
    state: ConnectionState;
    transport: TransportChange;
    frame: ObservedFrame;
    welcome: Welcome;
    event: ChannelEvent;
    reset: {
        readonly channel: string;
        readonly head: number;
    };
    presence: readonly UserPresence[];
    error: DunlinError;
}

export type ClientFrame = Request | SendSignal | SendTyping | SendMark | Bare;

export interface ClientOptions {
    readonly url: string;
    readonly token: TokenProvider;
    readonly transports?: readonly TransportName[];
    readonly socket?: typeof WebSocket;
    readonly fetch?: Fetch;
    readonly queueCapacity?: number;
    readonly memory?: TransportMemory;
    readonly clock?: Clock;
    readonly random?: () => number;
}

export interface Clock {
    now(): number;
    after(ms: number, task: () => void): () => void;
}

export type CloseAction = "done" | "resume" | "restart" | "renew" | "stop";

export type ConnectionState = {
    readonly status: "idle";
} | {
    readonly status: "connecting";
    readonly attempt: number;
    readonly transport: TransportName;
} | {
    readonly status: "online";
    readonly transport: TransportName;
    readonly session: string;
    readonly node: string;
} | {
    readonly status: "waiting";
    readonly attempt: number;
    readonly transport: TransportName;
    readonly retryAt: number;
    readonly reason: string;
} | {
    readonly status: "stopped";
    readonly code: number;
    readonly reason: string;
};

export interface Delete {
    readonly type: "delete";
    readonly ref?: Ref;
    readonly channel: string;
    readonly seq: number;
}

export interface Draft extends MessageOptions {
    readonly channel: string;
    readonly data: Json;
}

export declare class DunlinClient {
    #private;
    readonly rest: Rest;
    constructor(options: ClientOptions);
    get state(): ConnectionState;
    get queued(): number;
    on<Name extends keyof ClientEvents>(name: Name, listener: (value: ClientEvents[Name]) => void): () => void;
    start(): void;
    stop(): void;
    useTransports(transports: readonly TransportName[]): void;
    channel(name: string): Channel;
    subscribe(channel: string, listener: ChannelListener, after?: After): () => void;
    publish(draft: Draft): Promise<Ack>;
    edit(channel: string, seq: number, data: Json, mentions?: readonly string[]): Promise<Ack>;
    delete(channel: string, seq: number): Promise<Ack>;
    react(channel: string, seq: number, emoji: string, remove?: boolean): Promise<Ack>;
    signal(channel: string, data: Json): void;
    typing(channel: string): void;
    typed(channel: string): void;
    read(channel: string, seq: number): void;
    received(channel: string, seq: number): void;
    setAway(away: boolean): void;
    watchPresence(users: readonly string[]): void;
    ping(): Promise<number>;
    history(channel: string, range?: HistoryRange): AsyncGenerator<Message, void>;
    historyPages(channel: string, range?: HistoryRange): AsyncGenerator<readonly Message[], void>;
}

export declare class DunlinError extends Error {
    readonly name: string;
    readonly code: ErrorCode;
    readonly retryable: boolean;
    readonly retryAfterMs: number | undefined;
    constructor(code: ErrorCode, message: string, retryable?: boolean, retryAfterMs?: number);
}

export interface Edit {
    readonly type: "edit";
    readonly ref?: Ref;
    readonly channel: string;
    readonly seq: number;
    readonly data: Json;
    readonly mentions?: readonly string[];
}

export interface Ephemeral {
    readonly type: "signal" | "typing" | "read" | "received";
    readonly channel: string;
    readonly from: string;
    readonly data?: Json;
    readonly seq?: number;
}

export type ErrorCode = "bad_request" | "unknown_type" | "too_large" | "unauthenticated" | "forbidden" | "not_found" | "conflict" | "rate_limited" | "overloaded" | "unavailable" | "internal";

export interface ErrorFrame {
    readonly type: "error";
    readonly ref?: Ref;
    readonly code: ErrorCode;
    readonly message: string;
    readonly retryable: boolean;
    readonly retryAfterMs?: number;
}

export interface EventPage {
    readonly epoch?: string;
    readonly head?: number;
    readonly events: readonly ChannelEvent[];
    readonly next?: string;
}

export type Fetch = (target: string, init: RequestInit) => Promise<Response>;

export interface Gap {
    readonly type: "gap";
    readonly channel: string;
    readonly from: number;
    readonly to: number;
    readonly conflated?: boolean;
}

export interface GoAway {
    readonly type: "goaway";
    readonly reason?: string;
    readonly reconnectAfterMs: number;
    readonly jitterMs: number;
}

export interface HistoryRange {
    readonly before?: number;
    readonly after?: number;
    readonly limit?: number;
}

export type Json = null | boolean | number | string | readonly Json[] | {
    readonly [key: string]: Json;
};

export interface Member {
    readonly user: string;
    readonly role: string;
    readonly since: number;
}

export interface MemberChanged {
    readonly type: "member_joined" | "member_left";
    readonly channel: string;
    readonly seq: number;
    readonly user: string;
    readonly by: string;
    readonly ts: number;
}

export interface Membership {
    readonly channel: string;
    readonly epoch: string;
    readonly head: number;
    readonly read: number;
    readonly unread: number;
    readonly mentions?: number;
    readonly from?: number;
}

export interface Message {
    readonly type: "message";
    readonly channel: string;
    readonly seq: number;
    readonly id: string;
    readonly from: string;
    readonly ts: number;
    readonly data?: Json;
    readonly replyTo?: number;
    readonly edited?: number;
    readonly deleted?: boolean;
    readonly reactions?: {
        readonly [emoji: string]: readonly string[];
    };
    readonly mentions?: readonly string[];
}

export interface MessageOptions {
    readonly id?: string;
    readonly replyTo?: number;
    readonly mentions?: readonly string[];
}

export interface MessagePage {
    readonly messages: readonly Message[];
    readonly next?: string;
    readonly prev?: string;
}

export interface Notice {
    readonly type: "pong" | "token_expiring" | "authenticated";
    readonly ref?: Ref;
    readonly expiresAt?: number;
}

export interface ObservedFrame {
    readonly direction: "up" | "down";
    readonly transport: TransportName;
    readonly frame: ClientFrame | ServerFrame;
}

export interface PageRequest {
    readonly before?: number | undefined;
    readonly after?: number | undefined;
    readonly limit?: number | undefined;
}

export interface Ping {
    readonly type: "ping";
    readonly ref?: Ref;
}

export interface PresenceChanges {
    readonly type: "presence";
    readonly changes: readonly UserPresence[];
}

export interface PresenceState {
    readonly type: "presence_state";
    readonly ref?: Ref;
    readonly users: readonly UserPresence[];
}

export interface Publish {
    readonly type: "publish";
    readonly ref?: Ref;
    readonly channel: string;
    readonly id: string;
    readonly data: Json;
    readonly replyTo?: number;
    readonly mentions?: readonly string[];
}

export interface React {
    readonly type: "react";
    readonly ref?: Ref;
    readonly channel: string;
    readonly seq: number;
    readonly emoji: string;
    readonly remove?: boolean;
}

export interface Receipt {
    readonly user: string;
    readonly read: number;
    readonly received: number;
}

export type Ref = number | string;

export type Request = Subscribe | Unsubscribe | Publish | Edit | Delete | React | AskPresence | Auth | Ping;

export declare class Rest {
    #private;
    channels(): Promise<readonly ChannelSummary[]>;
    channelPage(page?: {
        readonly limit?: number;
        readonly cursor?: string;
    }): Promise<ChannelPage>;
    createChannel(channel: string, members: readonly string[]): Promise<void>;
    members(channel: string): Promise<readonly Member[]>;
    messages(channel: string, page?: PageRequest): Promise<MessagePage>;
    search(channel: string, q: string, page?: PageRequest): Promise<MessagePage>;
    receipts(channel: string): Promise<readonly Receipt[]>;
    events(channel: string, page: PageRequest): Promise<EventPage>;
    publish(channel: string, message: {
        readonly id: string;
        readonly data: Json;
        readonly replyTo?: number;
        readonly mentions?: readonly string[];
    }): Promise<Accepted>;
    edit(channel: string, seq: number, change: {
        readonly data: Json;
        readonly mentions?: readonly string[];
    }): Promise<Accepted>;
    delete(channel: string, seq: number): Promise<Accepted>;
    react(channel: string, seq: number, emoji: string, remove?: boolean): Promise<Accepted>;
    read(channel: string, seq: number): Promise<void>;
    signal(channel: string, data: Json): Promise<void>;
    presence(users: readonly string[]): Promise<readonly UserPresence[]>;
    channelPresence(channel: string): Promise<ChannelPresence>;
}

export interface SendMark {
    readonly type: "read" | "received";
    readonly channel: string;
    readonly seq: number;
}

export interface SendSignal {
    readonly type: "signal";
    readonly channel: string;
    readonly data: Json;
}

export interface SendTyping {
    readonly type: "typing";
    readonly channel: string;
}

export type ServerFrame = Welcome | Subscribed | Unsubscribed | Ack | ChannelEvent | Ephemeral | PresenceChanges | PresenceState | Gap | GoAway | ErrorFrame | Notice;

export type Status = "online" | "away" | "offline";

export interface StreamPosition {
    readonly epoch: string;
    readonly seq: number;
}

export interface Subscribe {
    readonly type: "subscribe";
    readonly ref?: Ref;
    readonly channel: string;
    readonly after?: After;
}

export interface Subscribed {
    readonly type: "subscribed";
    readonly ref?: Ref;
    readonly channel: string;
    readonly epoch?: string;
    readonly head?: number;
    readonly from?: number;
    readonly recovered?: boolean;
}

export interface Token {
    readonly token: string;
    readonly expiresAt?: number;
}

export type TokenProvider = () => Promise<Token | string>;

export interface TransportChange {
    readonly from: TransportName;
    readonly to: TransportName;
    readonly reason: string;
}

export interface TransportMemory {
    load(): string | null;
    save(value: string): void;
}

export type TransportName = "websocket" | "sse" | "poll";

export interface Unsubscribe {
    readonly type: "unsubscribe";
    readonly ref?: Ref;
    readonly channel: string;
}

export interface Unsubscribed {
    readonly type: "unsubscribed";
    readonly ref?: Ref;
    readonly channel: string;
}

export interface UserPresence {
    readonly user: string;
    readonly status: Status;
    readonly lastSeen?: number;
}

export interface Welcome {
    readonly type: "welcome";
    readonly session: string;
    readonly user: string;
    readonly node: string;
    readonly heartbeat: number;
    readonly limits: {
        readonly maxMessageBytes: number;
        readonly publishPerSecond: number;
        readonly subscriptions: number;
    };
    readonly channels?: readonly Membership[];
    readonly more?: boolean;
}

export declare function closeAction(code: number): CloseAction;

export declare function newMessageId(): string;
