import { readArray } from "../data/arrays/index.js";
import { CORRIDORS_DEFAULTS } from "../data/corridors.js";
import { UserError } from "../errors.js";
import { corridorsPositionCurve, corridorsTaskCurve } from "../information/corridors-bound.js";
import { discreteProblem, pointsProblem } from "../information/curve-problems.js";
import { RateDistortionCurve } from "../information/rate-distortion-curve.js";
import { toDiscreteSource, toPointSource } from "../information/source.js";
import { type CsvFlags, csvArrays } from "./csv-options.js";

/** Options of `narrows bound` that say what is bounded. */
export interface CauseOptions extends CsvFlags {
  readonly distortion?: string;
  readonly bias?: string;
  readonly size?: number;
  readonly sigma?: string;
  readonly source?: string;
  readonly points?: string;
}

/** A rate-distortion function with its words. */
export interface BoundQuestion {
  readonly curve: Pick<
    RateDistortionCurve,
    "atRate" | "atSlope" | "trace" | "greatestRateNats" | "leastDistortion" | "greatestDistortion"
  >;
  /** Rule of docs/definitions/bounds.md. */
  readonly definition: string;
  /** What was asked, for `--json`. */
  readonly details: Readonly<Record<string, unknown>>;
  readonly unit: string;
  readonly title: string;
  readonly distortionName: string;
  /** Lines for people. */
  readonly about: readonly string[];
}

const TASK = "task:";
const SQUARED_ERROR = "squared error";
/** Every step looks at all pairs of points. */
const MOST_POINTS = 2000;

/**
 * What is to be bounded, from the options of the command line.
 * @throws UserError where they do not belong together, or cannot be read.
 */
export function askBound(cause: "corridors" | undefined, options: CauseOptions): BoundQuestion {
  if (cause === "corridors") return askCorridors(options);
  for (const name of ["bias", "size", "sigma"] as const) {
    if (options[name] !== undefined) {
      throw misplaced(name, "it belongs to corridors", `Write narrows bound corridors --${name} ...`);
    }
  }
  const { source, distortion, points } = options;
  if (points !== undefined) {
    if (distortion !== undefined) {
      throw misplaced("distortion", "--points has the squared error", "Leave out one of the two");
    }
    return askPoints(points, source, options);
  }
  if (source !== undefined && distortion !== undefined) return askSource(source, distortion, options);
  throw new UserError({
    where: "narrows bound",
    what: source === undefined ? "no cause is given" : "--source has no distortion beside it",
    remedy:
      source === undefined
        ? "Give corridors, or --source p.npy with --distortion d.npy, or --points X.npy"
        : "Add --distortion d.npy, of shape [symbols, reproductions], or --points X.npy",
  });
}

/**
 * Numbers with commas between them; undefined where the option is not given.
 * @throws UserError for anything that is no number.
 */
export function numberList(option: string, text: string | undefined): number[] | undefined {
  return text?.split(",").map((part) => numberOf(option, text, part));
}

function numberOf(option: string, text: string, part = text): number {
  const value = Number(part);
  if (part.trim() !== "" && Number.isFinite(value)) return value;
  throw new UserError({
    where: `--${option} ${text}`,
    what: `"${part}" is not a number`,
    remedy: `Give numbers, as in --${option} 0.3,1,3`,
  });
}

function misplaced(option: string, what: string, remedy: string): UserError {
  return new UserError({ where: `--${option}`, what, remedy });
}

function askCorridors({
  distortion = "position",
  bias,
  size,
  sigma,
  ...others
}: CauseOptions): BoundQuestion {
  for (const name of ["source", "points"] as const) {
    if (others[name] !== undefined) {
      throw misplaced(name, "corridors have their own positions", `Leave out corridors, or --${name}`);
    }
  }
  const cause = { bias, size, sigma: sigma === undefined ? undefined : numberOf("sigma", sigma) };
  const details = {
    cause: "corridors",
    size: size ?? CORRIDORS_DEFAULTS.size,
    sigma: cause.sigma ?? CORRIDORS_DEFAULTS.sigma,
    bias: bias ?? null,
    distortion,
  };
  const about = `corridors${bias === undefined ? "" : `, bias ${bias}`}`;
  if (distortion === "position") {
    const curve = corridorsPositionCurve(cause);
    return {
      curve,
      definition: "B6",
      details,
      unit: "squared error per pixel",
      title: `Corridors: what a code can tell of the positions${bias === undefined ? "" : `, ${bias}`}`,
      distortionName: "position distortion (squared error per pixel)",
      about: [
        `${about}: squared error per pixel from the mean image of the true positions (B6)`,
        summary(curve),
      ],
    };
  }
  if (distortion.startsWith(TASK) && distortion.length > TASK.length) {
    const task = distortion.slice(TASK.length);
    const curve = corridorsTaskCurve(task, cause);
    return {
      curve,
      definition: "B7",
      details,
      unit: "share of wrong answers",
      title: `Corridors: errors in ${task}`,
      distortionName: "share of wrong answers",
      about: [`${about}: share of wrong answers to ${task} (B7)`, summary(curve)],
    };
  }
  throw new UserError({
    where: `--distortion ${distortion}`,
    what: "corridors have the distortions position and task:RULE",
    remedy: 'Give position, task:E2M4, or task:"xU <= xL"',
  });
}

function askSource(source: string, distortion: string, flags: CsvFlags): BoundQuestion {
  const csv = csvArrays(flags);
  const given = toDiscreteSource(readArray(source, csv), readArray(distortion, csv), { source, distortion });
  const curve = new RateDistortionCurve(discreteProblem(given));
  const symbols = given.probabilities.length;
  return {
    curve,
    definition: "B4",
    details: { source, distortion, symbols, reproductions: given.distortions.length / symbols },
    unit: "as in the distortions given",
    title: "Rate-distortion function",
    distortionName: "distortion",
    about: [`${symbols} symbols of ${source}, distortions of ${distortion} (B4)`, summary(curve)],
  };
}

function askPoints(points: string, source: string | undefined, flags: CsvFlags): BoundQuestion {
  const csv = csvArrays(flags);
  const probabilities = source === undefined ? undefined : readArray(source, csv);
  const names = source === undefined ? { points } : { points, source };
  const given = toPointSource(readArray(points, csv), probabilities, names);
  const count = given.probabilities.length;
  if (count > MOST_POINTS) {
    throw new UserError({
      where: points,
      what: `it holds ${count} different points, and no more than ${MOST_POINTS} are worked out`,
      remedy: "Give a sample of them",
    });
  }
  const curve = new RateDistortionCurve(pointsProblem(given));
  return {
    curve,
    definition: "B3",
    details: { points, source: source ?? null, symbols: count, dimension: given.points.length / count },
    unit: SQUARED_ERROR,
    title: "Rate-distortion function for squared error",
    distortionName: SQUARED_ERROR,
    about: [`${count} points of ${points}, reproduced by any point, squared error (B3)`, summary(curve)],
  };
}

function summary({
  greatestRateNats,
  greatestDistortion,
  leastDistortion,
}: Pick<BoundQuestion["curve"], "greatestRateNats" | "greatestDistortion" | "leastDistortion">): string {
  return `from ${greatestDistortion.toFixed(6)} at rate 0 to ${leastDistortion.toFixed(6)} at ${greatestRateNats.toFixed(4)} nats; no code of a rate gets below`;
}
