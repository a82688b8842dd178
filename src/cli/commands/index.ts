import type { CommandGroup } from "../command/tree.js";
import { datasets } from "./datasets/index.js";
import { figure } from "./figure/index.js";
import { measure } from "./measure/index.js";
import { reproduce } from "./reproduce/index.js";

/** Every command, in the order in which help lists them. Each file is loaded when its command is run. */
export const COMMANDS: CommandGroup = {
  about: "Train autoencoders through narrow channels, measure the geometry of the code, draw it.",
  details:
    "Exit codes: 0 done; 1 a defect or a failed run; 2 bad input, reported in one line; 130 stopped by Ctrl-C.",
  commands: {
    train: {
      about: "train a model as a configuration describes, in a new run folder",
      load: () => import("./train.js"),
    },
    resume: {
      about: "continue a stopped run from its newest checkpoint",
      load: () => import("./resume.js"),
    },
    sweep: {
      about: "train a configuration at every point of a grid of settings, in worker processes",
      load: () => import("./sweep.js"),
    },
    runs: {
      about: "list the runs: status, progress, target C, rate, gap, distortion and loss of each",
      load: () => import("./runs.js"),
    },
    show: {
      about: "show one run: configuration, data, progress, the last evaluation, files",
      load: () => import("./show.js"),
    },
    check: {
      about: "compare every file of runs with the checksums that were written with it",
      load: () => import("./check.js"),
    },
    tag: {
      about: "give runs a tag, to find them again with runs --where tag=TAG",
      load: () => import("./tag.js"),
    },
    untag: {
      about: "remove a tag from runs",
      load: () => import("./untag.js"),
    },
    rename: {
      about: "give a run another name",
      load: () => import("./rename.js"),
    },
    rm: {
      about: "remove runs with everything that Narrows has written in their folders",
      load: () => import("./rm.js"),
    },
    prune: {
      about: "remove old checkpoints and what killed processes left; show what that frees",
      load: () => import("./prune.js"),
    },
    evaluate: {
      about: "measure distortion, rate and heads of a run at its newest checkpoint",
      load: () => import("./evaluate.js"),
    },
    encode: {
      about: "write the codes of a run's data with their labels, for classifiers on frozen codes",
      load: () => import("./encode.js"),
    },
    export: {
      about: "write the model of a run as ONNX, or for PyTorch, with a model card",
      load: () => import("./export.js"),
    },
    import: {
      about: "turn a PyTorch Lightning checkpoint of the authors' code into a run",
      load: () => import("./import.js"),
    },
    parts: {
      about: "list the parts that models are made of, with their settings",
      load: () => import("./parts.js"),
    },
    datasets,
    measure,
    bound: {
      about:
        "solve for the minimum distortion that any code can have at a rate: the true rate-distortion function",
      load: () => import("./bound.js"),
    },
    figure,
    demo: {
      about: "train the Corridors at rates of 10 and 0.3 nats, and write a page that shows the difference",
      load: () => import("./demo.js"),
    },
    doctor: {
      about: "report which devices work here, and for each that does not, what is missing",
      load: () => import("./doctor.js"),
    },
    report: {
      about: "write one page on the code of one or several runs, and the effect of the rate limit",
      load: () => import("./report.js"),
    },
    reproduce,
    schema: {
      about: "print the JSON Schema of configurations, by which editors complete and check them",
      load: () => import("./schema.js"),
    },
    completion: {
      about: "print a script that completes commands in a shell: bash, zsh or fish",
      load: () => import("./completion.js"),
    },
  },
};
