import { type FigureOptions, type FigureSpec, figure, requireSome } from "./figure.js";
import { seriesColour } from "./parts/curve-marks.js";
import { type Domain, domainOf, plane, sizeOf, unit } from "./parts/plane.js";
import { thinned } from "./parts/thin.js";
import { columnName, tableOf } from "./table.js";

/** What was logged at one training step. */
export interface TrainingCurvesPoint {
  readonly step: number;
  readonly split: "train" | "validation";
  readonly distortion: number;
  readonly rateNats: number;
}

export interface TrainingCurvesRun {
  readonly name: string;
  /** Target capacity C in nats, drawn as a dashed line; absent for runs without a target. */
  readonly capacityNats?: number;
  readonly points: readonly TrainingCurvesPoint[];
}

export interface TrainingCurvesData {
  readonly runs: readonly TrainingCurvesRun[];
}

export interface TrainingCurvesOptions extends FigureOptions {
  /** Logarithmic vertical axes; values that are not positive are left out. */
  readonly log?: boolean;
  /** A longer line is averaged down to this many points. Default 400. */
  readonly maxPoints?: number;
  /** The distortion with its unit. Default `distortion (MSE per pixel)`. */
  readonly distortionName?: string;
}

const SIZE = { width: 340, height: 240 };
const MAX_POINTS = 400;
const TARGET = "target C";
const LOOKS = {
  train: { strokeDash: [1, 0], strokeWidth: 1, opacity: 0.5 },
  validation: { strokeDash: [1, 0], strokeWidth: 2.2, opacity: 1 },
  [TARGET]: { strokeDash: [4, 3], strokeWidth: 1.4, opacity: 0.9 },
} as const;

type Line = keyof typeof LOOKS;
type Quantity = "distortion" | "rateNats";

interface Row {
  readonly series: string;
  readonly line: Line;
  readonly x: number;
  readonly value: number;
}

/**
 * Distortion and rate over training steps, of one or several runs; the target capacity is a dashed line.
 * @throws UserError when there is no run or a run has no points.
 */
export function trainingCurves(
  { runs }: TrainingCurvesData,
  options: TrainingCurvesOptions = {},
): FigureSpec {
  requireSome(runs, "training-curves", "run");
  for (const { name, points } of runs) requireSome(points, `training-curves, run ${name}`, "logged step");
  const { maxPoints = MAX_POINTS, distortionName = "distortion (MSE per pixel)" } = options;
  const averaged = runs.some((run) => splitsOf(run).some((points) => points.length > maxPoints));
  return figure(
    "training-curves",
    options,
    {
      title: "Training",
      caption: [
        "Distortion and rate over training steps; the dashed line is the target capacity C.",
        averaged ? `Lines of more than ${maxPoints} points are averaged over neighbouring steps.` : "",
      ],
    },
    {
      hconcat: [
        panelSpec(runs, "distortion", distortionName, options),
        panelSpec(runs, "rateNats", "rate (nats)", options),
      ],
      spacing: 36,
    },
    tableOf(
      runs.flatMap(({ name, capacityNats = "", points }) =>
        points.map((point) => ({ run: name, capacityNats, ...point })),
      ),
      {
        ...{ run: "run", step: "step", split: "split" },
        ...{ [columnName(distortionName)]: "distortion", rateNats: "rateNats", capacityNats: "capacityNats" },
      },
    ),
  );
}

function splitsOf({ points }: TrainingCurvesRun): TrainingCurvesPoint[][] {
  return (["train", "validation"] as const).map((split) => points.filter((point) => point.split === split));
}

function rowsOf(
  run: TrainingCurvesRun,
  quantity: Quantity,
  { maxPoints = MAX_POINTS, log = false }: TrainingCurvesOptions,
) {
  const lines = splitsOf(run).flatMap((points) =>
    thinned(
      points,
      maxPoints,
      ({ step }) => step,
      (point) => point[quantity],
    ).map(([x, value]): Row => ({ series: run.name, line: points[0].split, x, value })),
  );
  const target = quantity === "rateNats" ? run.capacityNats : undefined;
  if (target !== undefined) {
    const steps = [...run.points.map(({ step }) => step)].sort((a, b) => a - b);
    for (const x of new Set([steps[0], steps.at(-1)!]))
      lines.push({ series: run.name, line: TARGET, x, value: target });
  }
  return lines.filter(({ value }) => Number.isFinite(value) && (!log || value > 0));
}

function panelSpec(
  runs: readonly TrainingCurvesRun[],
  quantity: Quantity,
  title: string,
  options: TrainingCurvesOptions,
) {
  const { log = false } = options;
  const rows = runs.flatMap((run) => rowsOf(run, quantity, options));
  const present = (Object.keys(LOOKS) as Line[]).filter((line) =>
    line === TARGET
      ? runs.some(({ capacityNats }) => capacityNats !== undefined)
      : runs.some(({ points }) => points.some(({ split }) => split === line)),
  );
  // `ordinal` by name: for numbers Vega-Lite would choose a scale that only uses the ends of the range.
  const look = (of: keyof (typeof LOOKS)[Line]) => ({
    field: "line",
    type: "ordinal" as const,
    title: "line",
    sort: null,
    scale: {
      type: "ordinal" as const,
      domain: present,
      range: present.map((line) => LOOKS[line][of]) as number[],
    },
    // Long enough to show three dashes.
    legend: { symbolSize: 324 },
  });
  const steps = runs.flatMap(({ points }) => points.map(({ step }) => step));
  const last = steps.reduce((a, b) => Math.max(a, b), 1);
  const x = {
    title: "training step",
    domain: [0, last] as Domain,
    ticks: 5,
  };
  const domain = domainOf({ values: rows.map(({ value }) => value), log }, quantity === "rateNats");
  const color = { ...seriesColour(rows, { legendTitle: "run" }, true) };
  return plane(sizeOf({}, SIZE), x, { title, domain, log }, [
    ...unit(
      rows,
      { type: "line", clip: true },
      {
        color,
        detail: look("strokeDash"),
        strokeDash: look("strokeDash"),
        strokeWidth: look("strokeWidth"),
        opacity: look("opacity"),
      },
    ),
    ...unit(
      rows.filter(({ line }) => line === "validation"),
      { type: "circle", size: 26, opacity: 1, tooltip: { content: "data" } },
      { color },
    ),
  ]);
}
