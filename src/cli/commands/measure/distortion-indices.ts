import { distortionOfRun } from "../../../analysis/distortion-of-run.js";
import { UserError } from "../../../errors.js";
import {
  type DistortionIndex,
  type DistortionIndices,
  distortionIndices,
  type Labels,
} from "../../../geometry/index.js";
import { nodeDevice } from "../../../onnx/node.js";
import { PhiloxStream } from "../../../random/stream.js";
import { runName, text, type ValuesOf, whole } from "../../../settings/index.js";
import { defineCommand } from "../../command/define.js";
import { computing, csv, runsAndData } from "../../command/groups.js";
import { numberText } from "../../format.js";
import { openTrained } from "../../open-run.js";
import { warn } from "../../output.js";
import { labelsIn } from "../../run-page.js";
import { right, tableLines } from "../../table.js";
import { readLabels, readPoints } from "./codes.js";
import { labelText, plainLabels, plainNumber } from "./plain.js";

/** More classes are no table for people. */
const MAX_CLASSES_SHOWN = 40;

/** Names the stream of resamples: part of the result, never to be renamed. */
const STREAM = "measure indices";

const arguments_ = {
  run: runName({ about: "name of a run, or path of its folder; or give --codes, --reference and --labels" }),
};

const settings = {
  baseline: runName({
    about: "of a run: the run it is compared with, of the same images and capacity, no bias, no task",
  }),
  codes: text({
    about: "file of any code instead of a run, one row per sample",
    placeholder: "array",
    was: ["latents"],
  }),
  reference: text({
    about: "with --codes: the code it is compared with, for the same samples",
    placeholder: "array",
  }),
  labels: text({
    about:
      "with --codes: one label per sample, or one row of numbers per sample; of a run: labels of its data by name, or rules over them",
    placeholder: "array|list",
    defaultText: "the run's own task, its bias, or the only label of classes",
    was: ["classes"],
  }),
  seed: whole({ about: "seed of the bootstrap resamples", minimum: 0, default: 0 }),
  resamples: whole({ about: "number of bootstrap resamples of the samples", minimum: 0, default: 200 }),
  ...runsAndData,
  ...computing,
  ...csv,
};

type Options = ValuesOf<typeof arguments_> & ValuesOf<typeof settings>;

export default defineCommand({
  arguments: arguments_,
  settings,
  details: `
All are 0 for an undistorted code, however it is rotated, moved or scaled (rules G10 to G14 and G19 of
docs/definitions/geometry.md). Above 0:
  prototypization    distances within classes shrank, compared with those between classes
  specialization     the class got more room than the other classes
  orthogonalization  what separates the classes became an axis of its own: less varies along it within classes
  factorization      within classes, other directions vary more than those that separate the classes
Natural logarithms of ratios: 0.69 is a factor of 2. Intervals: 95 %, percentile bootstrap over samples. Of a run, both codes
are of the same images: about 1,500 of the baseline's test rows. Images of the same labels are a class; a quantity of more
than 40 different values is sorted into 10 bins.`,
  examples: [
    "narrows measure distortion-indices --codes Z.npy --reference Z0.npy --labels y.npy",
    "narrows measure distortion-indices --codes all.npz:low --reference all.npz:high --labels y.csv --seed 1 --json",
    "narrows measure distortion-indices e1m1-c0.3-s0 --baseline baseline-c0.3-s0",
    'narrows measure distortion-indices e2m1-c10-s0 --baseline baseline-c10-s0 --labels "xU <= xL" --json',
    "narrows measure distortion-indices digits-c1 --baseline digits-c10 --labels digit",
  ],
  async run(options) {
    const { seed, resamples } = options;
    const { name, about, line, labels, names, indices } =
      options.run === undefined ? ofArrays(options) : await ofRun(options.run, options);
    warnOfUndefined(indices, name);
    return {
      json: { ...about, ...plainIndices(indices, labels), seed, resamples },
      text: [...line, ...linesOf(indices, labels, names)],
    };
  },
});

function ofArrays({ codes, reference, labels: labelsFile, baseline, seed, resamples, ...flags }: Options) {
  if (codes === undefined || reference === undefined || labelsFile === undefined || baseline !== undefined) {
    throw new UserError({
      where: "codes",
      what: "neither a run with --baseline nor --codes, --reference and --labels are given",
      remedy: "Give RUN --baseline RUN, or --codes Z.npy --reference Z0.npy --labels y.npy",
    });
  }
  const labels = readLabels(labelsFile, flags);
  const stream = new PhiloxStream(seed, STREAM);
  const uniform = (count: number) => stream.fillUniform(new Float64Array(count));
  const [code, other] = [readPoints(codes, flags), readPoints(reference, flags)];
  const indices = distortionIndices(code, other, labels, { uniform, resamples });
  return {
    name: codes,
    about: { codes, reference },
    line: [],
    labels,
    names: labels.classes.map(labelText),
    indices,
  };
}

async function ofRun(run: string, options: Options) {
  const { codes, reference, labels, baseline, device, threads, seed, resamples } = options;
  if (baseline === undefined || codes !== undefined || reference !== undefined) {
    throw new UserError({
      where: run,
      what: baseline === undefined ? "--baseline is missing" : "a run and codes are both given",
      remedy: "Give RUN --baseline RUN, or --codes Z.npy --reference Z0.npy --labels y.npy",
    });
  }
  const trained = openTrained(run, options);
  const compared = openTrained(baseline, options);
  const { groups, stimuli, indices } = await distortionOfRun(
    trained,
    compared,
    await nodeDevice(device, threads),
    { labels: labels === undefined ? undefined : labelsIn(labels), seed, resamples },
  );
  return {
    name: run,
    about: { run, baseline, rule: groups.title, stimuli },
    line: [`${run} against ${baseline}, classes by ${groups.title}`],
    labels: groups.labels,
    names: groups.names,
    indices,
  };
}

const DEFINITIONS = {
  ...{ prototypization: "G11", specialization: "G12", orthogonalization: "G19", factorization: "G13" },
  interval: "G14",
};

/** The indices of a code as JSON, with the rules that define them. */
function plainIndices(
  { prototypization, specialization, orthogonalization, factorization, confidence }: DistortionIndices,
  labels: Labels,
) {
  return {
    definition: DEFINITIONS,
    units: "natural logarithm of a ratio",
    labels: plainLabels(labels.classes),
    samplesPerLabel: Array.from(labels.sizes),
    prototypization: { ...plain(prototypization), byClass: prototypization.byClass.map(plain) },
    specialization: { byClass: specialization.byClass.map(plain) },
    orthogonalization: plain(orthogonalization),
    factorization: plain(factorization),
    confidence,
  };
}

function plain({ resamples, ...numbers }: DistortionIndex): object {
  const { value, low, high, inCode, inReference } = numbers;
  const entries = Object.entries({ value, low, high, inCode, inReference });
  return { ...Object.fromEntries(entries.map(([name, number]) => [name, plainNumber(number)])), resamples };
}

/** Says on standard error which indices have no value, and why. */
function warnOfUndefined(
  { prototypization, specialization, orthogonalization, factorization }: DistortionIndices,
  code: string,
): void {
  for (const [name, { value }] of Object.entries({ prototypization, orthogonalization, factorization })) {
    if (Number.isNaN(value))
      warn(`${code}: ${name} is undefined: all samples, or all class means, of a code coincide`);
  }
  const undefinedClasses = specialization.byClass.filter(({ value }) => Number.isNaN(value)).length;
  if (undefinedClasses > 0) {
    warn(
      `${code}: specialization is undefined for ${undefinedClasses} of ${specialization.byClass.length} classes: they hold one sample, or a code collapsed`,
    );
  }
}

/** The indices as tables for people. */
function linesOf(
  indices: DistortionIndices,
  { classes, count, sizes }: Labels,
  names: readonly string[],
): string[] {
  const { prototypization, specialization, orthogonalization, factorization, confidence, resamples } =
    indices;
  const rows = classes.map((_, k) => [
    names[k]!,
    String(sizes[k]),
    ...cells(specialization.byClass[k]!),
    ...cells(prototypization.byClass[k]!),
  ]);
  const columns = ["class", "samples", "specialization", "low", "high", "prototypization", "low", "high"];
  return [
    `distortion of ${count} samples in ${classes.length} classes; 0 is undistorted`,
    `intervals: ${Math.round(100 * confidence)} %, ${resamples} resamples of the samples`,
    "",
    ...tableLines(["", "value", "low", "high"].map(right), [
      ["prototypization", ...cells(prototypization)],
      ["orthogonalization", ...cells(orthogonalization)],
      ["factorization", ...cells(factorization)],
    ]),
    "",
    ...(classes.length > MAX_CLASSES_SHOWN
      ? [`All ${classes.length} classes: --json`]
      : tableLines(columns.map(right), rows)),
  ];
}

function cells({ value, low, high }: DistortionIndex): string[] {
  return [value, low, high].map((number) => (Number.isNaN(number) ? "-" : numberText(number)));
}
