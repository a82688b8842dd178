import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { readLock } from "../../src/files/lock.js";
import { runLayout } from "../../src/runs/layout.js";
import { readManifest } from "../../src/runs/manifest.js";
import { temporaryFolder } from "../runs/temporary-folder.js";

/** Rounds by hand: HOST_ROUNDS=50. */
const ROUNDS = Number(process.env.HOST_ROUNDS ?? 2);
const LEASE_SECONDS = 1.5;
const RUNS = ["two-hosts-s0", "two-hosts-s1"];

const MAIN = join(import.meta.dirname, "../../dist/cli/main.js");
/** A clock that is an hour fast; file systems have their own. */
const FAST_CLOCK = `data:text/javascript,${encodeURIComponent("const now = Date.now; Date.now = () => now() + 3_600_000;")}`;

/** Some seconds of training, with something to write in every few steps. */
const CONFIGURATION = `
name: two-hosts
data: {corridors: {samples: 800}}
model:
  encoder: {type: dense, units: [16]}
  decoder: {type: dense, units: [16]}
  channel: {type: gaussian, dimensions: 2}
  likelihood: {type: mse, pixels: mean}
  objective: {type: beta, beta: 0.001}
training: {epochs: 50, batchSize: 32, evaluateEverySteps: 40, checkpointEverySteps: 5, logEverySteps: 2}
`;

/** Why hosts cannot be played here, in one line; undefined where they can. */
function missing(): string | undefined {
  try {
    execFileSync("unshare", ["--uts", "hostname", "a-test"], { stdio: "ignore" });
    return undefined;
  } catch {
    return "skipped: unshare --uts is not allowed here (it needs Linux and root)";
  }
}

/** A sweep over two seeds on a host of that name. */
function startOn(host: string, folder: string, environment: NodeJS.ProcessEnv = {}): ChildProcess {
  const command = ["sweep", "config.yaml", "--seeds", "2", "--workers", "1", "--runs", "runs"];
  const script = 'hostname "$1" && shift && exec "$@"';
  return spawn("unshare", ["--uts", "sh", "-c", script, "sh", host, process.execPath, MAIN, ...command], {
    cwd: folder,
    stdio: "ignore",
    env: { ...process.env, NARROWS_LEASE_SECONDS: String(LEASE_SECONDS), ...environment },
  });
}

/** All that training writes and that may not depend on who trained. */
function outcome(folder: string): Record<string, string> {
  return Object.fromEntries(
    RUNS.flatMap((name) => {
      const { metrics, encoder, checkpoints } = runLayout(join(folder, "runs", name));
      const files = [metrics, encoder, ...readdirSync(checkpoints).map((file) => join(checkpoints, file))];
      return files.map((file) => [file.slice(folder.length), readFileSync(file).toString("base64")]);
    }),
  );
}

function newFolder(): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "config.yaml"), CONFIGURATION);
  return folder;
}

const reason = missing();
if (reason !== undefined) console.log(`two hosts at one folder of runs: ${reason}`);

test.skipIf(reason !== undefined)(
  "two hosts at one folder, one suspended beyond its lease, one clock an hour fast: one writer, the same bytes",
  async () => {
    const alone = newFolder();
    await once(startOn("alone", alone), "exit");
    const expected = outcome(alone);
    for (let round = 0; round < ROUNDS; round++) {
      const folder = newFolder();
      const hosts = ["first", "second"].map(async (host, k) => {
        await pause(Math.random() * 700);
        const fast = (round + k) % 2 === 0;
        const child = startOn(host, folder, fast ? { NODE_OPTIONS: `--import=${FAST_CLOCK}` } : {});
        const [code] = await once(child, "exit");
        return code as number;
      });
      const suspended = suspendAnOwner(folder);
      expect(await Promise.all(hosts), `round ${round}`).toEqual([0, 0]);
      await suspended;
      expect(readdirSync(join(folder, "runs")).sort(), `round ${round}`).toEqual(RUNS);
      expect(outcome(folder), `round ${round}`).toEqual(expected);
      for (const name of RUNS) {
        const path = join(folder, "runs", name);
        expect(readManifest(path).status).toBe("finished");
        expect(existsSync(runLayout(path).lock)).toBe(false);
      }
    }
  },
  1_800_000,
);

/** Stops a process that trains at a random moment, for longer than its lease. */
async function suspendAnOwner(folder: string): Promise<void> {
  const name = RUNS[Math.floor(Math.random() * RUNS.length)]!;
  const path = join(folder, "runs", name);
  const { lock, manifest } = runLayout(path);
  const isFinished = () => existsSync(manifest) && readManifest(path).status === "finished";
  while (!existsSync(lock) && !isFinished()) await pause(20);
  await pause(Math.random() * 1500);
  const owner = readLock(lock);
  if (!owner || isFinished()) return;
  try {
    process.kill(owner.pid, "SIGSTOP");
    await pause(LEASE_SECONDS * 1000 * (0.5 + 2 * Math.random()));
  } finally {
    process.kill(owner.pid, "SIGCONT");
  }
}
