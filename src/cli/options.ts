import { InvalidArgumentError, Option } from "commander";
import { DEVICE_NAMES, type DeviceName } from "../onnx/devices.js";

/** Options that several commands share, so that they read and behave alike everywhere. */
export interface DeviceOptions {
  readonly device: DeviceName;
  readonly threads?: number;
}

export function deviceOption(): Option {
  return new Option("--device <name>", "where to compute").choices(DEVICE_NAMES).default("cpu");
}

export function threadsOption(): Option {
  return new Option("--threads <n>", "processor threads (all cores by default)").argParser(positiveInteger);
}

export function runsOption(): Option {
  return new Option("--runs <dir>", "folder of the runs").default("runs");
}

export function jsonOption(): Option {
  return new Option("--json", "print one JSON document instead of text");
}

export function positiveInteger(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new InvalidArgumentError("Give a whole number of at least 1.");
  return value;
}

export function seedOption(about: string): Option {
  return new Option("--seed <n>", about).argParser((text) => {
    const value = Number(text);
    if (!Number.isSafeInteger(value) || value < 0 || text.trim() === "")
      throw new InvalidArgumentError("Give a whole number of at least 0.");
    return value;
  });
}
