import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writeFileAtomic } from "../../src/files/atomic.js";
import { identityTag } from "../../src/files/process-identity.js";
import { temporaryPath } from "../../src/files/temporary.js";
import { temporaryFolder } from "../runs/temporary-folder.js";

const yesterday = new Date(Date.now() - 25 * 60 * 60 * 1000);
const own = identityTag();
const [pid, identity] = own.split("-") as [string, string];

async function deadProcess(): Promise<number> {
  const child = spawn(process.execPath, ["-e", "0"]);
  await once(child, "exit");
  return child.pid!;
}

test("the next writer of a file removes what killed ones have left of it, and nothing else", async () => {
  const folder = temporaryFolder();
  const dead = await deadProcess();
  const left = [
    `a.csv.${dead}.tmp`,
    `a.csv.${dead}-${identity}.tmp`,
    // A process of the same number that began at another time.
    `a.csv.${pid}-${identity.slice(0, 8)}00000000.tmp`,
    "a.csv.7-00000000aaaaaaaa.tmp",
  ];
  const stays = [
    temporaryPath("a.csv"),
    `b.csv.${dead}.tmp`,
    // On another machine: who knows?
    "a.csv.8-00000000aaaaaaaa.tmp",
    "a.csv.tmp",
    "a.csv.copy.tmp",
    `notes ${dead}.tmp`,
  ];
  for (const name of [...left, ...stays]) writeFileSync(join(folder, name), "half");
  utimesSync(join(folder, left.at(-1)!), yesterday, yesterday);
  symlinkSync(join(folder, "notes"), join(folder, `a.csv.${dead + 1}.tmp`));
  // Its own temporary name is written anew, and then the file's.
  writeFileAtomic(join(folder, "a.csv"), "whole");
  const [written, ...others] = stays;
  expect(readdirSync(folder).sort()).toEqual(["a.csv", `a.csv.${dead + 1}.tmp`, ...others].sort());
  expect(written).toMatch(/^a\.csv\.\d+-[0-9a-f]{16}\.tmp$/);
});
