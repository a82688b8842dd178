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
const LEASE_SECONDS = 1;
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

/** A sweep over some seeds on a host of that name. */
function startOn(
  host: string,
  folder: string,
  seeds: number,
  environment: NodeJS.ProcessEnv = {},
): ChildProcess {
  const command = ["sweep", "config.yaml", "--seeds", String(seeds), "--workers", "1", "--runs", "runs"];
  const script = 'hostname "$1" && shift && exec "$@"';
  return spawn("unshare", ["--uts", "sh", "-c", script, "sh", host, process.execPath, MAIN, ...command], {
    cwd: folder,
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, NARROWS_LEASE_SECONDS: String(LEASE_SECONDS), ...environment },
  });
}

/** All that training writes and that may not depend on who trained. */
function outcome(folder: string, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
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
    await once(startOn("alone", alone, RUNS.length), "exit");
    let losses = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const folder = newFolder();
      // Of one run, the second host waits for the end or the lease of the first; of two, each has one.
      const names = RUNS.slice(0, 1 + (round % 2));
      const hosts = ["first", "second"].map(async (host, k) => {
        await pause(Math.random() * 700);
        const fast = (round + k) % 2 === 0;
        const child = startOn(
          host,
          folder,
          names.length,
          fast ? { NODE_OPTIONS: `--import=${FAST_CLOCK}` } : {},
        );
        let said = "";
        child.stderr?.on("data", (chunk: Buffer) => {
          said += chunk.toString();
        });
        const [code] = await once(child, "close");
        return { host, code: code as number, said };
      });
      const suspension = suspendAnOwner(folder, names);
      const ended = await Promise.all(hosts);
      expect(
        ended.map(({ code }) => code),
        `round ${round}`,
      ).toEqual([0, 0]);
      const loser = await suspension;
      if (loser !== undefined) losses++;
      // Whoever lost its run stops, and says so. (On a busy machine a second may pass without a renewal of the other one too.)
      for (const { host, said } of ended) {
        if (host === loser) expect(said, `round ${round}, ${host}`).toMatch(/lost its lock/);
      }
      expect(readdirSync(join(folder, "runs")).sort(), `round ${round}`).toEqual(names);
      expect(outcome(folder, names), `round ${round}`).toEqual(outcome(alone, names));
      for (const name of names) {
        const path = join(folder, "runs", name);
        expect(readManifest(path).status).toBe("finished");
        expect(existsSync(runLayout(path).lock)).toBe(false);
      }
    }
    console.log(`two hosts at one folder of runs: ${losses} of ${ROUNDS} rounds had a run taken over`);
  },
  1_800_000,
);

/**
 * Suspends a process that trains at a random moment, for half its lease to three and a half.
 * @returns its host, where its run was taken over meanwhile.
 */
async function suspendAnOwner(folder: string, names: readonly string[]): Promise<string | undefined> {
  const name = names[Math.floor(Math.random() * names.length)]!;
  const path = join(folder, "runs", name);
  const { lock, manifest } = runLayout(path);
  const isFinished = () => existsSync(manifest) && readManifest(path).status === "finished";
  while (!existsSync(lock) && !isFinished()) await pause(20);
  await pause(Math.random() * 1500);
  const owner = readLock(lock);
  if (!owner || isFinished()) return undefined;
  process.kill(owner.pid, "SIGSTOP");
  try {
    // It may have come to its end just before it was stopped.
    if (readLock(lock)?.pid !== owner.pid || isFinished()) return undefined;
    await pause(LEASE_SECONDS * 1000 * (0.5 + 3 * Math.random()));
    return readLock(lock)?.pid === owner.pid ? undefined : owner.host;
  } finally {
    process.kill(owner.pid, "SIGCONT");
  }
}
