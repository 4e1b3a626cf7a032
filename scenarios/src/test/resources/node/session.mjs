// Run by TypeScriptClientIT: two people on the real suite. One hears while transports are taken away from under it and its node
// is killed. Prints what to kill as "kill NODE", waits for an answer on standard input, and ends with a line of JSON.
import { createInterface } from "node:readline";

const [script, url, channel, ann, ben] = process.argv.slice(2);
const { DunlinClient } = await import(script);

const GIVE_UP_MS = 150_000;
const EACH = 15;
const ALL = ["websocket", "sse", "poll"];

setTimeout(() => {
  console.log(`gave up while ${step}`, { transports, published: acks.length, heard: heard.length, wrong, state: listener.state });
  process.exit(3);
}, GIVE_UP_MS).unref();
let step = "starting";

const tokenOf = (user) => async () => {
  const headers = { "Content-Type": "application/json" };
  return (await fetch(`${url}/dev/tokens`, { method: "POST", headers, body: JSON.stringify({ user }) })).json();
};

/** What stands on the way: refuses and cuts what is blocked, by real answers of the server. */
const blocked = new Set();
const open = new Set();
class Socket extends WebSocket {
  constructor(address, protocols) {
    super(blocked.has("websocket") ? address.replace("/v1/ws", "/dev/nowhere") : address, protocols);
    const cut = () => this.close(4002);
    open.add(cut);
    this.addEventListener("close", () => open.delete(cut));
  }
}
const through = (address, init) => {
  if (!new URL(address).pathname.startsWith("/v1/events")) return fetch(address, init);
  if (blocked.has("sse")) return fetch(`${url}/dev/nowhere`, init);
  const cut = new AbortController();
  open.add(() => cut.abort());
  return fetch(address, { ...init, signal: AbortSignal.any([init.signal, cut.signal].filter(Boolean)) });
};
const block = (transport) => {
  blocked.add(transport);
  for (const cut of open) cut();
  open.clear();
};

const acks = [];
const wrong = [];
const heard = [];
const transports = [];
const presence = new Map();
const listener = new DunlinClient({ url, token: tokenOf(ben), socket: Socket, fetch: through });
let before = {};
listener.on("state", (state) => {
  // A stream says anew that it is online each time that it is asked for.
  const isNew = before.status !== "online" || before.transport !== state.transport;
  if (state.status === "online" && isNew) transports.push(state.transport);
  before = state;
});
listener.on("presence", (users) => users.forEach(({ user, status }) => presence.set(user, status)));
listener.on("error", (error) => wrong.push(`error: ${error.message}`));
let subscribed = false;
listener.subscribe(channel, {
  subscribed: () => (subscribed = true),
  event: (event) => event.type === "message" && heard.push(event),
  reset: (head) => wrong.push(`reset at ${head}`),
  failed: (error) => wrong.push(`failed: ${error.message}`),
});
const talker = new DunlinClient({ url, token: tokenOf(ann) });

async function until(what, condition) {
  step = what;
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}
const isOn = (transport) => () => listener.state.status === "online" && listener.state.transport === transport;
const more = async (what) => {
  const from = heard.length;
  await until(`hearing more ${what}`, () => heard.length >= from + EACH);
};

listener.start();
talker.start();
await until("connecting", isOn("websocket"));
// What is said before is not heard: a subscription without a position begins with what comes next.
await until("subscribing", () => subscribed);
listener.watchPresence([ann]);

let number = 0;
const talk = setInterval(() => {
  const who = ++number % 3 === 0 ? listener : talker;
  acks.push(who.publish({ channel, data: { text: `number ${number}` } }));
}, 50);

await more("by WebSocket");
await until("seeing the other", () => presence.get(ann) === "online");
talker.setAway(true);
await until("seeing the other away", () => presence.get(ann) === "away");

block("websocket");
await until("falling back to SSE", isOn("sse"));
await more("by SSE");
block("sse");
await until("falling back to polling", isOn("poll"));
await more("by polling");
blocked.clear();
listener.useTransports(ALL);
await until("coming back up", isOn("websocket"));
await more("by WebSocket again");

const count = transports.length;
const lines = createInterface(process.stdin)[Symbol.asyncIterator]();
console.log(`kill ${listener.state.node}`);
await lines.next();
await until("coming back after the loss", () => transports.length > count && listener.state.status === "online");
await more("from another node");

clearInterval(talk);
step = "waiting for each ack";
const seqs = (await Promise.all(acks)).map(({ seq }) => seq).sort((one, other) => one - other);
await until("hearing the last", () => heard.length >= acks.length);

heard.forEach(({ seq }, place) => seq === seqs[place] || wrong.push(`${seq} was heard in the place of ${seqs[place]}`));
step = "reading the history";
const history = [];
for await (const { seq } of listener.history(channel, { limit: 40 })) history.unshift(seq);
if (history.join() !== seqs.join()) wrong.push("the history is another");
console.log(JSON.stringify({ transports, published: acks.length, heard: heard.length, wrong }));
listener.close();
talker.close();
process.exit(0);
