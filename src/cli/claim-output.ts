import { existsSync } from "node:fs";
import { UserError } from "../errors.js";

/**
 * Checks before the work that a file can be written there without losing one.
 * @throws UserError when the file exists and `force` is not set.
 */
export function claimOutput(path: string, force = false): void {
  if (force || !existsSync(path)) return;
  throw new UserError({
    where: path,
    what: "the file exists",
    remedy: "Choose another name, or add --force to replace it",
  });
}
