import { PRESET_NAMES } from "../../configuration/presets.js";
import type { CsvArrayOptions } from "../../data/arrays/csv.js";
import { DEVICE_NAMES } from "../../onnx/devices.js";
import { choice, flag, repeated, text, type ValuesOf, whole, yesOrNo } from "../../settings/index.js";
import { warn } from "../output.js";

// Settings that several commands share, so that they read and behave alike everywhere.

/** Where to compute. */
export const computing = {
  device: choice(DEVICE_NAMES, { about: "where to compute", default: "cpu" }),
  threads: whole({ about: "processor threads", minimum: 1, maximum: 256, defaultText: "all cores" }),
};

/** Where the runs are. */
export const runFolder = { runs: text({ about: "folder of the runs", placeholder: "dir", default: "runs" }) };

/** Where the runs are, and the data of those that are loaded. */
export const runsAndData = {
  ...runFolder,
  data: text({
    about: "where the data of the run are now; they are known by their fingerprint",
    placeholder: "path",
    defaultText: "the path that the run recorded",
  }),
};

/** What a command that trains many runs takes besides. */
export const planning = {
  workers: whole({
    about: "processes that work at the same time, one thread each",
    minimum: 1,
    maximum: 64,
    default: 2,
  }),
  dryRun: flag({ about: "show what would be trained, and train nothing" }),
};

/** Keys of a configuration that are changed from the command line. */
export const overriding = {
  set: repeated(text({ about: "" }), {
    about: "override a key of the configuration, such as objective.capacity=3",
    placeholder: "key=value",
  }),
};

/** Files with parts of one's own. */
export const extending = {
  with: repeated(text({ about: "" }), {
    about: "a TypeScript or JavaScript file that defines parts of your own (docs/extending.md); it is run",
    placeholder: "file",
  }),
};

/** How a configuration is made of its file. */
export const configuring = {
  ...overriding,
  ...extending,
  preset: choice(PRESET_NAMES, { about: "a named set of settings" }),
};

/** Whether files that exist are replaced. */
export const force = { force: flag({ about: "replace files that exist" }) };

const CSV = "CSV files (inferred by default):";

/** How CSV files are read, where they do not say it themselves (rule D9). */
export const csv = {
  delimiter: text({
    about: "between columns: comma, semicolon, tab, space, or a character",
    placeholder: "what",
    group: CSV,
  }),
  header: yesOrNo({ about: "whether the first row holds names", group: CSV }),
  index: yesOrNo({ about: "whether the first column only counts or names the rows", group: CSV }),
  labelColumn: text({
    about: "column of labels: front, behind, none, or its name",
    placeholder: "where",
    group: CSV,
  }),
};

/** What help says of an argument that is a run. */
export const RUN = "name of a run, or path of its folder or zip";

/** What help says of an argument that is several runs. */
export const RUNS = "names of runs, or paths of their folders";

export type CsvFlags = ValuesOf<typeof csv>;

/** How arrays in CSV files are read; what they were taken for is a warning. */
export function csvArrays({ delimiter, header, index, labelColumn }: CsvFlags): CsvArrayOptions {
  return { delimiter, header, index, labelColumn, onNotice: warn };
}
