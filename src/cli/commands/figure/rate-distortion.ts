import { UserError } from "../../../errors.js";
import type { FigureSpec } from "../../../figures/figure.js";
import { formatOfPath, writeFigure } from "../../../figures/render/index.js";
import { nodeDevice } from "../../../onnx/node.js";
import { drawRateDistortion, matchedPictures } from "../../../run-figures/index.js";
import { openRun, type Run } from "../../../runs/run.js";
import { choice, flag, list, number, text, whole } from "../../../settings/index.js";
import { groupIntoMethods, type Method, measureRuns } from "../../../sweeps/methods.js";
import { defineCommand } from "../../command/define.js";
import { computing, force, runsAndData } from "../../command/groups.js";
import { claimOutput, warn } from "../../output.js";
import { runsArgument } from "../../run-page.js";
import { left, right, tableLines } from "../../table.js";
import { conventionOf, oneSetting } from "./define.js";

const PICTURES = 6;

export default defineCommand({
  arguments: runsArgument,
  settings: {
    out: text({
      about: "file to write: .svg, .png, .pdf, .html, .csv",
      placeholder: "file",
      defaultText: "a table of the numbers",
    }),
    by: text({
      about: "the setting by which methods differ, such as channel.type, or name",
      placeholder: "key",
      defaultText: "channel, marginal and regularizers",
    }),
    interval: choice(["confidence", "deviation"], {
      about: "bars over seeds: 95 % t-intervals of the mean, or one standard deviation",
      default: "confidence",
    }),
    reconstructions: whole({
      about: `number of images that are shown below, at matched rates; ${PICTURES} where no number follows`,
      minimum: 1,
      bare: String(PICTURES),
      defaultText: "none",
    }),
    at: list(number({ about: "", above: 0, placeholder: "nats" }), {
      about: "with --reconstructions: the rates to match, such as 6,12,24",
      defaultText: "three",
    }),
    elbo: list(number({ about: "", above: 0, placeholder: "nats" }), {
      about: "lines of equal -ELBO, such as 88.8,90",
    }),
    bound: flag({ about: "for Corridors: position distortion, and the minimum that any code can have" }),
    title: text({ about: "title of the figure" }),
    ...oneSetting,
    ...force,
    ...runsAndData,
    ...computing,
  },
  details: `
Each run is taken at its newest evaluation. Runs of one channel, marginal and regularizers are one method (or those of one value
of --by); runs that differ in the seed alone are one point. A dashed line is the minimum rate that a channel can have.`,
  examples: [
    "narrows figure rate-distortion runs/mnist-* --out curves.svg",
    "narrows figure rate-distortion runs/mnist-* --reconstructions --out curves.png",
    "narrows figure rate-distortion runs/baseline-c* --bound --out bound.pdf",
    "narrows figure rate-distortion runs/mnist-* --by objective.type --json",
  ],
  async run(options) {
    const { names, out, by, interval, reconstructions: images, at, elbo, bound, title } = options;
    if (out !== undefined) {
      formatOfPath(out);
      claimOutput(out, options.force);
    }
    const methods = groupIntoMethods(measureRuns(openRuns(options.runs, names)), by);
    const pictures =
      out === undefined || images === undefined
        ? undefined
        : await matchedPictures(methods, await nodeDevice(options.device, options.threads), {
            images,
            data: options.data,
            ...(at && { ratesNats: at }),
          });
    const figure = drawRateDistortion(methods, {
      interval,
      bound,
      convention: conventionOf(options, methods[0]!.points[0]!.runs[0]!.configuration),
      ...(title !== undefined && { title }),
      ...(elbo && { negativeElbosNats: elbo }),
      ...(pictures && { pictures }),
    });
    if (out !== undefined) await writeFigure(out, figure);
    return {
      json: {
        ...(out !== undefined && { out }),
        interval,
        distortion: bound ? "positionDistortion" : "distortion",
        ...numbersOf(methods, figure),
      },
      text: out === undefined ? tableOf(figure) : [out],
    };
  },
});

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

/** The rows of the figure's table, whose columns of distortion have the name of what is drawn: the points, and the bound. */
function rowsOf({ table }: FigureSpec) {
  const all = table.rows.map(
    ([
      series,
      source,
      label,
      rateNats,
      rateLow,
      rateHigh,
      distortion,
      distortionLow,
      distortionHigh,
      seeds,
    ]) => ({
      ...{ series, source, label, seeds },
      numbers: { rateNats, rateLow, rateHigh, distortion, distortionLow, distortionHigh },
    }),
  );
  const from = (kind: string) => all.filter(({ source }) => source === kind);
  return { measured: from("measured"), bound: from("bound") };
}

function numbersOf(methods: readonly Method[], figure: FigureSpec) {
  const rows = rowsOf(figure);
  return {
    methods: methods.map(({ name, lowRateLimitNats, points }) => {
      const measured = rows.measured.filter(({ series }) => series === name);
      return {
        name,
        lowRateLimitNats: lowRateLimitNats ?? null,
        points: points.map(({ label, runs }, k) => {
          return {
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
            // Means and intervals as the figure has them.
            ...measured[k]!.numbers,
          };
        }),
      };
    }),
    bound: rows.bound.map(({ numbers: { rateNats, distortionLow, distortionHigh } }) => ({
      rateNats,
      lower: distortionLow,
      upper: distortionHigh,
    })),
  };
}

/** The measured points; a mean of several seeds with half its interval. */
function tableOf(figure: FigureSpec): string[] {
  const rows = rowsOf(figure).measured;
  const digits = rows.every(({ numbers }) => Math.abs(Number(numbers.distortion)) < 1) ? 5 : 3;
  const withHalf = (mean: unknown, high: unknown, places: number) => {
    const half = Number(high) - Number(mean);
    return `${Number(mean).toFixed(places)}${half > 0 ? ` ± ${half.toFixed(places)}` : ""}`;
  };
  return tableLines(
    [left("method"), left("point"), right("seeds"), right("rate nats"), right("distortion")],
    rows.map(({ series, label, seeds, numbers }) => [
      ...[series, label, seeds].map(String),
      withHalf(numbers.rateNats, numbers.rateHigh, 3),
      withHalf(numbers.distortion, numbers.distortionHigh, digits),
    ]),
  );
}
