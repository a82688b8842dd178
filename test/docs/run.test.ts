import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { transformSync } from "esbuild";
import { encode } from "fast-png";
import { beforeAll, expect, test } from "vitest";
import { commandLine } from "../cli/narrows.js";
import { type Block, kindOf } from "./blocks.js";
import { built } from "./built.js";
import { BLOCKS } from "./pages.js";
import { parseCommand } from "./parse-command.js";
import { commandLines, narrowsWords } from "./shell.js";

// The commands of README, docs/runs.md and the how-tos are run for real, in one folder, on small data and networks. Those of the
// tutorials are run as they stand by `npm run test:site`; those of the other pages of docs/ record what was measured with data that are
// not here, and are only read (blocks.test.ts).

const ROOT = join(import.meta.dirname, "../..");
const { folder, narrows } = commandLine("pages");
const { loadConfiguration } =
  await built<typeof import("../../src/configuration/load.js")>("configuration/load.js");

/** What makes any training of a page small. */
const SMALL = [
  "model.encoder={type: dense, units: [8]}",
  "model.decoder={type: dense, units: [8]}",
  "training.steps=6",
];
const SMALL_CORRIDORS = ["data.corridors.samples=400", ...SMALL];

/** Commands that are read but not run, and why. */
const NOT_RUN: readonly RegExp[] = [
  /^(demo|reproduce)\b/, // minutes
  /--on slurm/, // wants a scheduler: test/cluster
  /some-run/,
];

const runs = (page: string) =>
  page === "README.md" || page === "docs/runs.md" || page.startsWith("site/how-to/");
/** README first: its two runs are those that the how-tos look at. */
const PAGES = [...new Set(BLOCKS.map(({ page }) => page))].filter(runs);
const PLAIN = "name: my\ndata: { corridors: { samples: 400 } }\n";

function write(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

beforeAll(() => {
  symlinkSync(join(ROOT, "configs"), join(folder, "configs"));
  const side = 16;
  const names = Array.from({ length: 100 }, (_, k) => `${k}.png`);
  for (const [k, name] of names.entries()) {
    const data = Uint8Array.from({ length: side * side }, (_, p) => ((p * (k + 3)) % 17) * 15);
    write(`my-images/${name}`, encode({ width: side, height: side, channels: 1, depth: 8, data }));
  }
  write(
    "my-images/labels.csv",
    ["file,kind,age", ...names.map((name, k) => `${name},${k % 2 ? "cat" : "dog"},${k % 7}`)].join("\n"),
  );
  const mazes = Array.from({ length: 120 }, (_, k) => {
    const pixels = Array.from({ length: 169 }, (_, p) => ((p * (k + 2)) % 5 ? 0 : 1));
    return [k % 13, (5 * k) % 13, ...pixels].join(",");
  });
  write("mazes.csv", mazes.join("\n"));
  const fixtures = join(ROOT, "test/import/fixtures");
  cpSync(join(fixtures, "tiny-vae.ckpt"), join(folder, "last.ckpt"));
  write("hparams.yaml", `${PLAIN}model: { channel: { dimensions: 2 } }\n`);
});

/** `runs/my-*` is what a shell makes of it. */
function expanded(word: string): string[] {
  const [, inFolder, start, end] = /^([\w-]+)\/([\w-]*)\*([\w-]*)$/.exec(word) ?? [];
  if (inFolder === undefined) return [word];
  return readdirSync(join(folder, inFolder))
    .filter((name) => name.startsWith(start!) && name.endsWith(end!))
    .sort()
    .map((name) => `${inFolder}/${name}`);
}

/** The words, with what makes a training small, and with leave to write a file a second time. */
async function smallWords(words: readonly string[]): Promise<string[]> {
  const { options } = (await parseCommand(words))!;
  const added = options.force === false ? ["--force"] : [];
  // What makes the run small ends it before its epochs: it is prolonged by that.
  if (words[0] === "resume" && words.includes("--set")) return [...words, "--set", "training.steps=8"];
  if ((words[0] !== "train" && words[0] !== "sweep") || typeof options.config !== "string")
    return [...words, ...added];
  const { data, model } = loadConfiguration(join(folder, options.config)).configuration;
  const small =
    model.type === "classifier" ? ["training.steps=6"] : "corridors" in data ? SMALL_CORRIDORS : SMALL;
  return [...words, ...added, ...small.flatMap((set) => ["--set", set])];
}

async function runPage(page: string, failed: string[]): Promise<number> {
  let count = 0;
  write("my.yaml", PLAIN);
  for (const block of BLOCKS.filter((each) => each.page === page)) {
    if (block.file !== undefined && kindOf(block) !== "table") write(block.file, block.lines.join("\n"));
    if (kindOf(block) === "python" && !runPython(block)) return count;
    if (kindOf(block) === "yaml") checkYaml(block);
    if (kindOf(block) !== "commands") continue;
    for (const line of commandLines(block.lines.map((each) => each.replaceAll(/\$\(.*?\)/g, "some-run")))) {
      const words = narrowsWords(line)?.flatMap(expanded);
      if (words === undefined || NOT_RUN.some((pattern) => pattern.test(words.join(" ")))) continue;
      count++;
      const { status, stderr } = await narrows(...(await smallWords(words)));
      if (status !== 0) failed.push(`${page}:${block.line}: ${line}: ${stderr}`);
    }
  }
  return count;
}

/** A whole configuration, or the block of a cluster's options that others extend. */
function checkYaml({ page, line, file, lines }: Block): void {
  const name = file ?? "block.yaml";
  // Of a scheduler; and one with parts of one's own, which test/extension trains.
  if (/^(apiVersion|parts):/.test(lines[0]!)) return;
  write(name, lines.join("\n"));
  expect(() => loadConfiguration(join(folder, name)), `${page}:${line}`).not.toThrow();
}

const python = spawnSync("python3", ["-c", "import numpy"]).status === 0;
if (!python)
  console.log(
    "skipped: blocks of Python in pages, and what follows them, since python3 with numpy is not here",
  );

function runPython({ file, lines }: Block): boolean {
  if (!python || lines.some((line) => line.includes("torch.nn"))) return false;
  write(file ?? "block.py", lines.join("\n"));
  execFileSync("python3", [file ?? "block.py"], { cwd: folder });
  return true;
}

let count = 0;

// A test for each page: together they may take longer than a test may on a slow machine.
test.each(PAGES)("the commands of %s do what the page says", async (page) => {
  const failed: string[] = [];
  count += await runPage(page, failed);
  expect(failed).toEqual([]);
});

test("few commands are left out", () => {
  // Where python3 has no numpy, those that measure its arrays are.
  expect(count).toBeGreaterThan(40);
});

test("YAML of docs is a configuration, or a part of one", () => {
  const blocks = BLOCKS.filter((block) => kindOf(block) === "yaml" && block.page.startsWith("docs/"));
  expect(blocks.length).toBeGreaterThan(1);
  write("initial.pt", "");
  for (const block of blocks) checkYaml(block);
});

test("the TypeScript of the how-tos runs", () => {
  write(
    "my.yaml",
    `${PLAIN}model:\n  encoder: { type: dense, units: [8] }\n  decoder: { type: dense, units: [8] }\ntraining: { steps: 4 }\n`,
  );
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(ROOT, join(folder, "node_modules/narrows"));
  const blocks = BLOCKS.filter(
    (block) =>
      kindOf(block) === "typescript" && (block.page.startsWith("site/") || block.page === "README.md"),
  );
  for (const [k, { lines }] of blocks.entries()) {
    const code = lines.join("\n").replace('"baseline.yaml"', '"my.yaml"');
    write(`block-${k}.mjs`, transformSync(code, { loader: "ts" }).code);
  }
  // In one process: the library is loaded once.
  write("all.mjs", blocks.map((_, k) => `await import("./block-${k}.mjs");`).join("\n"));
  const { status, stderr } = spawnSync(process.execPath, ["all.mjs"], { cwd: folder, encoding: "utf8" });
  expect(stderr).toBe("");
  expect(status).toBe(0);
  expect(readFileSync(join(folder, "bound.pdf")).subarray(0, 5).toString()).toBe("%PDF-");
});
