import type { Command } from "commander";
import type { TuningCurves } from "../../../geometry/index.js";
import type { CsvFlags } from "../../csv-options.js";
import { printJson, printLine, warn } from "../../output.js";
import { labelText, nested, numberText, plainLabels, tableLines } from "./format.js";

interface TuningOptions extends CsvFlags {
  readonly latents: string;
  readonly labels: string;
  readonly json?: boolean;
}

export function registerTuning(measure: Command): void {
  measure
    .command("tuning")
    .description("What each channel of a code answers to each label: its tuning curves.")
    .requiredOption("--latents <array>", "the code, one row a sample")
    .requiredOption("--labels <array>", "a label a sample, or a row of numbers a sample (positions)")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      `
The code is scaled to 0..1 by one minimum and maximum over all channels and samples, then averaged over the samples
of each label (rule G6 of docs/definitions/geometry.md). In JSON "curves" is [channel][label], or
[channel][first number][second number] where a label is a row; null where no sample falls.

Examples:
  narrows measure tuning --latents Z.npy --labels positions.npy --json
  narrows measure tuning --latents run.npz:mu --labels classes.csv`,
    )
    .action(measureTuning);
}

async function measureTuning({ latents, labels, json, ...csv }: TuningOptions): Promise<void> {
  const [{ tuningCurves }, { readLabels, readPoints }] = await Promise.all([
    import("../../../geometry/index.js"),
    import("./arguments.js"),
  ]);
  const classes = readLabels(labels, csv);
  const result = tuningCurves(readPoints(latents, csv), classes);
  const empty = result.samples.data.filter((count) => count === 0).length;
  if (empty > 0) {
    warn(
      `${labels}: ${empty} of ${result.samples.data.length} cells hold no sample; there the curves are null`,
    );
  }
  if (json) {
    return printJson({
      definition: "G6",
      units: "share of the code's range",
      labels: plainLabels(classes.classes),
      axes: result.axes,
      curves: nested(result.curves),
      samples: nested(result.samples),
      range: result.range,
    });
  }
  describe(result);
}

function describe({ curves, axes, range }: TuningCurves): void {
  const [channels, ...extents] = curves.shape;
  printLine(
    `tuning of ${channels} channels over ${extents.join(" x ")} labels; 0..1 stands for ${range.map(numberText).join("..")}`,
  );
  printLine();
  const cells = curves.data.length / channels;
  const place = (cell: number) => {
    const row: number[] = [];
    for (
      let axis = axes.length - 1, rest = cell;
      axis >= 0;
      rest = Math.floor(rest / extents[axis]), axis--
    ) {
      row.unshift(axes[axis][rest % extents[axis]]);
    }
    return labelText(row);
  };
  const rows = Array.from({ length: channels }, (_, channel) => {
    const curve = curves.data.subarray(channel * cells, (channel + 1) * cells);
    const known = Array.from(curve.keys()).filter((cell) => !Number.isNaN(curve[cell]));
    const low = known.reduce((best, cell) => (curve[cell] < curve[best] ? cell : best));
    const high = known.reduce((best, cell) => (curve[cell] > curve[best] ? cell : best));
    return [
      String(channel),
      numberText(curve[low]),
      place(low),
      numberText(curve[high]),
      place(high),
      numberText(curve[high] - curve[low]),
    ];
  });
  const header = ["channel", "lowest", "at", "highest", "at", "span"];
  for (const line of tableLines([header, ...rows])) printLine(line);
  printLine("All values: --json");
}
