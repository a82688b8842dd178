/** What a command loads before it does anything: V8 writes the address of every script that a process has run. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { commandLine, MAIN } from "./narrows.js";

const { folder } = commandLine("cold-start");

/** The packages of which a command loads scripts. */
function packagesLoadedBy(...args: string[]): string[] {
  const NODE_V8_COVERAGE = mkdtempSync(join(folder, "scripts-"));
  const { status, stderr } = spawnSync(process.execPath, [MAIN, ...args], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, NODE_V8_COVERAGE },
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  const scripts = readdirSync(NODE_V8_COVERAGE).flatMap((file) => {
    const { result } = JSON.parse(readFileSync(join(NODE_V8_COVERAGE, file), "utf8"));
    return result.map(({ url }: { url: string }) => url) as string[];
  });
  expect(scripts).toContainEqual(expect.stringMatching(/\/dist\/cli\/main\.js$/));
  const packages = scripts.flatMap((url) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1] ?? []);
  return [...new Set(packages)].sort();
}

/** What reads a command line, and the nearest name to one that is mistyped. */
const LIGHT = ["commander", "fastest-levenshtein"];

test.each(["--help", "--version"])(
  "%s needs nothing of what commands need: no runtime, no figures, no PDF, no schemas",
  (option) => {
    const packages = packagesLoadedBy(option);
    expect(packages).toContain("commander");
    expect(packages.filter((name) => !LIGHT.includes(name))).toEqual([]);
  },
);

test("a command that computes loads what it needs, and nothing that draws", () => {
  const packages = packagesLoadedBy("doctor", "--json");
  expect(packages).toContain("onnxruntime-node");
  expect(packages.filter((name) => /^(?:vega|pdfkit|@resvg)/.test(name))).toEqual([]);
});
