import { readArray } from "../../data/arrays/index.js";
import { CORRIDORS_DEFAULTS } from "../../data/corridors.js";
import { UserError } from "../../errors.js";
import { rateDistortionBound } from "../../figures/rate-distortion-bound.js";
import { formatOfPath, writeFigure } from "../../figures/render/index.js";
import { corridorsPositionCurve, corridorsTaskCurve } from "../../information/corridors-bound.js";
import { discreteProblem, pointsProblem } from "../../information/curve-problems.js";
import { type RateBound, RateDistortionCurve } from "../../information/rate-distortion-curve.js";
import { toDiscreteSource, toPointSource } from "../../information/source.js";
import { choice, list, number, text, type ValuesOf, whole, wordsOf } from "../../settings/index.js";
import { defineCommand } from "../command/define.js";
import { type CsvFlags, csv, csvArrays, force } from "../command/groups.js";
import { decimal } from "../format.js";
import { claimOutput } from "../output.js";
import { right, tableLines } from "../table.js";

/** What is bounded. */
interface Bounded {
  readonly curve: Pick<
    RateDistortionCurve,
    "atRate" | "atSlope" | "trace" | "maxRateNats" | "minDistortion" | "maxDistortion"
  >;
  /** Rule of docs/definitions/bounds.md. */
  readonly definition: string;
  /** What was given, for JSON. */
  readonly details: object;
  readonly unit: string;
  readonly title: string;
  readonly distortionName: string;
  /** A line for people. */
  readonly about: string;
}

const TASK = "task:";
const SQUARED_ERROR = "squared error";
/** Every step looks at all pairs of points. */
const MAX_POINTS = 2000;

const arguments_ = {
  cause: choice(["corridors"], { about: "corridors: the positions of the corridors cause the image" }),
};
const corridors = {
  bias: text({ about: "of corridors: lower:2000/260 or aligned:3000/300", placeholder: "bias" }),
  size: whole({
    about: "of corridors: side of an image in pixels",
    minimum: 1,
    defaultText: String(CORRIDORS_DEFAULTS.size),
  }),
  sigma: number({
    about: "of corridors: width of the walls in pixels",
    defaultText: String(CORRIDORS_DEFAULTS.sigma),
  }),
};
const own = {
  source: text({ about: "probabilities of your own symbols, [N]", placeholder: "array" }),
  points: text({
    about: "your own symbols as points [N, K]: squared error, any point may reproduce them",
    placeholder: "array",
  }),
};
const settings = {
  distortion: text({
    about:
      'of corridors: position, task:E2M4 or task:"xU <= xL"; with --source: an array [N, M], for instance of squared errors',
    placeholder: "what",
    defaultText: "position",
  }),
  ...corridors,
  ...own,
  rates: list(number({ about: "", minimum: 0, placeholder: "nats" }), {
    about: "rates",
    defaultText: "eleven from 0 to the maximum",
  }),
  slopes: list(number({ about: "", minimum: 0 }), {
    about: "instead of rates, or with them: slopes of the curve in nats per unit of distortion",
  }),
  out: text({
    about: "draw the curve in this file: .svg, .png, .pdf, .html; .csv for its numbers",
    placeholder: "file",
    was: ["figure"],
  }),
  ...force,
  ...csv,
};
type Options = ValuesOf<typeof arguments_> & ValuesOf<typeof settings>;

export default defineCommand({
  arguments: arguments_,
  settings,
  details: `
Each distortion that some code reaches has a gap: no code of that rate gets below distortion - gap, which is proven (rules B1
to B7 of docs/definitions/bounds.md). At rates above the end of the curve the distortion is its
minimum. Arrays are FILE.npy, FILE.npz:KEY or a table (.csv, .tsv, .txt).`,
  examples: [
    "narrows bound corridors --rates 0.3,1,3",
    "narrows bound corridors --bias aligned:3000/300 --rates 1 --json",
    "narrows bound corridors --distortion task:E2M4 --out task.svg",
    "narrows bound --source p.npy --distortion d.npy --rates 0.1,0.5",
    "narrows bound --points X.npy --slopes 1,10",
  ],
  async run(options) {
    const { rates, slopes, out } = options;
    if (out !== undefined) {
      formatOfPath(out);
      claimOutput(out, options.force);
    }
    const bounded = boundedBy(options);
    const { curve, definition, details, unit } = bounded;
    const { maxRateNats, minDistortion, maxDistortion } = curve;
    const usual = Array.from({ length: 11 }, (_, k) => (k / 10) * maxRateNats);
    const points = [
      ...(rates ?? (slopes ? [] : usual)).map((rate) => curve.atRate(rate)),
      ...(slopes ?? []).map((slope) => curve.atSlope(slope)),
    ];
    if (out !== undefined) await draw(out, bounded, points);
    const summary = `from ${maxDistortion.toFixed(6)} at rate 0 to ${minDistortion.toFixed(6)} at ${maxRateNats.toFixed(4)} nats; no code has less distortion at its rate`;
    const isBeyond = points.some(({ rateNats }) => rateNats > maxRateNats);
    return {
      json: {
        definition,
        ...details,
        unit,
        maxRateNats,
        minDistortion,
        maxDistortion,
        // Infinite slopes are null there.
        points: points.map((point) => ({ ...point, rateBits: point.rateNats / Math.LN2 })),
        ...(out !== undefined && { out }),
      },
      text: [
        bounded.about,
        summary,
        "",
        ...tableLines(COLUMNS, points.map(cellsOf)),
        ...(isBeyond
          ? [
              "",
              `From ${decimal(maxRateNats, 4)} nats on more rate brings nothing: the distortion is at its minimum.`,
            ]
          : []),
        ...(out === undefined ? [] : ["", out]),
      ],
    };
  },
});

const COLUMNS = ["rate (nats)", "rate (bits)", "distortion", "gap", "slope (nats per unit)"].map(right);

/** At a rate it is that of a line between two points near it, which is known to some thousandths (rule B4). */
const SLOPE_DIGITS = 3;

function cellsOf({ rateNats, distortion, gap, slope }: RateBound): string[] {
  return [
    decimal(rateNats, 4),
    decimal(rateNats / Math.LN2, 4),
    decimal(distortion, 6),
    gap === 0 ? "0" : gap.toExponential(1),
    Number.isFinite(slope) ? slope.toPrecision(SLOPE_DIGITS) : "-",
  ];
}

async function draw(
  path: string,
  { curve, title, distortionName }: Bounded,
  points: readonly RateBound[],
): Promise<void> {
  const { maxRateNats } = curve;
  const drawn = ({ rateNats, distortion, lowerDistortion }: RateBound) => ({
    rateNats,
    lower: lowerDistortion,
    upper: distortion,
  });
  const beyond = points
    .filter(({ rateNats }) => rateNats > maxRateNats)
    .sort((a, b) => a.rateNats - b.rateNats);
  const data = {
    curve: [...curve.trace(), ...beyond].map(drawn),
    marked: points.map(drawn),
    maxRateNats,
  };
  await writeFigure(path, rateDistortionBound(data, { title, distortionName }));
}

/** @throws UserError for options that do not belong together. */
function boundedBy({ cause, ...options }: Options): Bounded {
  const refuse = (given: readonly string[], what: string, remedy: string) => {
    if (given[0] !== undefined) throw new UserError({ where: given[0], what, remedy });
  };
  if (cause === "corridors") {
    refuse(
      wordsOf(own, options),
      "corridors have their own positions",
      "Leave it out, or leave out corridors",
    );
    return ofCorridors(options);
  }
  refuse(wordsOf(corridors, options), "it belongs to corridors", "Write narrows bound corridors");
  const { source, distortion, points } = options;
  if (points !== undefined) {
    const given = wordsOf({ distortion: settings.distortion }, options);
    refuse(given, "--points has the squared error", "Leave out one of the two");
    return ofPoints(points, source, options);
  }
  if (source !== undefined && distortion !== undefined) return ofSource(source, distortion, options);
  throw new UserError({
    where: "narrows bound",
    what: source === undefined ? "no cause is given" : "--source needs --distortion",
    remedy:
      source === undefined
        ? "Give corridors, or --source p.npy with --distortion d.npy, or --points X.npy"
        : "Add --distortion d.npy, of shape [symbols, reproductions], or --points X.npy",
  });
}

function ofCorridors({ distortion = "position", bias, size, sigma }: Omit<Options, "cause">): Bounded {
  const cause = { bias, size, sigma };
  const common = {
    details: {
      cause: "corridors",
      size: size ?? CORRIDORS_DEFAULTS.size,
      sigma: sigma ?? CORRIDORS_DEFAULTS.sigma,
      bias: bias ?? null,
      distortion,
    },
  };
  const biased = bias === undefined ? "" : `, bias ${bias}`;
  if (distortion === "position") {
    return {
      ...common,
      curve: corridorsPositionCurve(cause),
      definition: "B6",
      unit: "squared error per pixel",
      title: `Corridors: information about the positions in a code${bias === undefined ? "" : `, ${bias}`}`,
      distortionName: "position distortion (squared error per pixel)",
      about: `corridors${biased}: squared error per pixel from the mean image of the true positions (B6)`,
    };
  }
  const task = distortion.slice(TASK.length);
  if (!distortion.startsWith(TASK) || task === "") {
    throw new UserError({
      where: `--distortion ${distortion}`,
      what: "corridors have the distortions position and task:RULE",
      remedy: 'Give position, task:E2M4, or task:"xU <= xL"',
    });
  }
  return {
    ...common,
    curve: corridorsTaskCurve(task, cause),
    definition: "B7",
    unit: "share of wrong answers",
    title: `Corridors: errors in ${task}`,
    distortionName: "share of wrong answers",
    about: `corridors${biased}: share of wrong answers to ${task} (B7)`,
  };
}

function ofSource(source: string, distortion: string, flags: CsvFlags): Bounded {
  const csvOptions = csvArrays(flags);
  const [probabilities, distortions] = [readArray(source, csvOptions), readArray(distortion, csvOptions)];
  const given = toDiscreteSource(probabilities, distortions, { source, distortion });
  const symbols = given.probabilities.length;
  return {
    curve: new RateDistortionCurve(discreteProblem(given)),
    definition: "B4",
    details: { source, distortion, symbols, reproductions: given.distortions.length / symbols },
    unit: "as in the distortions given",
    title: "Rate-distortion function",
    distortionName: "distortion",
    about: `${symbols} symbols of ${source}, distortions of ${distortion} (B4)`,
  };
}

function ofPoints(points: string, source: string | undefined, flags: CsvFlags): Bounded {
  const csvOptions = csvArrays(flags);
  const probabilities = source === undefined ? undefined : readArray(source, csvOptions);
  const names = source === undefined ? { points } : { points, source };
  const given = toPointSource(readArray(points, csvOptions), probabilities, names);
  const count = given.probabilities.length;
  if (count > MAX_POINTS) {
    throw new UserError({
      where: points,
      what: `it holds ${count} different points, and the maximum is ${MAX_POINTS}`,
      remedy: "Give a sample of them",
    });
  }
  return {
    curve: new RateDistortionCurve(pointsProblem(given)),
    definition: "B3",
    details: { points, source: source ?? null, symbols: count, dimension: given.points.length / count },
    unit: SQUARED_ERROR,
    title: "Rate-distortion function for squared error",
    distortionName: SQUARED_ERROR,
    about: `${count} points of ${points}, reproduced by any point, squared error (B3)`,
  };
}
