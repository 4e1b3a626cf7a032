// Before `npm pack` and `npm publish`: builds dist/ anew, also in a fresh checkout.
import { execSync } from "node:child_process";
import { copyFileSync, existsSync, rmSync } from "node:fs";

const run = (command) => execSync(command, { stdio: ["ignore", "ignore", "inherit"] });

process.chdir(import.meta.dirname ?? new URL(".", import.meta.url).pathname);
if (!existsSync("node_modules/typescript")) run("npm ci --no-audit --no-fund --loglevel=error");
rmSync("dist", { recursive: true, force: true });
run("npm run build");
copyFileSync("../../LICENSE", "LICENSE");
