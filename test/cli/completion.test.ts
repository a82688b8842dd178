import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { commandLine, MAIN } from "./narrows.js";

const { folder, narrows } = commandLine("completion");
const complete = async (...line: string[]) => {
  const { status, stdout, stderr } = await narrows("__complete", ...line);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  const lines = stdout.split("\n").slice(0, -1);
  return {
    words: lines.flatMap((entry) => (entry === ":" ? [] : [entry.split("\t")[0]])),
    files: lines.includes(":"),
  };
};

beforeAll(() => {
  for (const run of ["baseline-c10-s0", "baseline-c0.3-s0", "other"]) {
    mkdirSync(join(folder, "runs", run), { recursive: true });
    writeFileSync(join(folder, "runs", run, "manifest.json"), "{}");
  }
  mkdirSync(join(folder, "runs/no-run"));
  mkdirSync(join(folder, "bin"));
  writeFileSync(join(folder, "bin/narrows"), `#!/bin/sh\nexec "${process.execPath}" "${MAIN}" "$@"\n`);
  chmodSync(join(folder, "bin/narrows"), 0o755);
});

test("commands, flags that are not there yet, choices, runs, files", async () => {
  expect(await complete("me")).toEqual({ words: ["measure"], files: false });
  expect((await complete("measure", "mi")).words).toEqual(["mig"]);
  expect((await complete("measure", "mig", "--d")).words).toEqual(["--data", "--device", "--delimiter"]);
  expect((await complete("measure", "mig", "--device", "cpu", "--d")).words).toEqual([
    "--data",
    "--delimiter",
  ]);
  expect(await complete("measure", "mig", "--device", "w")).toEqual({
    words: ["webgpu", "wasm"],
    files: false,
  });
  expect(await complete("measure", "mig", "base")).toEqual({
    words: ["baseline-c0.3-s0", "baseline-c10-s0"],
    files: true,
  });
  expect(await complete("measure", "mig", "--codes", "")).toEqual({ words: [], files: true });
  expect(await complete("measure", "mig", "--bins", "")).toEqual({ words: [], files: false });
  expect((await complete("measure", "mig", "--runs", "elsewhere", "")).words).toEqual([]);
  expect((await complete("completion", "")).words).toEqual(["bash", "zsh", "fish"]);
  expect(await complete("no-such-command", "")).toEqual({ words: [], files: false });
});

const PATH = join(folder, "bin") + delimiter + process.env.PATH;
const inShell = (shell: string, script: string) =>
  spawnSync(shell, ["-c", script], {
    cwd: folder,
    env: { ...process.env, PATH, HOME: folder },
    encoding: "utf8",
  });
const has = (shell: string) => spawnSync(shell, ["-c", "exit 0"]).status === 0;

describe("in the shells themselves", () => {
  test.skipIf(!has("bash"))("bash: words are found, and nothing that is typed is evaluated", () => {
    const { stdout, stderr } = inShell(
      "bash",
      `source <(narrows completion bash)
       try() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _narrows; echo "\${COMPREPLY[*]}"; }
       try narrows measure mig base
       try narrows measure mig '$(touch evaluated)' --device we
       try narrows 'a;touch evaluated' ''
       ls`,
    );
    expect(stderr).toBe("");
    expect(stdout).toMatch(/^baseline-c0\.3-s0 baseline-c10-s0\nwebgpu\n\n/);
    expect(stdout).not.toContain("evaluated");
  });

  test.skipIf(!has("fish"))("fish: words with their meanings, files where they belong", () => {
    const { stdout } = inShell(
      "fish",
      `narrows completion fish | source
       complete -C "narrows measure mi"
       complete -C "narrows measure mig base"`,
    );
    expect(stdout).toMatch(
      /^mig\tmeasure the mutual information gap.*\nbaseline-c0\.3-s0\trun\nbaseline-c10-s0\trun\n/,
    );
  });

  test.skipIf(!has("zsh"))("zsh: the script loads, and hands on what is found", () => {
    const { stdout, stderr } = inShell(
      "zsh",
      `autoload -Uz compinit; compinit -u -D
       source <(narrows completion zsh)
       _describe() { print -l -- "\${(@P)4}" }
       _files() { print files }
       words=(narrows measure mig base); CURRENT=4; _narrows
       print $_comps[narrows]`,
    );
    expect({ stdout, stderr }).toEqual({
      stdout: "baseline-c0.3-s0:run\nbaseline-c10-s0:run\nfiles\n_narrows\n",
      stderr: "",
    });
  });
});
