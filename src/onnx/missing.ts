import { UserError } from "../errors.js";
import type { DeviceName } from "./devices.js";

/** What a device lacks here, and what to do about it; no remedy where nothing can be done. */
export interface Missing {
  readonly what: string;
  readonly remedy?: string;
}

/** That a device asked for is not there, in one line. */
export function unavailable(device: DeviceName, missing: readonly Missing[]): UserError {
  const remedies = [...new Set(missing.flatMap(({ remedy }) => remedy ?? []))];
  return new UserError({
    where: `--device ${device}`,
    what: `not available here (${missing.map(({ what }) => what).join("; ")})`,
    remedy: remedies.length > 0 ? `${remedies.join(". ")}, or use --device cpu` : "Use --device cpu",
  });
}
