import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { beforeAll, expect, test } from "vitest";
import { confirm } from "../../src/cli/confirm.js";
import { runLayout } from "../../src/runs/layout.js";
import { updateManifest } from "../../src/runs/manifest.js";
import { closeRun, createRun } from "../../src/runs/run.js";
import { commandLine } from "./narrows.js";

const { folder, narrows } = commandLine("manage");
const root = join(folder, "runs");

beforeAll(() => {
  const versions = { narrows: "0.1.0", node: "20", onnxruntime: "1.30", platform: "linux-x64" };
  for (const [k, name] of ["a", "b", "c"].entries()) {
    const configuration = { name, seed: k, model: { objective: { type: "capacity", capacity: k } } };
    const run = createRun(root, name, { configuration, versions });
    const line = { step: 5, epoch: 0, split: "validation", loss: 1, rateNats: 3 - k };
    writeFileSync(runLayout(run.path).metrics, `${JSON.stringify(line)}\n`);
    updateManifest(run.path, { status: k === 2 ? "failed" : "finished" });
    closeRun(run);
  }
  mkdirSync(join(root, "torn"));
  writeFileSync(join(root, "torn", "manifest.json"), "{");
});

test("runs are chosen, ordered, and shown by the columns that are asked for", async () => {
  const chosen = await narrows("runs", "--where", "status=finished", "--sort", "rate", "--quiet");
  expect(chosen).toEqual({ status: 0, stdout: "b\na\n", stderr: "" });
  const { stdout } = await narrows("runs", "--columns", "run,rate,objective.capacity", "--sort=-run");
  expect(stdout).toBe(
    "run  rate nats  objective.capacity\nc        1.000                   2\n" +
      "b        2.000                   1\na        3.000                   0\ntorn: unreadable: this is not JSON\n",
  );
  const json = await narrows(
    "runs",
    "--where",
    "rate<3",
    "--where",
    "seed<2",
    "--json",
    "--columns",
    "run,rate",
  );
  expect(JSON.parse(json.stdout)).toEqual([{ run: "b", rate: 2 }]);
  expect(await narrows("runs", "--where", "training.steps!=none")).toMatchObject({ status: 0, stdout: "" });
});

test.each([
  [
    ["--where", "objective.capacty<2"],
    /no run has objective\.capacty \(did you mean objective\.capacity\?\)/,
  ],
  [["--where", "training.stps=3"], /did you mean training\.steps\?/],
  [["--sort", "-rat"], /--sort -rat: no run has rat \(did you mean rate\?\)/],
  [["--columns", "run,tgas"], /did you mean tags\?/],
  [["--where", "rate 1"], /expected KEY, one of/],
])("%s is refused in one line with the nearest", async (options, message) => {
  const { status, stdout, stderr } = await narrows("runs", ...options);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toMatch(message);
  expect(stderr).toMatch(/^narrows: [^\n]+\n$/);
});

test("tagged, listed by the tag, and untagged", async () => {
  expect(await narrows("tag", "a", "b", "paper")).toEqual({
    status: 0,
    stdout: "a: paper\nb: paper\n",
    stderr: "",
  });
  expect((await narrows("runs", "--where", "tag=paper", "-q")).stdout).toBe("a\nb\n");
  expect((await narrows("runs")).stdout).toMatch(/started +tags\n.*^a .* paper$/ms);
  expect(JSON.parse((await narrows("untag", "a", "paper", "--json")).stdout)).toEqual([
    { run: "a", tags: [] },
  ]);
  expect(JSON.parse((await narrows("show", "b", "--json")).stdout)).toMatchObject({ tags: ["paper"] });
  expect((await narrows("tag", "a")).stderr).toMatch(/expected runs and a tag/);
});

test("renamed; removed only when that was confirmed; pruned", async () => {
  expect((await narrows("rename", "b", "better")).stdout).toMatch(/^better: .*runs\/better\n$/);
  const unasked = await narrows("rm", "c");
  expect(unasked).toMatchObject({ status: 2, stdout: "" });
  expect(unasked.stderr).toMatch(/Remove c \(\d files, .*\): there is no terminal to ask at\. Add --yes/);
  writeFileSync(join(root, "c", "notes.txt"), "");
  expect((await narrows("rm", "c", "--yes")).stderr).toMatch(/Narrows has not written notes\.txt in it/);
  expect(existsSync(join(root, "c", "manifest.json"))).toBe(true);
  expect((await narrows("rm", "c", "--yes", "--force")).stdout).toMatch(/^removed c \(\d files, /);
  expect(existsSync(join(root, "c"))).toBe(false);
  const pruned = await narrows("prune");
  expect(pruned).toMatchObject({ status: 0, stdout: "freed 0 B\n" });
  expect(pruned.stderr).toBe("warning: torn: this is not JSON; left alone\n");
});

test("only a yes is a yes", async () => {
  for (const [answer, expected] of [
    ["y", true],
    ["YES", true],
    ["", false],
    ["yep", false],
  ] as const) {
    const input = Object.assign(new PassThrough(), { isTTY: true });
    const output = Object.assign(new PassThrough(), { isTTY: true });
    const asked = confirm("Remove a\u001b[2J?", { input, output });
    input.write(`${answer}\n`);
    expect(await asked).toBe(expected);
    expect(String(output.read())).toContain("Remove a\\x1b[2J? [y/N] ");
  }
});
