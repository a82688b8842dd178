import { UserError } from "../errors.js";
import type { FigureSpec } from "../figures/figure.js";
import { formatOfPath, writeFigure } from "../figures/render/index.js";
import { nodeDevice } from "../onnx/node.js";
import { drawRateDistortion, matchedPictures } from "../run-figures/index.js";
import { openRun, type Run } from "../runs/run.js";
import { groupIntoMethods, type Method, measureRuns } from "../sweeps/methods.js";
import { claimOutput } from "./claim-output.js";
import type { DeviceOptions } from "./options.js";
import { printJson, printLine, warn } from "./output.js";
import { tableLines } from "./table.js";

export interface RateDistortionOptions extends DeviceOptions {
  readonly runs: string;
  readonly out?: string;
  readonly force?: boolean;
  readonly convention: "one-is-black" | "one-is-white";
  readonly by?: string;
  readonly interval: "confidence" | "deviation";
  /** True where no number is given. */
  readonly reconstructions?: number | true;
  readonly at?: readonly number[];
  readonly elbo?: readonly number[];
  readonly bound?: boolean;
  readonly title?: string;
  readonly json?: boolean;
}

/**
 * Draws runs in the plane of rate and distortion, or tells their numbers.
 * @throws UserError for runs that are not there, not measured or not to be compared, or a file that exists.
 */
export async function rateDistortion(
  names: readonly [string, ...string[]],
  options: RateDistortionOptions,
): Promise<void> {
  const { out, by, interval, convention, reconstructions, at, elbo, bound = false, title, json } = options;
  if (out !== undefined) {
    formatOfPath(out);
    claimOutput(out, options.force);
  }
  const runs = openRuns(options.runs, names);
  const methods = groupIntoMethods(measureRuns(runs), by);
  const pictures =
    out === undefined || reconstructions === undefined
      ? undefined
      : await matchedPictures(methods, await nodeDevice(options.device, options.threads), {
          ...(reconstructions === true ? {} : { images: reconstructions }),
          ...(at === undefined ? {} : { ratesNats: at }),
        });
  const figure = drawRateDistortion(methods, {
    interval,
    bound,
    convention,
    ...(title === undefined ? {} : { title }),
    ...(elbo === undefined ? {} : { negativeElbosNats: elbo }),
    ...(pictures === undefined ? {} : { pictures }),
  });
  if (json) printJson(asJson(methods, figure, options));
  else if (out === undefined) for (const line of tableOf(figure)) printLine(line);
  if (out === undefined) return;
  await writeFigure(out, figure);
  if (!json) printLine(out);
}

function openRuns(root: string, names: readonly string[]): Run[] {
  const runs = names.map((name) => openRun(root, name));
  const twice = runs.find(({ path }, k) => runs.findIndex((run) => run.path === path) !== k);
  if (twice) {
    throw new UserError({ where: twice.path, what: "the run is named twice", remedy: "Name each run once" });
  }
  for (const { name, manifest } of runs) {
    if (manifest.status !== "finished") warn(`${name} is ${manifest.status}: it may have further to go`);
  }
  return runs;
}

function asJson(methods: readonly Method[], figure: FigureSpec, { interval, bound }: RateDistortionOptions) {
  const rows = figure.table.rows.map((row) =>
    Object.fromEntries(figure.table.columns.map((column, k) => [column, row[k]])),
  );
  return {
    interval,
    distortion: bound ? "positionDistortion" : "distortion",
    methods: methods.map(({ name, lowRateLimitNats, points }) => ({
      name,
      lowRateLimitNats: lowRateLimitNats ?? null,
      points: points.map(({ label, runs }, k) => ({
        label,
        runs: runs.map(({ run, configuration, trade }) => ({
          run: run.name,
          seed: configuration.seed,
          step: trade.step,
          rateNats: trade.rateNats,
          rateEstimator: trade.rateEstimator ?? null,
          distortion: trade.distortion,
          negativeElboNats: trade.negativeElboNats ?? null,
        })),
        ...numbersOf(rows.filter(({ series, kind }) => series === name && kind === "measured")[k]!),
      })),
    })),
    bound: rows
      .filter(({ kind }) => kind === "bound")
      .map(({ rateNats, distortionLow, distortionHigh }) => ({
        rateNats,
        lower: distortionLow,
        upper: distortionHigh,
      })),
  };
}

/** Means and intervals of a point as the figure has them. */
function numbersOf({
  rateNats,
  rateLow,
  rateHigh,
  distortion,
  distortionLow,
  distortionHigh,
}: Record<string, string | number | undefined>) {
  return { rateNats, rateLow, rateHigh, distortion, distortionLow, distortionHigh };
}

/** The measured points; a mean of several seeds with half its interval. */
function tableOf({ table }: FigureSpec): string[] {
  const at = (row: (typeof table.rows)[number], column: string) => row[table.columns.indexOf(column)]!;
  const number = (row: (typeof table.rows)[number], column: string) => Number(at(row, column));
  const withHalf = (row: (typeof table.rows)[number], mean: string, high: string, digits: number) => {
    const half = number(row, high) - number(row, mean);
    return `${number(row, mean).toFixed(digits)}${half > 0 ? ` ± ${half.toFixed(digits)}` : ""}`;
  };
  const rows = table.rows.filter((row) => at(row, "kind") === "measured");
  const digits = rows.every((row) => Math.abs(number(row, "distortion")) < 1) ? 5 : 3;
  return tableLines(
    [
      { title: "method", align: "left" },
      { title: "point", align: "left" },
      { title: "seeds", align: "right" },
      { title: "rate nats", align: "right" },
      { title: "distortion", align: "right" },
    ],
    rows.map((row) => [
      String(at(row, "series")),
      String(at(row, "label")),
      String(at(row, "seeds")),
      withHalf(row, "rateNats", "rateHigh", 3),
      withHalf(row, "distortion", "distortionHigh", digits),
    ]),
  );
}
