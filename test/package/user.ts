import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";
import { expect } from "vitest";

// What somebody who has installed the package does in his folder.

const ROOT = join(import.meta.dirname, "../..");

/** The entries of the package that are code, such as narrows/geometry. */
export const ENTRIES: readonly string[] = Object.entries(
  (JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { exports: Record<string, unknown> })
    .exports,
)
  .filter(([, target]) => typeof target === "object")
  .map(([entry]) => entry.replace(/^\./, "narrows"));

/** A page of ten lines that computes a square in the browser, and a rate-distortion function. */
const PAGE = `
import { compileProgram, input, square, toDiscreteSource, webDevice } from "narrows/web";

const program = compileProgram({ y: square(input("x", [3], { kind: "scalar" })) });
const device = await webDevice("wasm", { wasmPaths: "runtime" });
const session = await device.open(program);
const into = { y: new Float32Array(3) };
await session.run({ x: Float32Array.of(1, 2, 3) }, into);
document.body.textContent = \`\${into.y.join(", ")} \${typeof toDiscreteSource}\`;
await session.release();
`;

/** Type-checks the README's TypeScript and an import of every entry as a strict project does, and the declarations of all packages. */
export function expectTypes(folder: string, options: Readonly<Record<string, string>>): void {
  const readme = readFileSync(join(ROOT, "README.md"), "utf8");
  const examples = [...readme.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code]) => code!);
  expect(examples.length).toBeGreaterThan(0);
  const sources = join(folder, "types");
  mkdirSync(sources, { recursive: true });
  for (const [index, code] of examples.entries()) writeFileSync(join(sources, `readme-${index}.ts`), code);
  const imports = ENTRIES.map((entry, index) => `import * as room${index} from "${entry}";\n`);
  const uses = ENTRIES.map((_, index) => `console.log(Object.keys(room${index}).length);\n`);
  writeFileSync(join(sources, "rooms.ts"), [...imports, ...uses].join(""));
  const compilerOptions = {
    target: "ES2023",
    lib: ["ES2023", "DOM"],
    types: ["node"],
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noEmit: true,
    skipLibCheck: false,
    ...options,
  };
  writeFileSync(join(sources, "package.json"), '{"type":"module"}');
  writeFileSync(join(sources, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.ts"] }));
  const compiler = join(ROOT, "node_modules", "typescript", "bin", "tsc");
  const { stdout } = spawnSync(process.execPath, [compiler, "--project", sources], { encoding: "utf8" });
  // The types of vega-lite 6.4 are not valid themselves where optional properties are exact.
  const errors = stdout.split("\n").filter((line) => /^\S/.test(line) && !line.includes("/vega-lite/"));
  expect(errors).toEqual([]);
}

/** Builds the page with Vite, and returns the bytes of its own script, without the runtime's. */
export async function buildPage(folder: string): Promise<number> {
  writeFileSync(join(folder, "index.html"), '<body><script type="module" src="page.js"></script></body>');
  writeFileSync(join(folder, "page.js"), PAGE);
  const warnings: string[] = [];
  await build({
    root: folder,
    configFile: false,
    logLevel: "silent",
    build: {
      target: "es2022",
      outDir: "site",
      rolldownOptions: { onwarn: ({ message }) => void warnings.push(message) },
    },
  });
  // Of Node's modules Vite makes empty ones, and warns.
  expect(warnings.filter((message) => /node:|externalized/.test(message))).toEqual([]);
  const scripts = readdirSync(join(folder, "site", "assets")).filter((name) => /^index-.*\.js$/.test(name));
  expect(scripts).toHaveLength(1);
  const script = readFileSync(join(folder, "site", "assets", scripts[0]!), "utf8");
  expect(script).toMatch(/ort\.wasm\./);
  return script.length;
}

/** Trains and draws with the installed program, at home in an empty folder, in which nothing may appear. */
export function expectDemo(folder: string, program: readonly [string, ...string[]], home: string): void {
  const [command, ...args] = program;
  const { ORT_DISABLE_TELEMETRY: _, XDG_CACHE_HOME: __, ...environment } = process.env;
  const { status, stderr } = spawnSync(command, [...args, "demo", "--preset", "tiny", "--json"], {
    cwd: folder,
    encoding: "utf8",
    env: { ...environment, HOME: home },
  });
  expect({ status, stderr: stderr.replace(/^warning: .*\n/gm, "") }).toMatchObject({ status: 0 });
  expect(readFileSync(join(folder, "report.html"), "utf8")).toContain("</html>");
  const [run] = readdirSync(join(folder, "runs")).filter((name) => name.startsWith("demo-tiny"));
  const manifest = JSON.parse(readFileSync(join(folder, "runs", run!, "manifest.json"), "utf8"));
  const engine = JSON.parse(readFileSync(join(ROOT, "node_modules/onnxruntime-node/package.json"), "utf8"));
  expect(manifest).toMatchObject({ status: "finished", versions: { onnxruntime: engine.version } });
  expect(
    readdirSync(home, { recursive: true, encoding: "utf8" }).filter((path) => /Microsoft/.test(path)),
  ).toEqual([]);
}
