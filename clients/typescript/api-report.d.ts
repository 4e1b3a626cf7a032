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
    readonly users?: readonly string[];
    readonly contacts?: true;
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

export interface Change {
    readonly channel: string;
    readonly seq: number;
    readonly target: number;
    readonly from: string;
    readonly ts: number;
}

export type Changed<Data = Json> = Edited<Data> | Deleted | Reacted;

export declare class Channel<Data = Json> {
    #private;
    readonly name: string;
    subscribe(listener: ChannelListener<Data>, after?: After): () => void;
    publish<Given>(data: Outgoing<Data, Given>, options?: MessageOptions): Promise<Ack>;
    edit<Given>(seq: number, data: Outgoing<Data, Given>, mentions?: readonly string[]): Promise<Ack>;
    delete(seq: number): Promise<Ack>;
    react(seq: number, emoji: string, remove?: boolean): Promise<Ack>;
    signal<Given>(data: Outgoing<Data, Given>): void;
    typing(): void;
    read(seq: number): void;
    received(seq: number): void;
    history(range?: HistoryRange): AsyncGenerator<Message<Data>, void>;
    historyPages(range?: HistoryRange): AsyncGenerator<readonly Message<Data>[], void>;
    members(): Promise<readonly Member[]>;
    get presence(): RealtimePresence;
}

export type ChannelEvent<Data = Json> = Message<Data> | Changed<Data> | MemberChanged;

export interface ChannelListener<Data = Json> {
    event?(event: ChannelEvent<Data>): void;
    ephemeral?(frame: Ephemeral<Data>): void;
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
    readonly users: readonly (UserPresence | ChannelUser)[];
    readonly partial?: boolean;
    readonly next?: string;
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

export interface ChannelUser<Data = Json> {
    readonly user: string;
    readonly since: number;
    readonly data?: Data;
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
    readonly device?: Device;
    readonly idleAfter?: number;
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

export interface Deleted extends Change {
    readonly type: "deleted";
}

export type Device = "web" | "mobile" | "desktop";

export interface Draft<Data = Json> extends MessageOptions {
    readonly channel: string;
    readonly data: Data;
}

export declare class DunlinClient {
    #private;
    readonly rest: Rest;
    constructor({ url, token, transports, socket, fetch, device, idleAfter, queueCapacity, memory, clock, random }: ClientOptions);
    get state(): ConnectionState;
    get queued(): number;
    on<Name extends keyof ClientEvents>(name: Name, listener: (value: ClientEvents[Name]) => void): () => void;
    start(): void;
    close(atMostMs?: number): Promise<void>;
    stop(): void;
    useTransports(transports: readonly TransportName[]): void;
    channel<Data = Json>(name: string): Channel<Data>;
    subscribe<Data = Json>(channel: string, listener: ChannelListener<Data>, after?: After): () => void;
    publish<Data>(draft: Draft<Data & Payload<Data>>): Promise<Ack>;
    edit<Data>(channel: string, seq: number, data: Data & Payload<Data>, mentions?: readonly string[]): Promise<Ack>;
    delete(channel: string, seq: number): Promise<Ack>;
    react(channel: string, seq: number, emoji: string, remove?: boolean): Promise<Ack>;
    signal<Data>(channel: string, data: Data & Payload<Data>): void;
    typing(channel: string): void;
    typed(channel: string): void;
    read(channel: string, seq: number): void;
    received(channel: string, seq: number): void;
    setAway(away: boolean): void;
    watchPresence(users: readonly string[]): void;
    watchContacts(): void;
    ping(): Promise<number>;
    history<Data = Json>(channel: string, range?: HistoryRange): AsyncGenerator<Message<Data>, void>;
    historyPages<Data = Json>(channel: string, range?: HistoryRange): AsyncGenerator<readonly Message<Data>[], void>;
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

export interface Edited<Data = Json> extends Change {
    readonly type: "edited";
    readonly data?: Data;
    readonly mentions?: readonly string[];
    readonly deleted?: boolean;
}

export interface Enter {
    readonly type: "enter" | "update";
    readonly ref?: Ref;
    readonly channel: string;
    readonly data?: Json;
}

export type Ephemeral<Data = Json> = Signal<Data> | Typing | Mark;

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

export interface Leave {
    readonly type: "leave";
    readonly ref?: Ref;
    readonly channel: string;
}

export interface Mark {
    readonly type: "read" | "received";
    readonly channel: string;
    readonly from: string;
    readonly seq: number;
}

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

export interface Message<Data = Json> {
    readonly type: "message";
    readonly channel: string;
    readonly seq: number;
    readonly id: string;
    readonly from: string;
    readonly ts: number;
    readonly data?: Data;
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

export interface MessagePage<Data = Json> {
    readonly messages: readonly Message<Data>[];
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

export interface Occupancy {
    readonly users: number;
    readonly links: number;
}

export interface OccupancyChange extends Occupancy {
    readonly type: "occupancy";
    readonly channel: string;
}

export type Outgoing<Data, Given> = Json extends Data ? Given & Payload<Given> : Payload<Data>;

export interface OwnPresence extends UserPresence {
    readonly choice: StatusChoice;
    readonly visibleTo: VisibleTo;
}

export interface PageRequest {
    readonly before?: number | undefined;
    readonly after?: number | undefined;
    readonly limit?: number | undefined;
}

export type Payload<Data> = Data extends Json ? Data : Data extends ((...args: never[]) => unknown) | symbol | bigint | undefined ? never : {
    readonly [Key in keyof Data]: Payload<Exclude<Data[Key], undefined>> | Extract<Data[Key], undefined>;
};

export interface Ping {
    readonly type: "ping";
    readonly ref?: Ref;
}

export interface PresenceAck {
    readonly type: "presence_ack";
    readonly ref?: Ref;
    readonly channel: string;
}

export interface PresenceChanges {
    readonly type: "presence";
    readonly changes: readonly UserPresence[];
}

export interface PresenceDiff {
    readonly type: "presence_diff";
    readonly channel: string;
    readonly entered?: readonly ChannelUser[];
    readonly updated?: readonly ChannelUser[];
    readonly left?: readonly string[];
}

export interface PresenceEvents {
    enter: ChannelUser;
    update: ChannelUser;
    leave: ChannelUser;
    sync: ReadonlyMap<string, ChannelUser>;
    occupancy: Occupancy;
    failed: DunlinError;
}

export interface PresenceState {
    readonly type: "presence_state";
    readonly ref?: Ref;
    readonly users: readonly UserPresence[];
    readonly more?: boolean;
}

export interface PresenceSync {
    readonly type: "presence_sync";
    readonly ref?: Ref;
    readonly channel: string;
    readonly users: readonly ChannelUser[];
    readonly occupancy: Occupancy;
    readonly partial?: boolean;
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

export interface Reacted extends Change {
    readonly type: "reacted";
    readonly emoji: string;
    readonly remove?: boolean;
}

export declare class RealtimePresence {
    #private;
    readonly channel: string;
    get members(): ReadonlyMap<string, ChannelUser>;
    get occupancy(): Occupancy | undefined;
    get partial(): boolean;
    on<Name extends keyof PresenceEvents>(name: Name, listener: (value: PresenceEvents[Name]) => void): () => void;
    enter<Data>(data?: Data & Payload<Data>): Promise<void>;
    update<Data>(data: Data & Payload<Data>): Promise<void>;
    leave(): Promise<void>;
    follow(): Promise<ReadonlyMap<string, ChannelUser>>;
    unfollow(): Promise<void>;
}

export interface Receipt {
    readonly user: string;
    readonly read: number;
    readonly received: number;
}

export type Ref = number | string;

export type Request = Subscribe | Unsubscribe | Publish | Edit | Delete | React | AskPresence | Enter | Leave | SyncPresence | Auth | Ping;

export declare class Rest {
    #private;
    channels(): Promise<readonly ChannelSummary[]>;
    channelPage(page?: {
        readonly limit?: number;
        readonly cursor?: string;
    }): Promise<ChannelPage>;
    createChannel(channel: string, members: readonly string[]): Promise<void>;
    members(channel: string): Promise<readonly Member[]>;
    messages<Data = Json>(channel: string, page?: PageRequest): Promise<MessagePage<Data>>;
    search<Data = Json>(channel: string, q: string, page?: PageRequest): Promise<MessagePage<Data>>;
    receipts(channel: string): Promise<readonly Receipt[]>;
    events(channel: string, page: PageRequest): Promise<EventPage>;
    publish<Data>(channel: string, message: {
        readonly id: string;
        readonly data: Data & Payload<Data>;
        readonly replyTo?: number;
        readonly mentions?: readonly string[];
    }): Promise<Accepted>;
    edit<Data>(channel: string, seq: number, change: {
        readonly data: Data & Payload<Data>;
        readonly mentions?: readonly string[];
    }): Promise<Accepted>;
    delete(channel: string, seq: number): Promise<Accepted>;
    react(channel: string, seq: number, emoji: string, remove?: boolean): Promise<Accepted>;
    read(channel: string, seq: number): Promise<void>;
    signal<Data>(channel: string, data: Data & Payload<Data>): Promise<void>;
    presence(users: readonly string[]): Promise<readonly UserPresence[]>;
    channelPresence(channel: string, page?: {
        readonly limit?: number;
        readonly cursor?: string;
    }): Promise<ChannelPresence>;
    occupancy(channel: string): Promise<Occupancy>;
    ownPresence(): Promise<OwnPresence>;
    setStatus(choice?: StatusChoice): Promise<OwnPresence>;
    setVisibility(visibleTo?: VisibleTo): Promise<OwnPresence>;
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

export type ServerFrame = Welcome | Subscribed | Unsubscribed | Ack | ChannelEvent | Ephemeral | PresenceChanges | PresenceState | PresenceAck | PresenceSync | PresenceDiff | OccupancyChange | Gap | GoAway | ErrorFrame | Notice;

export interface Signal<Data = Json> {
    readonly type: "signal";
    readonly channel: string;
    readonly from: string;
    readonly data: Data;
}

export type Status = "online" | "away" | "offline" | "unknown";

export interface StatusChoice {
    readonly status?: "auto" | "away" | "dnd" | "invisible";
    readonly text?: string;
    readonly emoji?: string;
    readonly until?: number;
}

export interface StreamPosition {
    readonly epoch: string;
    readonly seq: number;
}

export interface Subscribe {
    readonly type: "subscribe";
    readonly ref?: Ref;
    readonly channel: string;
    readonly after?: After;
    readonly occupancy?: boolean;
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

export interface SyncPresence {
    readonly type: "presence_sync";
    readonly ref?: Ref;
    readonly channel: string;
    readonly follow?: boolean;
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

export interface Typing {
    readonly type: "typing";
    readonly channel: string;
    readonly from: string;
}

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
    readonly devices?: {
        readonly [kind in Device]?: "online" | "away";
    };
    readonly dnd?: boolean;
    readonly text?: string;
    readonly emoji?: string;
    readonly until?: number;
}

export type VisibleTo = "contacts" | "members" | "everyone" | "nobody";

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
