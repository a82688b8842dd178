import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { definitionLines, tableLines } from "../../src/cli/table.js";
import { escapeXml } from "../../src/figures/render/escape-xml.js";
import { commandLine } from "../../src/shell-words.js";

const SOURCES = join(import.meta.dirname, "../../src");

test("output.ts is the one door to the terminal", () => {
  const writers = readdirSync(SOURCES, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts") && path !== join("cli", "output.ts"))
    .filter((path) =>
      /process\.std(out|err)\.write|\bstream\.write|console\.(log|error|warn|info)/.test(
        readFileSync(join(SOURCES, path), "utf8"),
      ),
    );
  // A process of its own whose output its parent reads.
  expect(writers).toEqual([join("onnx", "trial.ts")]);
});

test("columns are as wide as what is shown", () => {
  const columns = [
    { title: "run", align: "left" },
    { title: "nats", align: "right" },
  ] as const;
  expect(
    tableLines(columns, [
      ["a\u001b[31m", "1"],
      ["b\nc", "2"],
    ]),
  ).toEqual(["run        nats", "a\\x1b[31m     1", "b\\nc          2"]);
  expect(definitionLines([["a\u202e", "1"]])).toEqual(["a\\u202e  1"]);
});

test("pages and drawings name control characters, which XML forbids", () => {
  expect(escapeXml("<\u001b[2J>\u202e\u0000 and\na second line")).toBe(
    "&lt;\\x1b[2J&gt;\\u202e\\x00 and\na second line",
  );
});

test("a command line that is shown can be copied into a shell, blanks and quotes too", () => {
  const words = ["narrows", "report", "my runs/a", "--out", "it's.html", "--labels", "xU - xL,größe"];
  const line = commandLine(words);
  expect(line).toBe(`narrows report 'my runs/a' --out 'it'\\''s.html' --labels 'xU - xL,größe'`);
  const said = spawnSync("sh", ["-c", `printf '%s\\n' ${line}`], { encoding: "utf8" }).stdout;
  expect(said.split("\n").slice(0, -1)).toEqual(words);
});
