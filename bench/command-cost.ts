import { execFileSync, spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";

/** Says when it ends the most memory that a process ever held, in kilobytes, and its processor time in microseconds. */
const REPORTER =
  'data:text/javascript,process.on("exit",()=>{const u=process.resourceUsage();console.error("cost",u.maxRSS,u.userCPUTime+u.systemCPUTime)})';

/** What a command takes: the most memory that it ever holds, and its processor time, user and system. */
export interface CommandCost {
  readonly peakMegabytes: number;
  readonly seconds: number;
}

/** What a command of Narrows, as built, costs. */
export function commandCost(...args: string[]): CommandCost {
  const output = execFileSync(
    "sh",
    ["-c", '"$@" 2>&1 >/dev/null', "sh", process.execPath, ...programOf("."), ...args],
    { encoding: "utf8" },
  );
  return parseCost(output, args);
}

/** The same for one that runs while others do, of any checkout and with options of Node's own. */
export async function concurrentCommandCost(
  args: readonly string[],
  { checkout, nodeOptions }: { readonly checkout: string; readonly nodeOptions: readonly string[] },
): Promise<CommandCost> {
  const child = spawn(process.execPath, [...nodeOptions, ...programOf(checkout), ...args], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const output = await text(child.stderr);
  if ((await ended) !== 0) throw new Error(`narrows ${args[0]} of ${checkout} failed: ${output.trim()}`);
  return parseCost(output, args);
}

function programOf(checkout: string): string[] {
  return ["--import", REPORTER, join(checkout, "dist/cli/main.js")];
}

function parseCost(output: string, args: readonly string[]): CommandCost {
  const cost = /^cost (\d+) (\d+)$/m.exec(output);
  if (!cost) throw new Error(`narrows ${args[0]} did not tell its cost`);
  return { peakMegabytes: Number(cost[1]) / 1024, seconds: Number(cost[2]) / 1e6 };
}
