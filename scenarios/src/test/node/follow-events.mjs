// The `eventsource` package: what comes is a line of standard output each, with the id that a reconnect would show.
import { EventSource } from "eventsource";

const [url, token] = process.argv.slice(2);
const source = new EventSource(url, {
  fetch: (input, init) => fetch(input, { ...init, headers: { ...init.headers, Authorization: `Bearer ${token}` } }),
});
for (const type of ["welcome", "subscribed", "message", "goaway"]) {
  source.addEventListener(type, (event) => console.log(event.data));
}
source.addEventListener("error", (event) => console.error(event.code ?? "", event.message ?? ""));
