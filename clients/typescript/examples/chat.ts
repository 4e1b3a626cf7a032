import { createInterface } from "node:readline";
import { DunlinClient } from "@dunlin/client";

const [url = "http://localhost:8080", token = ""] = process.argv.slice(2);
const client = new DunlinClient({ url, token: async () => token });
const lobby = client.channel("room:lobby");
lobby.subscribe({ event: (event) => event.type === "message" && console.log(event.from, event.data) });
client.on("state", ({ status }) => console.error(status));
client.start();
createInterface(process.stdin).on("line", (text) => lobby.publish({ text }));
