// The `ws` package as a pipe: each line of standard input is sent, each text that comes is a line of standard output.
import { createInterface } from "node:readline";
import WebSocket from "ws";

const [url, token] = process.argv.slice(2);
const socket = new WebSocket(url, "dunlin.v1", { headers: { Authorization: `Bearer ${token}` } });
socket.on("open", () => createInterface({ input: process.stdin }).on("line", (line) => socket.send(line)));
socket.on("message", (text) => console.log(text.toString()));
socket.on("close", (code) => {
  console.log(JSON.stringify({ type: "closed", code }));
  process.exit(0);
});
socket.on("error", (error) => console.error(error.message));
