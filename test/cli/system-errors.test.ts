import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { constants } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeAll, expect, test } from "vitest";
import { stringify } from "yaml";
import { TINY } from "../training/tiny.js";
import { commandLine } from "./narrows.js";

const { folder, narrows } = commandLine("system-errors");
const CALLS = [
  ...["openSync", "readFileSync", "readSync", "writeSync", "fsyncSync", "renameSync", "rmSync", "mkdirSync"],
  ...["readdirSync", "statSync", "lstatSync", "linkSync", "writeFileSync", "ftruncateSync", "closeSync"],
] as const;
const CODES = ["EIO", "EMFILE", "ESTALE", "EDQUOT", "EROFS", "ENAMETOOLONG", "ESOMETHING"] as const;
const COMMANDS = [
  ["runs"],
  ["show", "a"],
  ["check", "a"],
  ["tag", "a", "paper"],
  ["evaluate", "a", "--encode", "codes.npz", "--force"],
  ["resume", "a", "--set", "training.epochs=4"],
  ["train", "tiny.yaml", "--run", "b"],
  ["datasets", "inspect", "corridors.csv"],
  ["datasets", "make", "corridors", "--samples", "20", "--out", "more/x.csv", "--force"],
  ["figure", "training-curves", "a", "--out", "curves.svg", "--force"],
] as const;

type Calls = Record<string, (...args: unknown[]) => unknown>;
const calls = fs as unknown as Calls;
const whole: Calls = Object.fromEntries(CALLS.map((name) => [name, calls[name]!]));

/** Lets a call of the file system fail, in this test's folder and on open files, as the system would. */
function breakCall(name: string, code: string): void {
  const number = (constants.errno as Readonly<Record<string, number>>)[code] ?? 999;
  calls[name] = (...args) => {
    const [path] = args;
    const isOurs = typeof path === "number" ? path > 2 : resolve(String(path)).startsWith(folder);
    if (!isOurs) return whole[name]!(...args);
    // A file stays open where closing it fails; here nothing should stay.
    if (name === "closeSync") whole[name]!(...args);
    // What libuv does for a quota: no name.
    const named = code === "EDQUOT" ? `Unknown system error -${number}` : code;
    const about = { code: named, errno: -number, syscall: name.replace("Sync", "") };
    throw Object.assign(
      new Error(`${named}: told by the system`),
      about,
      typeof path === "string" && { path },
    );
  };
  syncBuiltinESMExports();
}

function mendCalls(): void {
  Object.assign(calls, whole);
  syncBuiltinESMExports();
}

beforeAll(async () => {
  fs.writeFileSync(join(folder, "tiny.yaml"), stringify(TINY));
  expect((await narrows("train", "tiny.yaml", "--threads", "1", "--run", "a")).status).toBe(0);
  const make = ["datasets", "make", "corridors", "--samples", "20", "--out", "corridors.csv"];
  expect((await narrows(...make)).status).toBe(0);
});

afterEach(mendCalls);

test.each(COMMANDS.map((command, index) => [command.join(" "), command, index] as const))(
  "%s: whatever call fails, and how, it is one line with exit code 2, or does no harm",
  async (_, command, index) => {
    // What takes long when it does not fail is tried with those calls that it depends on.
    const isLong = command[0] === "evaluate" || command[0] === "figure";
    const tried = isLong ? (["openSync", "readFileSync", "readdirSync", "lstatSync"] as const) : CALLS;
    for (const [k, call] of tried.entries()) {
      const code = CODES[(k + index) % CODES.length]!;
      breakCall(call, code);
      const { status, stderr } = await narrows(...command).finally(mendCalls);
      const last = stderr.trimEnd().split("\n").at(-1);
      expect([0, 2], `${call} ${code}: ${stderr}`).toContain(status);
      expect(stderr, `${call} ${code}`).not.toMatch(/^\s+at /m);
      if (status === 2) expect(last, `${call} ${code}`).toMatch(/^narrows: \S.*: .+\. [A-Z].+\.$/);
      fs.rmSync(join(folder, "runs", "b"), { recursive: true, force: true });
    }
  },
);

test("after all of it the run is whole", async () => {
  expect(await narrows("check", "a")).toMatchObject({ status: 0 });
});
