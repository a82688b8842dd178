import type { DistortionIndex, DistortionIndices, Labels } from "../../../geometry/index.js";
import { printLine, warn } from "../../output.js";
import { labelText, numberText, plainLabels, tableLines } from "./format.js";

/** More classes are no table for people. */
const MOST_CLASSES_SHOWN = 40;

/** The indices of a code as JSON, with the rules that define them. */
export function plainIndices(
  { prototypization, specialization, orthogonalization, confidence }: DistortionIndices,
  labels: Labels,
): object {
  return {
    definition: { prototypization: "G11", specialization: "G12", orthogonalization: "G13", interval: "G14" },
    units: "natural logarithm of a ratio",
    labels: plainLabels(labels.classes),
    samplesPerLabel: Array.from(labels.sizes),
    prototypization: { ...plain(prototypization), byClass: prototypization.byClass.map(plain) },
    specialization: { byClass: specialization.byClass.map(plain) },
    orthogonalization: plain(orthogonalization),
    confidence,
  };
}

/** JSON has no NaN and no infinity: undefined is null, infinite a word. */
function plainNumber(value: number): number | string | null {
  if (Number.isNaN(value)) return null;
  return Number.isFinite(value) ? value : String(value);
}

function plain({ value, low, high, inCode, inReference, resamples }: DistortionIndex): object {
  return {
    value: plainNumber(value),
    low: plainNumber(low),
    high: plainNumber(high),
    inCode: plainNumber(inCode),
    inReference: plainNumber(inReference),
    resamples,
  };
}

/** Says on standard error which indices have no value, and why. */
export function warnOfUndefined(
  { prototypization, specialization, orthogonalization }: DistortionIndices,
  code: string,
): void {
  for (const [name, { value }] of Object.entries({ prototypization, orthogonalization })) {
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

/** The indices as tables for people; classes have the names given, or are the numbers of their labels. */
export function describeIndices(
  indices: DistortionIndices,
  { classes, count, sizes }: Labels,
  names: readonly string[] = classes.map(labelText),
): void {
  const { prototypization, specialization, orthogonalization, confidence, resamples } = indices;
  printLine(`distortion of ${count} samples in ${classes.length} classes; 0 is undistorted`);
  printLine(`intervals: ${Math.round(100 * confidence)} %, ${resamples} resamples of the samples`);
  printLine();
  const overall = [
    ["", "value", "low", "high"],
    ["prototypization", ...cells(prototypization)],
    ["orthogonalization", ...cells(orthogonalization)],
  ];
  for (const line of tableLines(overall)) printLine(line);
  printLine();
  if (classes.length > MOST_CLASSES_SHOWN) {
    printLine(`All ${classes.length} classes: --json`);
    return;
  }
  const rows = classes.map((_, k) => [
    names[k],
    String(sizes[k]),
    ...cells(specialization.byClass[k]),
    ...cells(prototypization.byClass[k]),
  ]);
  const header = ["class", "samples", "specialization", "low", "high", "prototypization", "low", "high"];
  for (const line of tableLines([header, ...rows])) printLine(line);
}

function cells({ value, low, high }: DistortionIndex): string[] {
  return [value, low, high].map((number) => (Number.isNaN(number) ? "-" : numberText(number)));
}
