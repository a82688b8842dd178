import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Whether python3 is here with these modules; if not, one line says so, for tests that are skipped then. What these tests compare with are oracles:
 * the product needs none of them.
 */
export function hasPython(modules: readonly string[]): boolean {
  const { status } = spawnSync("python3", ["-c", modules.map((name) => `import ${name}`).join("\n")]);
  if (status === 0) return true;
  console.warn(`skipped: comparisons with ${modules.join(" and ")}, which python3 does not have here`);
  return false;
}

/**
 * Runs lines of Python in a folder.
 * @returns what they printed.
 * @throws Error with what they printed as error, where they fail.
 */
export function runPython(folder: string, script: string): string {
  writeFileSync(join(folder, "script.py"), script);
  const { status, stdout, stderr } = spawnSync("python3", ["script.py"], {
    cwd: folder,
    encoding: "utf8",
    // Threads that wait for each other cost more than these small networks.
    env: { ...process.env, OMP_NUM_THREADS: "1" },
  });
  if (status !== 0) throw new Error(`python3 script.py: ${stderr}`);
  return stdout;
}
