import { execFileSync } from "node:child_process";

/** Says when it ends the most memory that a process ever held, in kilobytes, and its processor time in microseconds. */
const REPORTER =
  'data:text/javascript,process.on("exit",()=>{const u=process.resourceUsage();console.error("cost",u.maxRSS,u.userCPUTime+u.systemCPUTime)})';

/** What a command of Narrows, as built, costs: the most memory that it ever holds, and its processor time, user and system. */
export function commandCost(...args: string[]): { readonly peakMegabytes: number; readonly seconds: number } {
  const told = execFileSync(
    "sh",
    ["-c", '"$@" 2>&1 >/dev/null', "sh", process.execPath, "--import", REPORTER, "dist/cli/main.js", ...args],
    { encoding: "utf8" },
  );
  const cost = /^cost (\d+) (\d+)$/m.exec(told);
  if (!cost) throw new Error(`narrows ${args[0]} did not tell its cost`);
  return { peakMegabytes: Number(cost[1]) / 1024, seconds: Number(cost[2]) / 1e6 };
}
