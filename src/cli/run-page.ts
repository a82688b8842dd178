import { type Analysis, type AnalysisChoice, analyseRuns } from "../analysis/analysis.js";
import { analysisReport, type ReportWords } from "../analysis/report.js";
import { UserError } from "../errors.js";
import { writeFileAtomic } from "../files/atomic.js";
import type { Device } from "../onnx/devices.js";
import { renderReport } from "../report/index.js";
import type { Runs } from "../run-figures/index.js";
import { locateRun } from "../runs/run.js";
import { parsed, repeated, runName } from "../settings/index.js";
import type { TrainedRun } from "../training/trained-run.js";
import type { Context } from "./command/define.js";
import { RUNS } from "./command/groups.js";
import { openTrained, type Whereabouts } from "./open-run.js";

/** The runs of a figure or a page. */
export const runsArgument = {
  names: repeated(runName({ about: "" }), { about: RUNS, required: true }),
};

/** The labels of a list, split at the commas that are in no brackets and no double quotes, where these come in pairs. */
export function labelsIn(text: string): string[] {
  let depth = 0;
  let isQuoted = false;
  const hasPairs = text.split('"').length % 2 === 1;
  const labels = [""];
  for (const letter of text) {
    if (letter === '"') isQuoted = hasPairs && !isQuoted;
    else if (!isQuoted) depth += letter === "(" ? 1 : letter === ")" ? -1 : 0;
    if (letter === "," && depth === 0 && !isQuoted) labels.push("");
    else labels[labels.length - 1] += letter;
  }
  return labels.map((label) => label.trim());
}

/** Which labels of a run's data are looked at. */
export const labelsSetting = {
  labels: parsed(labelsIn, {
    about:
      'labels of the data, or rules over them such as "xU - xL"; NAME:numbers or NAME:categories says how a label is read; a name with a comma stands in double quotes',
    placeholder: "name,...",
    defaultText: "all that vary",
  }),
};

/** The environment variable with the address of the lab, for whoever has one for a course or a group. */
const LAB_VARIABLE = "NARROWS_LAB";

function labAddress(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  throw new UserError({
    where: text,
    what: "this is no address of a page",
    remedy: "Give the address at which the lab is served, such as https://example.org/lab/",
  });
}

/** Where the page's links to the lab lead. */
export const labSetting = {
  lab: parsed(labAddress, {
    about:
      "address at which the lab is served: the page then links each run to its experiment there (docs/lab.md)",
    placeholder: "address",
    defaultText: `the environment variable ${LAB_VARIABLE}`,
  }),
};

/** The address of the lab that is given, or that of the environment. @throws UserError when it is none. */
export function labOf({ lab }: { readonly lab?: string | undefined }): { readonly lab?: string } {
  const address = lab ?? process.env[LAB_VARIABLE];
  return address === undefined || address === "" ? {} : { lab: labAddress(address) };
}

/**
 * Loads runs by name, in the order given.
 * @throws UserError when one is named twice, is not there, or has no readable checkpoint.
 */
export function loadRuns(names: readonly string[], options: Whereabouts): Runs {
  const paths = new Set<string>();
  const load = (name: string): TrainedRun => {
    const path = locateRun(options.runs, name);
    if (paths.has(path)) {
      throw new UserError({ where: name, what: "the run is named twice", remedy: "Name each run once" });
    }
    paths.add(path);
    return openTrained(name, options);
  };
  return names.map(load) as [TrainedRun, ...TrainedRun[]];
}

/** Analyses runs; what papers published is shown for runs of their own configuration. */
export async function analyse(
  runs: Runs,
  device: Device,
  { published }: Context,
  choice: Pick<AnalysisChoice, "labels"> = {},
): Promise<Analysis> {
  return analyseRuns(runs, device, { ...choice, publishedFor: await published() });
}

/** Writes the page of some analysed runs as one self-contained file. */
export async function writePage(
  path: string,
  analysis: Analysis,
  device: Device,
  words: ReportWords,
): Promise<void> {
  writeFileAtomic(path, await renderReport(await analysisReport(analysis, device, words)));
}
