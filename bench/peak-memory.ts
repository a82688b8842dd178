import { execFileSync } from "node:child_process";

/** Tells the most memory a process ever held, in kilobytes, when it ends. */
const REPORTER =
  'data:text/javascript,process.on("exit",()=>console.error("peak",process.resourceUsage().maxRSS))';

/** The most memory that a command of Narrows, as built, ever holds, in megabytes. */
export function peakMegabytes(...args: string[]): number {
  const told = execFileSync(
    "sh",
    ["-c", '"$@" 2>&1 >/dev/null', "sh", process.execPath, "--import", REPORTER, "dist/cli/main.js", ...args],
    { encoding: "utf8" },
  );
  const peak = /^peak (\d+)$/m.exec(told)?.[1];
  if (!peak) throw new Error(`narrows ${args[0]} did not tell its memory`);
  return Number(peak) / 1024;
}
