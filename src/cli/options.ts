import { Option } from "commander";
import { DEVICE_NAMES } from "../onnx/devices.js";

/** Options that several commands share, so that they read and behave alike everywhere. */
export function deviceOption(): Option {
  return new Option("--device <name>", "where to compute").choices(DEVICE_NAMES).default("cpu");
}

export function runsOption(): Option {
  return new Option("--runs <dir>", "folder of the runs").default("runs");
}

export function jsonOption(): Option {
  return new Option("--json", "print one JSON document instead of text");
}
