import type { Command } from "commander";
import { registerDimension } from "./dimension.js";
import { registerEcho } from "./echo.js";
import { registerGeometry } from "./geometry.js";

/** `narrows reproduce PAPER`; each file adds a paper as a subcommand. */
export function registerReproduce(program: Command): void {
  const reproduce = program.command("reproduce").description("train all models of a paper");
  registerGeometry(reproduce);
  registerEcho(reproduce);
  registerDimension(reproduce);
}
