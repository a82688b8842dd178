import { tuningCurves } from "../../../geometry/index.js";
import { numberText } from "../../format.js";
import { warn } from "../../output.js";
import { right, tableLines } from "../../table.js";
import { codeMeasure } from "./code-measure.js";
import { labelText, nested, plainLabels } from "./plain.js";

const COLUMNS = ["channel", "lowest", "at", "highest", "at", "span"].map(right);

export default codeMeasure({
  definition: "G6",
  units: "share of the code's range",
  compared: true,
  details: `
The code is scaled to 0..1 by one minimum and maximum over all channels and samples, then averaged over the samples
of each label (rule G6 of docs/definitions/geometry.md). In JSON "curves" is [channel][label], or
[channel][first number][second number] where a label is a row; null where there is no sample.`,
  examples: [
    "narrows measure tuning --codes Z.npy --labels positions.npy --json",
    "narrows measure tuning --codes run.npz:mu --labels classes.csv",
    "narrows measure tuning baseline-c10-s0 --split test",
  ],
  measure(codes) {
    const classes = codes.classes();
    const { curves, axes, samples, range } = tuningCurves(codes.points(), classes);
    const empty = samples.data.filter((count) => count === 0).length;
    if (empty > 0) {
      warn(
        `${classes.name}: ${empty} of ${samples.data.length} cells hold no sample; there the curves are null`,
      );
    }
    const [channels = 0, ...extents] = curves.shape;
    const cells = curves.data.length / channels;
    const rows = Array.from({ length: channels }, (_, channel) => {
      const curve = curves.data.subarray(channel * cells, (channel + 1) * cells);
      const known = Array.from(curve.keys()).filter((cell) => !Number.isNaN(curve[cell]));
      const low = known.reduce((best, cell) => (curve[cell]! < curve[best]! ? cell : best));
      const high = known.reduce((best, cell) => (curve[cell]! > curve[best]! ? cell : best));
      const shown = [low, high].flatMap((cell) => [numberText(curve[cell]!), labelText(labelAt(axes, cell))]);
      return [String(channel), ...shown, numberText(curve[high]! - curve[low]!)];
    });
    return {
      json: {
        labels: plainLabels(classes.classes),
        axes,
        curves: nested(curves),
        samplesPerCell: nested(samples),
        range,
      },
      text: [
        `tuning of ${channels} channels over ${extents.join(" x ")} labels; 0..1 stands for ${range.map(numberText).join("..")}`,
        "",
        ...tableLines(COLUMNS, rows),
        "All values: --json",
      ],
    };
  },
});

/** The label of a cell, which is a number for each axis; the last axis varies fastest. */
function labelAt(axes: readonly (readonly number[])[], cell: number): number[] {
  let rest = cell;
  return axes
    .toReversed()
    .map((axis) => {
      const at = rest % axis.length;
      rest = Math.floor(rest / axis.length);
      return axis[at]!;
    })
    .reverse();
}
