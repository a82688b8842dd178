import { fork } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { acquireLock, readLock, releaseLock } from "../../src/files/lock.js";
import type { ProcessIdentity } from "../../src/files/process-identity.js";
import { temporaryFolder } from "../runs/temporary-folder.js";

/**
 * Processes in one: each call of the file system may be interrupted by the whole work of another process, or be the last one
 * that its process makes.
 */
const world = vi.hoisted(() => ({
  /** Number of the process that is at work. */
  actor: 0,
  dead: new Set<number>(),
  beforeCall: (_call: string): void => undefined,
}));

class Killed extends Error {}

vi.mock("node:fs", async (importOriginal) => {
  const fs = await importOriginal<typeof import("node:fs")>();
  const watched = [
    "linkSync",
    "readFileSync",
    "renameSync",
    "rmSync",
    "writeFileSync",
    "readdirSync",
  ] as const;
  const wrapped = watched.map((name) => [
    name,
    (...args: unknown[]) => {
      world.beforeCall(name);
      return (fs[name] as (...args: unknown[]) => unknown)(...args);
    },
  ]);
  return { ...fs, ...Object.fromEntries(wrapped) };
});

vi.mock("../../src/files/process-identity.js", async (importOriginal) => {
  const real = await importOriginal<typeof import("../../src/files/process-identity.js")>();
  const state = (actor: number) => (world.dead.has(actor) ? "gone" : "alive");
  return {
    ...real,
    ownIdentity: () => identityOf(world.actor),
    whereabouts: ({ pid }: ProcessIdentity) => state(pid),
    identityTag: () => `${world.actor}-${"0".repeat(16)}`,
    whereaboutsOfTag: (tag: string) => state(Number.parseInt(tag, 10)),
  };
});

const identityOf = (pid: number): ProcessIdentity => ({ host: "here", pid, startToken: "once" });
const STALE = 99;

afterEach(() => {
  world.beforeCall = () => undefined;
  world.dead.clear();
  world.actor = 0;
});

/** A lock that a dead process has left. */
function staleLock(): string {
  const path = join(temporaryFolder(), "lock.json");
  writeFileSync(path, JSON.stringify(identityOf(STALE)));
  world.dead.add(STALE);
  return path;
}

/** Lets a process try for the lock; `interruptions[k]` happens before its k-th call of the file system. */
function attempt(
  actor: number,
  path: string,
  interruptions: Pick<ReadonlyMap<number, () => void>, "get"> = new Map(),
): boolean {
  const [before, hook] = [world.actor, world.beforeCall];
  world.actor = actor;
  let calls = 0;
  world.beforeCall = () => {
    if (world.dead.has(actor)) throw new Killed();
    interruptions.get(calls++)?.();
    if (world.dead.has(actor)) throw new Killed();
  };
  try {
    return acquireLock(path) === undefined;
  } catch (error) {
    if (error instanceof Killed) return false;
    throw error;
  } finally {
    [world.actor, world.beforeCall] = [before, hook];
  }
}

/** Each call that taking a stale lock over makes. */
function moments(): number[] {
  const calls: number[] = [];
  const note = (call: number) => {
    calls.push(call);
    return undefined;
  };
  attempt(1, staleLock(), { get: note });
  return calls;
}

test("three processes at one stale lock, each interrupted at any call by the next: one owner", () => {
  const calls = moments();
  for (const first of calls) {
    for (const second of calls) {
      const path = staleLock();
      const owners: number[] = [];
      const enter = (actor: number, at?: number, next?: () => void) => {
        if (attempt(actor, path, new Map(next ? [[at!, next]] : []))) owners.push(actor);
      };
      enter(1, first, () => enter(2, second, () => enter(3)));
      expect(owners, `interrupted at calls ${first} and ${second}`).toHaveLength(1);
      expect(readLock(path)?.pid).toBe(owners[0]);
    }
  }
});

test("a process killed at any call while it takes a stale lock over stops no later one, and leaves nothing", () => {
  for (const call of moments()) {
    const path = staleLock();
    attempt(1, path, new Map([[call, () => world.dead.add(1)]]));
    world.dead.add(1);
    expect(attempt(2, path), `killed at call ${call}`).toBe(true);
    expect(readLock(path)?.pid).toBe(2);
    expect(readdirSync(join(path, ".."))).toEqual(["lock.json"]);
    world.actor = 2;
    releaseLock(path);
    expect(readLock(path)).toBeUndefined();
    world.dead.clear();
  }
});

test("a network drive that repeats a link which it has made already gives the lock all the same", async () => {
  const fs = await vi.importActual<typeof import("node:fs")>("node:fs");
  const path = join(temporaryFolder(), "lock.json");
  world.beforeCall = (call) => {
    if (call !== "linkSync") return;
    const [temporary] = fs.readdirSync(join(path, ".."));
    fs.linkSync(join(path, "..", temporary!), path);
  };
  expect(acquireLock(path)).toBeUndefined();
});

test("real processes at one stale lock, of this machine or another: one owner in every round", async () => {
  const rounds = Number(process.env.LOCK_ROUNDS ?? 60);
  const longAgo = new Date(Date.now() - 60_000);
  const folder = temporaryFolder();
  const processes = Array.from({ length: 4 }, () => fork(join(import.meta.dirname, "lock-starter.js")));
  for (const child of processes) await once(child, "message");
  for (let round = 0; round < rounds; round++) {
    const path = join(folder, `lock-${round}.json`);
    // By turns the process is gone, or its machine has not renewed the lock for a minute.
    const host = round % 2 === 0 ? hostname() : "another";
    writeFileSync(path, JSON.stringify({ host, pid: 1, startToken: "gone", leaseSeconds: 30 }));
    utimesSync(path, longAgo, longAgo);
    const at = process.hrtime.bigint() + 3_000_000n;
    const answers = await Promise.all(
      processes.map(async (child) => {
        const answer = once(child, "message");
        child.send({ path, at: String(at) });
        return (await answer)[0] as { owner: boolean; pid: number };
      }),
    );
    const owners = answers.filter(({ owner }) => owner);
    expect(owners, `round ${round}`).toHaveLength(1);
    expect(JSON.parse(readFileSync(path, "utf8")).pid).toBe(owners[0]!.pid);
  }
  for (const child of processes) child.disconnect();
  expect(readdirSync(folder).filter((name) => !/^lock-\d+\.json$/.test(name))).toEqual([]);
}, 600_000);
