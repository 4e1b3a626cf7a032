// The TypeScript client of this project over one transport: what it surfaces and its states are lines of standard output.
const [url, token, channel, transport, client] = process.argv.slice(2);
const { DunlinClient } = await import(client);

const dunlin = new DunlinClient({ url, token: async () => token, transports: [transport] });
dunlin.on("state", (state) => console.log(JSON.stringify({ type: "state", ...state })));
dunlin.channel(channel).subscribe({
  subscribed: (answer) => console.log(JSON.stringify(answer)),
  event: (event) => console.log(JSON.stringify(event)),
  reset: (head) => console.log(JSON.stringify({ type: "reset", head })),
  failed: (error) => console.log(JSON.stringify({ type: "failed", message: error.message })),
});
dunlin.start();
