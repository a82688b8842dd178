import { type FigureOptions, type FigureSpec, figure, requireSome } from "./figure.js";
import { seriesColour } from "./parts/curve-marks.js";
import { domainOf, plane, unit } from "./parts/plane.js";
import { thinned } from "./parts/thin.js";
import { columnName, tableOf } from "./table.js";

/** What was logged at one training step. */
export interface TrainingCurvesPoint {
  /** Training steps made. */
  readonly step: number;
  readonly split: "train" | "validation";
  /** In the unit that `distortionName` says. */
  readonly distortion: number;
  /** Nats per image. */
  readonly rateNats: number;
}

/** One run in a figure `training-curves`. */
export interface TrainingCurvesRun {
  readonly name: string;
  /** Target capacity C in nats, drawn as a dashed line; absent for runs without a target. */
  readonly capacityNats?: number;
  readonly points: readonly TrainingCurvesPoint[];
}

/** What a figure `training-curves` shows, as plain numbers and names. */
export interface TrainingCurvesData {
  readonly runs: readonly TrainingCurvesRun[];
}

/** How a figure `training-curves` is drawn. */
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
type Quantity = "distortion" | "rateNats";

/**
 * Distortion and rate over training steps, of one or several runs; the target capacity is a dashed line.
 * @param data what each run logged.
 * @param options how it is drawn.
 * @throws UserError when there is no run or a run has no points.
 */
export function trainingCurves(
  { runs }: TrainingCurvesData,
  options: TrainingCurvesOptions = {},
): FigureSpec {
  requireSome(runs, "training-curves", "run");
  for (const { name, points } of runs) requireSome(points, `training-curves, run ${name}`, "logged step");
  const { maxPoints = MAX_POINTS, distortionName = "distortion (MSE per pixel)" } = options;
  const splitSizes = runs.flatMap(({ points }) =>
    (["train", "validation"] as const).map((split) => points.filter((point) => point.split === split).length),
  );
  const averaged = splitSizes.some((size) => size > maxPoints);
  const targeted = runs.some(({ capacityNats }) => capacityNats !== undefined);
  return figure(
    "training-curves",
    options,
    {
      title: "Training",
      caption: [
        `Distortion and rate over training steps${targeted ? "; the dashed line is the target capacity C" : ""}.`,
        averaged ? `Lines of more than ${maxPoints} points are averaged over neighbouring steps.` : "",
      ],
      subtitle: `thin: training; thick, with dots: validation${targeted ? "; dashed: target C" : ""}`,
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

function panelSpec(
  runs: readonly TrainingCurvesRun[],
  quantity: Quantity,
  title: string,
  { maxPoints = MAX_POINTS, log = false }: TrainingCurvesOptions,
) {
  const isShown = ({ value }: { readonly value: number }) => Number.isFinite(value) && (!log || value > 0);
  const lines = (split: TrainingCurvesPoint["split"]) =>
    runs.flatMap(({ name, points }) =>
      thinned(
        points.filter((point) => point.split === split),
        maxPoints,
        ({ step }) => step,
        (point) => point[quantity],
      )
        .map(([x, value]) => ({ series: name, x, value }))
        .filter(isShown),
    );
  const steps = runs.flatMap(({ points }) => points.map(({ step }) => step));
  const last = steps.reduce((a, b) => Math.max(a, b), 1);
  const targets = runs
    .flatMap(({ name, capacityNats }) =>
      capacityNats === undefined ? [] : [{ series: name, value: capacityNats }],
    )
    .filter((row) => quantity === "rateNats" && isShown(row));
  const [train, validation] = [lines("train"), lines("validation")];
  const values = [...train, ...validation, ...targets].map(({ value }) => value);
  const color = seriesColour(
    runs.map(({ name }) => ({ series: name })),
    { legendTitle: "run" },
    true,
  );
  return plane(
    SIZE,
    { title: "training step", domain: [0, last], ticks: 5 },
    { title, domain: domainOf({ values, log }, quantity === "rateNats"), log },
    [
      ...unit(train, { type: "line", strokeWidth: 1, opacity: 0.5, clip: true }, { color }),
      ...unit(
        targets,
        { type: "rule", strokeWidth: 1.4, strokeDash: [4, 3] },
        { x: { value: 0 }, x2: { value: "width" }, color },
      ),
      ...unit(validation, { type: "line", strokeWidth: 2.2, clip: true }, { color }),
      ...unit(validation, { type: "circle", size: 26, opacity: 1, tooltip: { content: "data" } }, { color }),
    ],
  );
}
