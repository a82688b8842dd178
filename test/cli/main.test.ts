import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { stringify } from "yaml";
import { TINY } from "../training/tiny.js";
import { commandLine } from "./narrows.js";

const { folder, narrows, narrowsAlone } = commandLine("main");
writeFileSync(join(folder, "tiny.yaml"), stringify(TINY));
const wild = ["--set", "optimizer.learningRate=1e12", "--json"];

test.each([
  ["done", 0, ["--version"]],
  ["done, with the help asked for", 0, ["measure", "--help"]],
  ["bad input", 2, ["show", "nobody"]],
  ["an unknown option", 2, ["runs", "--jsn"]],
  ["a failed run", 1, ["train", "tiny.yaml", "--run", "wild", ...wild]],
] as const)(
  "%s: a process of its own says and exits as the function does that other tests call",
  async (_, status, command) => {
    const alone = narrowsAlone(...command, "--runs", "alone");
    expect(alone).toMatchObject({ status });
    const { stdout, stderr } = await narrows(...command, "--runs", "here");
    expect({ stdout: alone.stdout, stderr: alone.stderr.replaceAll("alone", "here") }).toEqual({
      stdout,
      stderr,
    });
  },
);
