import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { UserError } from "../../errors.js";

const execute = promisify(execFile);

/** Lines of thousands of tasks, each with its state and its node. */
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * Runs one of Slurm's programs.
 * @returns what it printed.
 * @throws UserError where it is not installed, or in Slurm's own words where it refuses.
 */
export async function slurm(program: string, words: readonly string[]): Promise<string> {
  try {
    return (await execute(program, [...words], { maxBuffer: MAX_BYTES })).stdout;
  } catch (error) {
    const { code, stderr } = error as { code?: unknown; stderr?: string };
    if (code === "ENOENT") {
      throw new UserError({
        where: program,
        what: "this program of Slurm is not on the path",
        remedy:
          'Run the command on a login node of the cluster, perhaps after "module load slurm", or without --on slurm to train here',
        cause: error,
      });
    }
    const said = stderr?.trim().split("\n").at(-1);
    throw new UserError({
      where: program,
      what: said ? `Slurm says: ${said}` : `it failed (${String(code)}) and said nothing`,
      remedy:
        program === "sbatch"
          ? "Change the options for Slurm (--partition, --time, --account, --sbatch ...)"
          : 'Check that this machine belongs to a cluster that is up, with "sinfo"',
      cause: error,
    });
  }
}
