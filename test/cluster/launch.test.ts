import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { stringify } from "yaml";
import { commandLine } from "../cli/narrows.js";
import { TINY } from "../training/tiny.js";

const { folder, narrows } = commandLine("launch");
const inFolder = (...path: string[]) => join(folder, ...path);
writeFileSync(inFolder("tiny.yaml"), stringify(TINY));

const PATH = process.env.PATH;
afterEach(() => {
  process.env.PATH = PATH;
});

/** Programs of a Slurm that writes down what it is asked, and whose queue holds what it was given. */
function pretendSlurm(name: string): { calls(): string[] } {
  const bin = inFolder(name);
  mkdirSync(bin);
  const calls = join(bin, "calls");
  const queue = join(bin, "queue");
  writeFileSync(calls, "");
  writeFileSync(queue, "");
  const program = (file: string, lines: string[]) => {
    writeFileSync(join(bin, file), ["#!/bin/sh", ...lines, ""].join("\n"));
    chmodSync(join(bin, file), 0o755);
  };
  program("sbatch", [`echo "$@" >> ${calls}`, `wc -l < ${calls}`]);
  program("squeue", [`cat ${queue}`]);
  // Of the last array of all, one job used too much memory.
  program("sacct", ['echo "2_1000|OUT_OF_MEMORY"']);
  program("scontrol", ['echo "MaxArraySize            = 1001"']);
  process.env.PATH = `${bin}:${PATH}`;
  return { calls: () => readFileSync(calls, "utf8").trim().split("\n") };
}

test("without Slurm on the path nothing is written, and it says what to do", async () => {
  process.env.PATH = inFolder("nowhere");
  const { status, stderr } = await narrows("sweep", "tiny.yaml", "--on", "slurm");
  expect(status).toBe(2);
  expect(stderr).toMatch(
    /^narrows: squeue: this program of Slurm is not on the path\. Run the command on a login node.*\.\n$/,
  );
  expect(existsSync(inFolder("runs"))).toBe(false);
});

test.each([
  [
    ["--task", "3"],
    /^narrows: --task 3: the plan has 2 runs\. Give a number from 1 to 2; --dry-run lists them\.\n$/,
  ],
  [["--task", "0"], /^narrows: --task 0: 0 is too small/],
  [
    ["--task", "1", "--status"],
    /^narrows: --task --status: these do not go together\. Give one of them\.\n$/,
  ],
  [["--on", "slurm", "--work"], /^narrows: --on slurm --work: the script of each job says what it trains/],
  [["--on", "sge"], /^narrows: --on sge: "sge" is not known.* Give one of local, slurm\.\n$/],
  [["--sbatch", "a b"], /^narrows: --sbatch a b: this is no option of sbatch/],
  [["--on", "slurm", "--cluster", "none.yaml"], /none\.yaml/],
])("%s is refused in one line", async (words, message) => {
  pretendSlurm(`slurm-${words.join("")}`.replaceAll(/\W/g, "-"));
  const { status, stdout, stderr } = await narrows("sweep", "tiny.yaml", "--seeds", "2", ...words);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toMatch(message);
});

test("a task is trained whatever its state is, and is done at once where it is finished", async () => {
  const sweep = ["sweep", "tiny.yaml", "--seeds", "2", "--runs", "tasks"];
  const first = await narrows(...sweep, "--task", "2");
  expect(first).toMatchObject({ status: 0, stdout: "task 2 (seed 1): finished\n" });
  expect(existsSync(inFolder("tasks", "tiny-s0"))).toBe(false);
  const manifest = readFileSync(inFolder("tasks", "tiny-s1", "manifest.json"), "utf8");
  expect(await narrows(...sweep, "--task", "2")).toMatchObject({ status: 0 });
  expect(readFileSync(inFolder("tasks", "tiny-s1", "manifest.json"), "utf8")).toBe(manifest);
  const work = await narrows(...sweep, "--work");
  expect(work).toMatchObject({ status: 0, stdout: "no run is free: 2 of 2 are finished\n" });
  const status = await narrows(...sweep, "--status");
  expect(status.stdout).toMatch(/^ +2 +seed 1 +tiny-s1 +finished +33 of 33/m);
  expect(status.stdout).toMatch(/\n2 runs: 2 finished\n$/);
});

test("a task that learns from another's code is not begun before that is finished", async () => {
  const paper = ["reproduce", "geometry", "--only", "baseline", "--capacities", "3", "--runs", "chain"];
  const { status, stderr } = await narrows(...paper, "--task", "2");
  expect(status).toBe(2);
  expect(stderr).toMatch(
    /--task 2: classifiers on Baseline, .* learns from the code of Baseline, C = 3, seed 0, which is not finished\. Train that first, with --task 1\./,
  );
});

test("two thousand runs are submitted as arrays that the cluster allows, with what YAML and options say", async () => {
  const { calls } = pretendSlurm("thousands");
  const cluster = { partition: "long", time: "4:00:00", sbatch: { constraint: "avx512" } };
  writeFileSync(inFolder("big.yaml"), stringify({ ...TINY, name: "big", cluster }));
  const betas = Array.from({ length: 200 }, (_, k) => ((k + 1) / 1000).toString()).join(",");
  const sweep = ["sweep", "big.yaml", "--grid", `objective.gamma=${betas}`, "--seeds", "10", "--runs", "big"];
  const submitted = await narrows(...sweep, "--on", "slurm", "--jobs", "5000", "--partition", "short");
  expect(submitted).toMatchObject({ status: 0, stderr: "" });
  expect(submitted.stdout).toMatch(/submitted job 1: 1000 runs\nsubmitted job 2: 1000 runs\n/);
  const [first, second] = calls();
  expect(first).toMatch(/--comment=narrows 0 --array=1-1000 .*job\.sh 0$/);
  expect(second).toMatch(/--comment=narrows 1000 --array=1-1000 .*job\.sh 1000$/);
  const [, script] = /(\S+job\.sh) 0$/.exec(first!)!;
  const text = readFileSync(script!, "utf8");
  for (const line of ["partition=short", "time=4:00:00", "constraint=avx512", "cpus-per-task=1"]) {
    expect(text).toContain(`#SBATCH --${line}\n`);
  }
  const memory = JSON.parse((await narrows(...sweep, "--on", "slurm", "--status", "--json")).stdout);
  expect(memory).toHaveLength(2000);
  expect(memory[1999]).toMatchObject({ task: 2000, state: "failed", detail: "job 2_1000: OUT_OF_MEMORY" });
  expect(memory[1998].detail).toMatch(/^job 2_999 has ended without a word/);
  const shared = await narrows(...sweep, "--on", "slurm");
  expect(shared.stdout).toMatch(/submitted job 3: 200 jobs that share the runs that are left/);
});
