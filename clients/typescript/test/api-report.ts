import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

const dist = fileURLToPath(new URL("../../dist/", import.meta.url));
const STATEMENT = /^(?:export )?(?:declare )?(?:class|interface|type|const|function) (\w+)[^]*?(?=^(?:export|import|declare|\/\*\*)|(?![^]))/gm;

/** The declarations that the package exports, without their comments, in the order of the alphabet. */
export function apiReport(): string {
  const index = readFileSync(`${dist}index.d.ts`, "utf8");
  const found = new Map<string, string>();
  for (const [, names, file] of index.matchAll(/export (?:type )?(?:\{([^}]*)\}|\*) from "\.\/(.*)\.js";/g)) {
    const exported = names?.split(",").map((name) => name.replace("type ", "").trim());
    const declarations = readFileSync(`${dist}${file}.d.ts`, "utf8").replaceAll(/^ *\/\*\*[^]*?\*\/\n/gm, "");
    for (const [text, name = ""] of declarations.matchAll(STATEMENT)) {
      if (exported?.includes(name) ?? text.startsWith("export")) found.set(name, text.trim());
    }
  }
  const sorted = [...found].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, text]) => text);
  return `// What the package exports. A test compares it with the sources; "npm run api" writes it.\n\n${sorted.join("\n\n")}\n`;
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) process.stdout.write(apiReport());
