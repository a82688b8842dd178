import type { CommandGroup } from "../command/tree.js";
import { registerBound } from "./bound.js";
import { registerCheck } from "./check.js";
import { registerDatasets } from "./datasets/index.js";
import { registerDemo } from "./demo.js";
import { registerEncode } from "./encode.js";
import { registerEvaluate } from "./evaluate.js";
import { registerFigure } from "./figure/index.js";
import { registerImport } from "./import.js";
import { measure } from "./measure/index.js";
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

/** Every command, in the order in which help lists them. Each file is loaded when its command is run. */
export const COMMANDS: CommandGroup = {
  about: "Train autoencoders through narrow channels, measure the geometry of the code, draw it.",
  details:
    "Exit codes: 0 done; 1 a defect or a failed run; 2 bad input, reported in one line; 130 stopped by Ctrl-C.",
  commands: {
    train: { register: registerTrain },
    resume: { register: registerResume },
    sweep: { register: registerSweep },
    runs: { register: registerRuns },
    show: { register: registerShow },
    check: { register: registerCheck },
    tag: { register: registerTag },
    untag: { register: () => {} },
    rename: { register: registerRename },
    rm: { register: registerRm },
    prune: { register: registerPrune },
    evaluate: { register: registerEvaluate },
    encode: { register: registerEncode },
    import: { register: registerImport },
    datasets: { register: registerDatasets },
    measure,
    bound: { register: registerBound },
    figure: { register: registerFigure },
    demo: { register: registerDemo },
    doctor: {
      about: "report which devices work here, and for each that does not, what is missing",
      load: () => import("./doctor.js"),
    },
    report: { register: registerReport },
    reproduce: { register: registerReproduce },
    completion: {
      about: "print a script that completes commands in a shell: bash, zsh or fish",
      load: () => import("./completion.js"),
    },
  },
};
