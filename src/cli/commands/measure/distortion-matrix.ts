import { printableNames } from "../../../errors.js";
import { distortionMatrix } from "../../../geometry/index.js";
import { text } from "../../../settings/index.js";
import { defineCommand } from "../../command/define.js";
import { csv } from "../../command/groups.js";
import { numberText } from "../../format.js";
import { warn } from "../../output.js";
import { right, tableLines } from "../../table.js";
import { readLabels, readPoints } from "./codes.js";
import { labelText, nested, plainLabels } from "./plain.js";

/** A larger matrix is no table for people. */
const MAX_CLASSES_SHOWN = 12;

export default defineCommand({
  settings: {
    codes: text({
      about: "the code, one row per sample",
      placeholder: "array",
      required: true,
      was: ["latents"],
    }),
    reference: text({
      about: "the code it is compared with, for the same samples",
      placeholder: "array",
      required: true,
    }),
    labels: text({
      about: "one label per sample, or one row of numbers per sample (positions)",
      placeholder: "array",
      required: true,
    }),
    ...csv,
  },
  details: `
Each entry is the mean ratio of distances for a pair of classes, minus the mean over all pairs: above 0 the code
stretches that pair more than its average, below 0 less (rules G4 and G5 of docs/definitions/geometry.md).`,
  examples: [
    "narrows measure distortion-matrix --codes Z.npy --reference Z0.npy --labels y.npy",
    "narrows measure distortion-matrix --codes all.npz:low --reference all.npz:high --labels positions.csv --json",
  ],
  async run({ codes, reference, labels, ...flags }) {
    const classOf = readLabels(labels, flags);
    const [code, other] = [readPoints(codes, flags), readPoints(reference, flags)];
    const { matrix, ratio, pairs } = distortionMatrix(code, other, classOf);
    const { classes, count, sizes } = classOf;
    if (pairs.infinite > 0) {
      warn(
        `${reference}: ${pairs.infinite} of ${pairs.total} pairs coincide here but not in ${codes}; their ratio is infinite and left out of every mean`,
      );
    }
    if (pairs.coincidingInBoth > 0) {
      warn(
        `${codes}: ${pairs.coincidingInBoth} of ${pairs.total} pairs of different samples coincide here and in ${reference}; their ratio 0/0 counts as 1`,
      );
    }
    const alone = classes.filter((_, k) => sizes[k] === 1).map(labelText);
    if (alone.length > 0) {
      warn(
        `${labels}: classes of one sample: ${printableNames(alone)}; their entry on the diagonal is the pair of that sample with itself, and says nothing about the code`,
      );
    }
    return {
      json: {
        definition: "G5",
        units: "ratio of distances, minus its mean",
        codes,
        reference,
        labels: plainLabels(classes),
        matrix: nested(matrix),
        samplesPerLabel: Array.from(sizes),
        ratio,
        pairs,
      },
      text: [
        `distortion of ${count} samples in ${classes.length} classes; 0 is the code's average stretch`,
        `ratio of distances: mean ${numberText(ratio.mean)}, standard deviation ${numberText(ratio.standardDeviation)}, ` +
          `${numberText(ratio.min)} to ${numberText(ratio.max)} over ${pairs.total} pairs`,
        `a sample and itself count as a pair of ratio 1 (G5), which matters in small classes${selfPairs(matrix.data, ratio.mean, sizes, pairs.infinite)}`,
        "",
        ...matrixLines(matrix.data, classes.map(labelText)),
      ],
    };
  },
});

/** How far these pairs move the diagonal, where no others are left out. */
function selfPairs(matrix: Float64Array, mean: number, sizes: Uint32Array, leftOut: number): string {
  if (leftOut > 0) return "";
  const moved = Array.from(sizes, (size, k) => {
    const own = matrix[k * sizes.length + k]! + mean;
    return size > 1 ? (1 - own) / (size - 1) : 0;
  });
  const largest = moved.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a));
  return `: they move the diagonal by ${numberText(largest)} at most`;
}

/** The matrix; of a large one the pairs with minimum and maximum stretch. */
function matrixLines(data: Float64Array, names: readonly string[]): string[] {
  const size = names.length;
  if (size <= MAX_CLASSES_SHOWN) {
    const rows = names.map((name, a) => [
      name,
      ...Array.from(data.subarray(a * size, (a + 1) * size), numberText),
    ]);
    return tableLines(["", ...names].map(right), rows);
  }
  const extreme = (word: string, isBetter: (a: number, b: number) => boolean) => {
    const found = data.reduce((best, value, k) => (isBetter(value, data[best]!) ? k : best), 0);
    const pair = `${names[Math.floor(found / size)]} and ${names[found % size]}`;
    return `${word} stretched: ${numberText(data[found]!)} between ${pair}`;
  };
  return [
    extreme("least", (a, b) => a < b),
    extreme("most", (a, b) => a > b),
    `All ${size} x ${size} entries: --json`,
  ];
}
