import { createInterface } from "node:readline";
import { DunlinClient } from "@dunlin/client";

const [url = "http://localhost:8080", token = ""] = process.argv.slice(2);
const client = new DunlinClient({ url, token: async () => token });
const lobby = client.channel<{ text: string }>("room:lobby");
lobby.subscribe({ event: (event) => event.type === "message" && console.log(event.from, event.data?.text) });
client.on("state", (state) => console.error(state.status, "reason" in state ? state.reason : ""));
client.start();
for await (const text of createInterface(process.stdin)) await lobby.publish({ text });
client.close();
