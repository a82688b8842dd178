/**
 * A real Slurm with two nodes on this machine, for tests: munged, slurmctld and two slurmd as plain processes, without systemd or
 * cgroups, with ports and folders of their own.
 */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";

const execute = promisify(execFile);

const PROGRAMS = ["munged", "slurmctld", "slurmd"].map((name) => `/usr/sbin/${name}`);

/** Why there can be no cluster here, in one line; undefined where there can. */
export function clusterMissing(): string | undefined {
  const missing = PROGRAMS.filter((program) => !existsSync(program));
  if (missing.length > 0)
    return `skipped: ${missing.join(", ")} are not installed (Debian: slurmctld slurmd slurm-client munge)`;
  return process.getuid?.() === 0 ? undefined : "skipped: the daemons of Slurm need root";
}

export interface Cluster {
  /** For programs of Slurm, and for what calls them. */
  readonly environment: NodeJS.ProcessEnv;
  /** Runs a program of Slurm; returns what it prints. */
  run(program: string, ...words: string[]): Promise<string>;
  /** Processor numbers of the daemon of each node. */
  readonly nodes: ReadonlyMap<string, ChildProcess>;
  stop(): Promise<void>;
}

export async function startCluster({ maxArraySize = 1001 } = {}): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), "narrows-slurm-"));
  for (const name of ["munge", "state", "spool-n1", "spool-n2", "log"]) mkdirSync(join(folder, name));
  const key = join(folder, "munge", "key");
  writeFileSync(key, randomBytes(1024), { mode: 0o400 });
  const [control, first, second] = await freePorts(3);
  const socket = join(folder, "munge", "socket");
  const conf = join(folder, "slurm.conf");
  const settings = {
    ClusterName: "narrows",
    SlurmctldHost: "localhost",
    SlurmUser: "root",
    AuthType: "auth/munge",
    AuthInfo: `socket=${socket}`,
    CredType: "cred/munge",
    MpiDefault: "none",
    ProctrackType: "proctrack/linuxproc",
    TaskPlugin: "task/none",
    SwitchType: "switch/none",
    ReturnToService: "2",
    SlurmctldPort: String(control),
    StateSaveLocation: join(folder, "state"),
    SlurmdSpoolDir: join(folder, "spool-%n"),
    SlurmctldPidFile: join(folder, "slurmctld.pid"),
    SlurmdPidFile: join(folder, "slurmd-%n.pid"),
    SchedulerType: "sched/backfill",
    SchedulerParameters: "batch_sched_delay=0,sched_interval=1,sched_min_interval=0,bf_interval=1",
    SelectType: "select/cons_tres",
    SelectTypeParameters: "CR_Core",
    AccountingStorageType: "accounting_storage/none",
    JobAcctGatherType: "jobacct_gather/none",
    MaxArraySize: String(maxArraySize),
    KillWait: "60",
    MinJobAge: "600",
    SlurmdTimeout: "30",
  };
  const lines = [
    ...Object.entries(settings).map(([name, value]) => `${name}=${value}`),
    `NodeName=n1 NodeHostname=localhost Port=${first} CPUs=1 RealMemory=1000 State=UNKNOWN`,
    `NodeName=n2 NodeHostname=localhost Port=${second} CPUs=1 RealMemory=1000 State=UNKNOWN`,
    "PartitionName=main Nodes=n[1-2] Default=YES MaxTime=INFINITE State=UP",
  ];
  writeFileSync(conf, `${lines.join("\n")}\n`);
  const environment = { ...process.env, SLURM_CONF: conf };
  const started: ChildProcess[] = [];
  const start = (program: string, ...words: string[]) => {
    const child = spawn(program, words, { env: environment, stdio: "ignore" });
    started.push(child);
    return child;
  };
  const munge = (name: string) => join(folder, "munge", name);
  start(
    "/usr/sbin/munged",
    ...["--foreground", "--force", `--key-file=${key}`, `--socket=${socket}`, `--pid-file=${munge("pid")}`],
    ...[`--log-file=${munge("log")}`, `--seed-file=${munge("seed")}`],
  );
  while (!existsSync(socket)) await pause(20);
  start("/usr/sbin/slurmctld", "-D", "-f", conf, "-L", join(folder, "log", "slurmctld"));
  const nodes = new Map(
    ["n1", "n2"].map((node) => [
      node,
      start("/usr/sbin/slurmd", "-D", "-N", node, "-f", conf, "-L", join(folder, "log", node)),
    ]),
  );
  const run = async (program: string, ...words: string[]) =>
    (await execute(program, words, { env: environment })).stdout;
  for (let tries = 0; ; tries++) {
    const idle = await run("sinfo", "--noheader", "--format=%T").catch(() => "");
    if (idle.trim() === "idle") break;
    if (tries > 600) throw new Error(`Slurm does not come up: ${idle}; see ${folder}`);
    await pause(100);
  }
  return {
    environment,
    run,
    nodes,
    async stop() {
      for (const child of started.reverse()) {
        if (child.exitCode !== null) continue;
        const gone = new Promise((resolve) => child.once("exit", resolve));
        child.kill("SIGTERM");
        await Promise.race([gone, pause(10_000).then(() => child.kill("SIGKILL"))]);
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, resolve));
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
