import { UserError } from "../errors.js";
import type { FigureSpec } from "./figure.js";
import { finiteExtent } from "./parts/extent.js";
import { thinned } from "./parts/thin.js";
import type { LayerSpec } from "./parts/vega-types.js";

/** What was logged at one training step. */
export interface TrainingCurvesPoint {
  readonly step: number;
  readonly split: "train" | "validation";
  /** Mean squared error per pixel. */
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

export interface TrainingCurvesOptions {
  readonly title?: string;
  readonly caption?: string;
  /** Logarithmic vertical axes; values that are not positive are left out. */
  readonly log?: boolean;
  /** A longer line is averaged down to this many points. Default 400. */
  readonly maxPoints?: number;
  /** Default `distortion (MSE per pixel)`. */
  readonly distortionName?: string;
}

const WIDTH = 340;
const HEIGHT = 240;
const MAX_POINTS = 400;
const TARGET = "target C";
const LOOKS: Readonly<Record<string, { dash: number[]; width: number; opacity: number }>> = {
  train: { dash: [1, 0], width: 1, opacity: 0.5 },
  validation: { dash: [1, 0], width: 2.2, opacity: 1 },
  [TARGET]: { dash: [4, 3], width: 1.4, opacity: 0.9 },
};
const LINES = Object.keys(LOOKS);
/** Long enough to show three dashes. */
const LINE_LEGEND = { symbolSize: 324 };
const CIRCLES = { size: 26, opacity: 1 };

type Quantity = "distortion" | "rateNats";

/**
 * Distortion and rate over training steps, of one or several runs; the target capacity is a dashed line.
 * @throws UserError when there is no run or a run has no points.
 */
export function trainingCurves(data: TrainingCurvesData, options: TrainingCurvesOptions = {}): FigureSpec {
  requireRuns(data.runs);
  const maxPoints = options.maxPoints ?? MAX_POINTS;
  const averaged = data.runs.some((run) => splitsOf(run).some((points) => points.length > maxPoints));
  const distortionName = options.distortionName ?? "distortion (MSE per pixel)";
  return {
    name: "training-curves",
    title: options.title ?? "Training",
    caption:
      options.caption ??
      `Distortion and rate over training steps; the dashed line is the target capacity C.${averaged ? ` Lines of more than ${maxPoints} points are averaged over neighbouring steps.` : ""}`,
    spec: {
      $schema: "https://vega.github.io/schema/vega-lite/v6.json",
      hconcat: [
        panelSpec(data.runs, "distortion", distortionName, options, maxPoints),
        panelSpec(data.runs, "rateNats", "rate (nats)", options, maxPoints),
      ],
      spacing: 36,
    },
    table: {
      columns: ["run", "step", "split", "distortion", "rateNats", "capacityNats"],
      rows: data.runs.flatMap((run) =>
        run.points.map((point) => [
          run.name,
          point.step,
          point.split,
          point.distortion,
          point.rateNats,
          run.capacityNats ?? "",
        ]),
      ),
    },
  };
}

function requireRuns(runs: readonly TrainingCurvesRun[]): void {
  const empty = runs.find((run) => run.points.length === 0);
  if (runs.length > 0 && !empty) return;
  throw new UserError({
    where: empty ? `training-curves, run ${empty.name}` : "training-curves",
    what: empty ? "nothing was logged" : "no run given",
    remedy: "Give runs that have trained for at least one step",
  });
}

function splitsOf(run: TrainingCurvesRun): TrainingCurvesPoint[][] {
  return (["train", "validation"] as const).map((split) =>
    run.points.filter((point) => point.split === split),
  );
}

/** The kinds of line that these runs have, for a legend without the others. */
function linesIn(runs: readonly TrainingCurvesRun[]): string[] {
  return LINES.filter((line) =>
    runs.some((run) =>
      line === TARGET ? run.capacityNats !== undefined : run.points.some((point) => point.split === line),
    ),
  );
}

interface Row {
  run: string;
  line: string;
  step: number;
  value: number;
}

function rowsOf(run: TrainingCurvesRun, quantity: Quantity, maxPoints: number, log: boolean): Row[] {
  const rows = splitsOf(run).flatMap((points) =>
    thinned(
      points,
      maxPoints,
      (point) => point.step,
      (point) => point[quantity],
    ).map(([step, value]) => ({
      run: run.name,
      line: points[0].split as string,
      step,
      value,
    })),
  );
  if (quantity === "rateNats" && run.capacityNats !== undefined) {
    const steps = run.points.map((point) => point.step);
    for (const step of new Set([
      steps.reduce((a, b) => Math.min(a, b)),
      steps.reduce((a, b) => Math.max(a, b)),
    ])) {
      rows.push({ run: run.name, line: TARGET, step, value: run.capacityNats });
    }
  }
  return rows.filter((row) => Number.isFinite(row.value) && (!log || row.value > 0));
}

function panelSpec(
  runs: readonly TrainingCurvesRun[],
  quantity: Quantity,
  title: string,
  options: TrainingCurvesOptions,
  maxPoints: number,
): LayerSpec {
  const log = options.log ?? false;
  const values = runs.flatMap((run) => rowsOf(run, quantity, maxPoints, log));
  const present = linesIn(runs);
  const looks = present.map((name) => LOOKS[name]);
  const line = { field: "line", type: "ordinal" as const, title: "line", sort: null, legend: LINE_LEGEND };
  // `ordinal` by name: for numbers Vega-Lite would choose a scale that only minds the ends of the range.
  const scaleOf = (range: (number | number[])[]) => ({
    type: "ordinal" as const,
    domain: present,
    range: range as number[],
  });
  return {
    width: WIDTH,
    height: HEIGHT,
    data: { values },
    encoding: {
      x: {
        field: "step",
        type: "quantitative",
        title: "training step",
        scale: { nice: false },
        axis: { tickCount: 5, format: "~s", grid: false },
      },
      y: {
        field: "value",
        type: "quantitative",
        title,
        scale: valueScale(values, quantity, log),
        axis: { tickCount: 6 },
      },
      color: {
        field: "run",
        type: "nominal",
        title: "run",
        sort: null,
        legend: { symbolType: "circle", symbolOpacity: 1 },
      },
    },
    layer: [
      {
        mark: { type: "line", clip: true },
        encoding: {
          detail: line,
          strokeDash: { ...line, scale: scaleOf(looks.map((look) => look.dash)) },
          strokeWidth: { ...line, scale: scaleOf(looks.map((look) => look.width)) },
          opacity: { ...line, scale: scaleOf(looks.map((look) => look.opacity)) },
        },
      },
      {
        transform: [{ filter: "datum.line === 'validation'" }],
        mark: { type: "circle", ...CIRCLES, tooltip: { content: "data" } },
      },
    ],
  };
}

/** Fits the values; a single value gets room around it, which Vega would not give. */
function valueScale(values: readonly Row[], quantity: Quantity, log: boolean) {
  if (log) return { type: "log" as const, nice: false, padding: 8 };
  const [least, greatest] = finiteExtent(values.map((row) => row.value)) ?? [0, 1];
  if (quantity === "rateNats" || least < greatest) return { zero: quantity === "rateNats" };
  return { domain: [least / 2, 1.5 * least] };
}
