import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Block, blocksOf, kindOf } from "./blocks.js";
import { BLOCKS, PAGES } from "./pages.js";
import { parseCommand } from "./parse-command.js";
import { commandLines, narrowsWords, wordsOf } from "./shell.js";

// Every block of README, docs and site is known to a test: run.test.ts runs, this file reads, types.test.ts checks types.

const ROOT = join(import.meta.dirname, "../..");
const SCRIPTS = (JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { scripts: object }).scripts;

test("the reader finds fenced and indented blocks, their lines, languages and files, and no lists", () => {
  const text =
    "a\n\n    narrows runs\n\n    npm test\n\n- item\n\n    of the item\n\n```yaml [a.yaml]\nname: a\n```\n";
  expect(blocksOf("p.md", text)).toEqual([
    { page: "p.md", line: 3, language: undefined, file: undefined, lines: ["narrows runs", "", "npm test"] },
    { page: "p.md", line: 12, language: "yaml", file: "a.yaml", lines: ["name: a"] },
  ]);
  expect(() => blocksOf("p.md", "```sh\nnarrows")).toThrow("p.md:1: the block is not closed");
  expect(() => kindOf(blocksOf("p.md", "```cobol\nx\n```")[0]!)).toThrow(
    'p.md:2: no test knows blocks of "cobol"',
  );
});

test("the reader of command lines keeps quoted words together and leaves comments out", () => {
  expect(commandLines(["a b # c", "", "# d", "e \\", "  f && g"])).toEqual(["a b", "e    f", "g"]);
  expect(wordsOf(`--where 'rate<1 tag=x' "a b"c`)).toEqual(["--where", "rate<1 tag=x", "a bc"]);
  expect(narrowsWords("npx narrows runs -q")).toEqual(["runs", "-q"]);
  expect(narrowsWords("npm test")).toBeUndefined();
});

test("every block is of a kind that is tested", () => {
  expect(BLOCKS.length).toBeGreaterThan(80);
  for (const block of BLOCKS) kindOf(block);
});

test("no command has run into the text around it: each stands in a block or in backticks", () => {
  const loose = PAGES.flatMap(({ path, text }) => {
    const lines = text.split("\n");
    for (const block of blocksOf(path, text)) {
      lines.fill("", block.line - 1, block.line - 1 + block.lines.length);
    }
    const prose = lines.join("\n").replace(/`[^`]*`/g, "");
    const commands =
      prose.match(/\b(npx narrows|npm (ci|run|install|i)\b|python3 -m|export [A-Z_]+=).*/g) ?? [];
    return commands.map((command) => `${path}: ${command}`);
  });
  expect(loose).toEqual([]);
});

const LINES = BLOCKS.filter((block) => kindOf(block) === "commands").flatMap((block) =>
  commandLines(block.lines).map((line) => ({ block, line })),
);
const place = ({ page, line }: Block) => `${page}:${line}`;

test("every command of narrows is one that there is, with options and values that it takes", async () => {
  const wrong: string[] = [];
  let count = 0;
  for (const { block, line } of LINES) {
    for (const words of allNarrowsWords(line)) {
      count++;
      try {
        await parseCommand(words);
      } catch (error) {
        wrong.push(`${place(block)}: ${line}: ${(error as Error).message}`);
      }
    }
  }
  expect(wrong).toEqual([]);
  expect(count).toBeGreaterThan(100);
});

/** Programs that pages use besides narrows and npm, and why nothing more is asked of them here. */
const OTHER_PROGRAMS: readonly RegExp[] = [
  /^cd "\$PBS_O_WORKDIR"$/, // in the script of a scheduler
  /^node draw\.mjs$/, // a tutorial runs it: npm run test:site
  /^python3 (-m venv cuda|write_codes\.py)$/,
  /^(cuda\/bin\/)?pip install /, // downloads gigabytes; test/export runs what needs these packages where they are
  /^export [A-Z_]+=\S+$/,
  /^source <\(narrows completion bash\)$/,
];

test("every other command is a script of package.json, a file of ours, or listed here with its reason", () => {
  const unknown = LINES.filter(({ line }) => allNarrowsWords(line).length === 0).filter(
    ({ line }) =>
      !isNpm(line) &&
      !existsSync(join(ROOT, line.split(" ")[0]!)) &&
      !OTHER_PROGRAMS.some((pattern) => pattern.test(line)),
  );
  expect(unknown.map(({ block, line }) => `${place(block)}: ${line}`)).toEqual([]);
});

function isNpm(line: string): boolean {
  const [program, command, script] = wordsOf(line.replace(/^[A-Z_]+=\S+ /, ""));
  if (program === "npx" && command === "vitest") return existsSync(join(ROOT, wordsOf(line)[3] ?? "", "."));
  if (program !== "npm") return false;
  if (command === "ci" || command === "start" || command === "test") return true;
  if (command === "install" || command === "i")
    return /^(narrows|onnxruntime-node@[\d.]+)$/.test(script ?? "");
  return command === "run" && script !== undefined && script in SCRIPTS;
}

/** A line may hold a command in quotes or in `$( )` too, as for schedulers. */
function allNarrowsWords(line: string): string[][] {
  const inside = [...line.matchAll(/\$\((narrows [^)]*)\)|'(narrows [^']*)'/g)].map(
    (match) => match[1] ?? match[2]!,
  );
  const outer = narrowsWords(line.replace(/\$\(narrows [^)]*\)/g, "some-run"));
  return [...(outer === undefined ? [] : [outer]), ...inside.map((each) => narrowsWords(each)!)].map(
    (words) => words.map((word) => word.replace(/^\$\w+$/, "1")),
  );
}
