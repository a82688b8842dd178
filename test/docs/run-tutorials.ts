/**
 * Runs every tutorial of the site as a reader does: writes its files, runs its commands in order in an empty folder, and compares what
 * they print with what the page shows, up to numbers. `npm run test:site`; with `-- --pictures` it also copies the pictures that the
 * commands drew into the site, and `-- --only NAME` runs one tutorial.
 */
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, delimiter, dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { type Block, blocksOf, kindOf } from "./blocks.js";
import { commandLines } from "./shell.js";

const ROOT = process.cwd();
const TUTORIALS = join(ROOT, "site/tutorials");
const { values: options } = parseArgs({
  options: { pictures: { type: "boolean", default: false }, only: { type: "string" } },
});

let failures = 0;
for (const page of readdirSync(TUTORIALS).filter((name) => name.endsWith(".md") && name !== "index.md")) {
  const name = basename(page, ".md");
  if (options.only !== undefined && options.only !== name) continue;
  const begun = performance.now();
  runTutorial(name, readFileSync(join(TUTORIALS, page), "utf8"));
  process.stdout.write(`${name}: ${((performance.now() - begun) / 1000).toFixed(0)} s\n`);
}
if (failures > 0) process.exitCode = 1;

function runTutorial(name: string, text: string): void {
  const folder = mkdtempSync(join(tmpdir(), `narrows-tutorial-${name}-`));
  const path = programs(folder);
  let printed = "";
  try {
    for (const block of blocksOf(`site/tutorials/${name}.md`, text)) {
      if (block.file !== undefined) write(join(folder, block.file), `${block.lines.join("\n")}\n`);
      else if (kindOf(block) === "commands") printed = runBlock(block, folder, path);
      else if (kindOf(block) === "output") compare(block, printed);
    }
    checkPictures(name, text, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A folder on the path in which `npx narrows` is the program of this checkout. */
function programs(folder: string): string {
  const bin = join(folder, "node_modules/.bin");
  mkdirSync(bin, { recursive: true });
  symlinkSync(ROOT, join(folder, "node_modules/narrows"));
  const program = join(ROOT, "dist/cli/main.js");
  // As npm does when it installs one: the compiler writes no programs.
  chmodSync(program, 0o755);
  symlinkSync(program, join(bin, "narrows"));
  return [bin, process.env.PATH ?? ""].join(delimiter);
}

/** Everything that the commands of a block print on both streams; stops at the first that fails. */
function runBlock(block: Block, folder: string, path: string): string {
  let printed = "";
  for (const line of commandLines(block.lines)) {
    process.stdout.write(`  $ ${line}\n`);
    const begun = performance.now();
    const { status, stdout, stderr } = spawnSync("bash", ["-c", line], {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, PATH: path },
      maxBuffer: 2 ** 26,
    });
    const seconds = (performance.now() - begun) / 1000;
    process.stdout.write(`${stdout.replace(/^/gm, "    ").trimEnd()}\n    (${seconds.toFixed(1)} s)\n`);
    if (status !== 0) fail(block, `"${line}" ended with ${status}: ${stderr}`);
    printed += stdout + stderr;
  }
  return printed;
}

/** The lines of a page stand in what was printed, in order; numbers may differ in their digits, and "..." skips lines. */
function compare(block: Block, printed: string): void {
  const lines = printed.split("\n").map(withoutNumbers);
  let at = 0;
  for (const [k, line] of block.lines.entries()) {
    if (line.trim() === "" || line.trim() === "...") continue;
    const found = lines.findIndex((other, from) => from >= at && other.startsWith(withoutNumbers(line)));
    if (found < 0) {
      fail({ ...block, line: block.line + k }, `no command printed "${line}"`);
      return;
    }
    at = found + 1;
  }
}

function withoutNumbers(line: string): string {
  return line
    .replace(/[-+]?\d[\d,.]*(e[-+]?\d+)?/g, "N")
    .replace(/\s+/g, " ")
    .trim();
}

/** Pictures of the page come from its commands: ./images/NAME/file.png is the file.png that one of them wrote. */
function checkPictures(name: string, text: string, folder: string): void {
  for (const [, file] of text.matchAll(new RegExp(`\\]\\(\\./images/${name}/([^)]+)\\)`, "g"))) {
    const drawn = join(folder, file!);
    if (!existsSync(drawn)) {
      fail({ page: `site/tutorials/${name}.md`, line: 1 }, `no command drew ${file}`);
    } else if (options.pictures) {
      mkdirSync(join(TUTORIALS, "images", name), { recursive: true });
      cpSync(drawn, join(TUTORIALS, "images", name, file!));
    }
  }
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function fail({ page, line }: Pick<Block, "page" | "line">, what: string): void {
  failures++;
  process.stderr.write(`${page}:${line}: ${what}\n`);
}
