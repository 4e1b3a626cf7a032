import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { apiReport } from "./api-report.js";
import { TestServer } from "./test-server.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const MOST_BYTES = 13_700;

test(`the whole client is under ${MOST_BYTES} bytes, minified and compressed`, async (context) => {
  const { outputFiles } = await build({
    entryPoints: [`${root}src/index.ts`],
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    write: false,
  });
  const bytes = gzipSync(outputFiles[0]?.contents ?? "", { level: 9 }).length;
  context.diagnostic(`${bytes} bytes`);
  assert.ok(bytes > 1_000 && bytes < MOST_BYTES, `${bytes} bytes`);
});

test("what the package exports is what api-report.d.ts says", () => {
  assert.equal(apiReport(), readFileSync(`${root}api-report.d.ts`, "utf8"), 'meant so? then "npm run api"');
});

test("npm packs what a stranger needs: the built files with types and sources, and no other package", async (context) => {
  const place = mkdtempSync(join(tmpdir(), "dunlin-client-"));
  context.after(() => rmSync(place, { recursive: true }));
  execFileSync("npm", ["pack", "--ignore-scripts", "--pack-destination", place], { cwd: root, stdio: "ignore" });
  const [tarball] = readdirSync(place);
  assert.match(tarball ?? "", /^dunlin-client-[0-9.]+\.tgz$/);
  const home = join(place, "node_modules", "@dunlin");
  mkdirSync(home, { recursive: true });
  execFileSync("tar", ["-xzf", join(place, tarball ?? ""), "-C", home]);
  renameSync(join(home, "package"), join(home, "client"));

  const files = readdirSync(join(home, "client"), { recursive: true, encoding: "utf8" });
  for (const file of ["package.json", "README.md", "dist/index.js", "dist/index.d.ts", "dist/index.js.map", "src/index.ts"]) {
    assert.ok(files.includes(file), file);
  }
  assert.deepEqual(files.filter((file) => !/^(dist|src)(\/|$)|^(package\.json|README\.md|LICENSE)$/.test(file)), []);
  const manifest = JSON.parse(readFileSync(join(home, "client", "package.json"), "utf8")) as Record<string, unknown>;
  assert.deepEqual([manifest["dependencies"], manifest["peerDependencies"]], [undefined, undefined]);

  writeFileSync(join(place, "stranger.mjs"), 'import { DunlinClient, newMessageId } from "@dunlin/client"; console.log(typeof DunlinClient, newMessageId().length > 8);');
  assert.equal(execFileSync(process.execPath, ["stranger.mjs"], { cwd: place, encoding: "utf8" }), "function true\n");
});

test("npm pack builds in a fresh checkout, and every kind of resolver finds the package and its types", async (context) => {
  const place = mkdtempSync(join(tmpdir(), "dunlin-fresh-"));
  context.after(() => rmSync(place, { recursive: true }));
  const checkout = join(place, "clients", "typescript");
  for (const file of ["package.json", "prepack.mjs", "README.md", "tsconfig.json", "tsconfig.build.json", "src"]) {
    cpSync(`${root}${file}`, join(checkout, file), { recursive: true });
  }
  writeFileSync(join(place, "LICENSE"), "the licence");
  symlinkSync(`${root}node_modules`, join(checkout, "node_modules"));
  const project = join(place, "project");
  mkdirSync(project);
  execFileSync("npm", ["pack", "--pack-destination", project], { cwd: checkout, stdio: "ignore" });
  const [tarball = ""] = readdirSync(project);
  writeFileSync(join(project, "package.json"), '{ "type": "module", "private": true }');
  execFileSync("npm", ["install", "--offline", "--no-audit", "--no-fund", tarball], { cwd: project, stdio: "ignore" });
  assert.ok(existsSync(join(project, "node_modules/@dunlin/client/LICENSE")));
  writeFileSync(
    join(project, "move.ts"),
    `import { DunlinClient } from "@dunlin/client";
interface Move { x: number; y: number }
const client = new DunlinClient({ url: "http://localhost:1", token: async () => "t" });
client.channel<Move>("room:board").subscribe({ event: (event) => event.type === "message" && console.log(event.data?.x) });
console.log(client.state.status);
client.close();
`,
  );
  const compile = (tsc: string, ...options: string[]) =>
    execFileSync(process.execPath, [tsc, "--strict", "--skipLibCheck", "--target", "es2022", ...options, "move.ts"], { cwd: project, encoding: "utf8" });
  const newest = `${root}node_modules/typescript/lib/tsc.js`;
  compile(newest, "--module", "es2022", "--moduleResolution", "bundler", "--noEmit", "--lib", "es2022,dom");
  compile(newest, "--module", "node16", "--moduleResolution", "node16", "--lib", "es2022,dom");
  assert.equal(execFileSync(process.execPath, ["move.js"], { cwd: project, encoding: "utf8" }), "idle\n");
  // The newest TypeScript has no `node10` any more; the one that makes the reference does.
  const older = `${root}reference/node_modules/typescript/lib/tsc.js`;
  if (!existsSync(older)) context.diagnostic("not compiled with node10: npm ci in reference/ brings the TypeScript for it");
  else compile(older, "--module", "es2022", "--moduleResolution", "node10", "--ignoreDeprecations", "6.0", "--noEmit", "--lib", "es2022,dom");
});

const example = readFileSync(`${root}examples/chat.ts`, "utf8");

for (const readme of ["README.md", "../../README.md"]) {
  test(`${readme} shows the example that is tested here`, { skip: !existsSync(`${root}${readme}`) }, () => {
    assert.ok(readFileSync(`${root}${readme}`, "utf8").includes(`\`\`\`ts\n${example}\`\`\``));
  });
}

test("ten lines chat, with the package as it is built", async (context) => {
  assert.equal(example.split("\n").filter((line) => line !== "").length, 10);
  const server = await new TestServer().start();
  const chats = ["one", "two"].map((token) =>
    spawn(process.execPath, [`${root}build/examples/chat.js`, server.url, token], { stdio: ["pipe", "pipe", "inherit"] }),
  );
  context.after(async () => {
    for (const chat of chats) chat.kill();
    await server.stop();
  });
  const said = chats.map((chat) => new Promise<string>((resolve) => chat.stdout?.once("data", (line: Buffer) => resolve(line.toString()))));
  const ended = chats.map((chat) => new Promise((resolve) => chat.once("exit", resolve)));
  while (server.hearers("room:lobby") < 2) await new Promise((resolve) => setTimeout(resolve, 10));
  chats[0]?.stdin?.write("hello\n");
  assert.deepEqual(await Promise.all(said), ["alice hello\n", "alice hello\n"]);
  for (const chat of chats) chat.stdin?.end();
  assert.deepEqual(await Promise.all(ended), [0, 0], "the example ends with its input");
});
