import type { Command } from "commander";
import { registerBound } from "./bound.js";
import { registerCheck } from "./check.js";
import { registerDatasets } from "./datasets/index.js";
import { registerDemo } from "./demo.js";
import { registerDoctor } from "./doctor.js";
import { registerEncode } from "./encode.js";
import { registerEvaluate } from "./evaluate.js";
import { registerFigure } from "./figure/index.js";
import { registerImport } from "./import.js";
import { registerMeasure } from "./measure/index.js";
import { registerPrune } from "./prune.js";
import { registerRename } from "./rename.js";
import { registerReport } from "./report.js";
import { registerReproduce } from "./reproduce/index.js";
import { registerRm } from "./rm.js";
import { registerRuns } from "./runs.js";
import { registerShow } from "./show.js";
import { registerSweep } from "./sweep.js";
import { registerTag } from "./tag.js";
import { registerResume, registerTrain } from "./train.js";

/** A command adds itself to the program; its heavy modules are imported inside its action, so that `--help` stays quick. */
export type RegisterCommand = (program: Command) => void;

export const commands: readonly RegisterCommand[] = [
  registerTrain,
  registerResume,
  registerSweep,
  registerRuns,
  registerShow,
  registerCheck,
  registerTag,
  registerRename,
  registerRm,
  registerPrune,
  registerEvaluate,
  registerEncode,
  registerImport,
  registerDatasets,
  registerMeasure,
  registerBound,
  registerFigure,
  registerDemo,
  registerDoctor,
  registerReport,
  registerReproduce,
];
