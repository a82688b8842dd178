import { Argument, type Command, Option } from "commander";
import type { RateBound } from "../../information/rate-distortion-curve.js";
import type { BoundQuestion, CauseOptions } from "../bound-question.js";
import { takesCsv } from "../csv-options.js";
import { decimal } from "../format.js";
import { jsonOption, positiveInteger } from "../options.js";
import { printJson, printLine } from "../output.js";
import { tableLines } from "../table.js";

interface BoundOptions extends CauseOptions {
  readonly rates?: string;
  readonly slopes?: string;
  readonly figure?: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

/** `narrows bound corridors` and `narrows bound --source ...`. */
export function registerBound(program: Command): void {
  const command = program
    .command("bound")
    .description("the least distortion that any code can have at a rate: the true rate-distortion function")
    .addArgument(
      new Argument("[cause]", "corridors: the positions of the corridors cause the image").choices([
        "corridors",
      ]),
    )
    .option(
      "--distortion <what>",
      'position (the default), task:E2M4 or task:"xU <= xL" for corridors; an array [N, M] beside --source',
    )
    .option("--bias <bias>", "of corridors: lower:2000/260 or aligned:3000/300")
    .addOption(
      new Option("--size <n>", "side of a corridors image in pixels (13)").argParser(positiveInteger),
    )
    .option("--sigma <pixels>", "width of the corridors' walls (1.2)")
    .option("--source <array>", "probabilities of your own symbols, [N]")
    .option(
      "--points <array>",
      "your own symbols as points [N, K]: squared error, any point may reproduce them",
    )
    .option("--rates <list>", "nats, with commas; eleven from 0 to the greatest where not given")
    .option("--slopes <list>", "instead of rates: nats a unit of distortion, with commas")
    .option("--figure <file>", "draw the curve: .svg, .png, .pdf, .html, or .csv for its numbers")
    .option("--force", "replace the figure if it exists")
    .addOption(jsonOption())
    .addHelpText(
      "after",
      `
Beside each distortion that some code reaches stands the gap to what is proven: no code of that rate gets below
distortion - gap (rules B1 to B7 of docs/definitions/bounds.md). A rate above all that there is to tell has the
distortion of that limit. Arrays are FILE.npy, FILE.npz:KEY or a table (.csv, .tsv, .txt).

Examples:
  narrows bound corridors --rates 0.3,1,3
  narrows bound corridors --bias aligned:3000/300 --rates 1 --json
  narrows bound corridors --distortion task:E2M4 --figure task.svg
  narrows bound --source p.npy --distortion d.npy --rates 0.1,0.5
  narrows bound --points X.npy --slopes 1,10`,
    )
    .action(bound);
  takesCsv(command);
}

async function bound(cause: "corridors" | undefined, options: BoundOptions): Promise<void> {
  const { askBound, numberList } = await import("../bound-question.js");
  const { rates, slopes, figure, force } = options;
  const asked = {
    rates: numberList("rates", rates),
    slopes: numberList("slopes", slopes),
  };
  if (figure !== undefined) await claimFigure(figure, force);
  const question = askBound(cause, options);
  const points = answers(question, asked);
  if (figure !== undefined) await drawBound(figure, question, points);
  if (options.json) return printJson({ ...asPlain(question), points: points.map(plainPoint) });
  for (const line of [...question.about, "", ...table(points)]) printLine(line);
  const beyond = points.filter(({ rateNats }) => rateNats > question.curve.greatestRateNats);
  if (beyond.length > 0) {
    printLine();
    printLine(
      `From ${decimal(question.curve.greatestRateNats, 4)} nats on more rate brings nothing: that is all there is to tell.`,
    );
  }
  if (figure !== undefined) {
    printLine();
    printLine(figure);
  }
}

function answers(
  { curve }: BoundQuestion,
  { rates, slopes }: Record<"rates" | "slopes", number[] | undefined>,
): RateBound[] {
  const listed = [
    ...(rates ?? []).map((rate) => curve.atRate(rate)),
    ...(slopes ?? []).map((slope) => curve.atSlope(slope)),
  ];
  if (rates || slopes) return listed;
  return Array.from({ length: 11 }, (_, k) => curve.atRate((k / 10) * curve.greatestRateNats));
}

function asPlain({ definition, details, unit, curve }: BoundQuestion) {
  return {
    definition,
    ...details,
    unit,
    greatestRateNats: curve.greatestRateNats,
    leastDistortion: curve.leastDistortion,
    greatestDistortion: curve.greatestDistortion,
  };
}

/** Infinite slopes become null. */
function plainPoint(point: RateBound) {
  return { ...point, rateBits: point.rateNats / Math.LN2 };
}

function table(points: readonly RateBound[]): string[] {
  const titles = ["rate (nats)", "rate (bits)", "distortion", "gap", "slope (nats a unit)"];
  return tableLines(
    titles.map((title) => ({ title, align: "right" as const })),
    points.map(({ rateNats, distortion, gap, slope }) => [
      decimal(rateNats, 4),
      decimal(rateNats / Math.LN2, 4),
      decimal(distortion, 6),
      gap === 0 ? "0" : gap.toExponential(1),
      Number.isFinite(slope) ? slope.toPrecision(5) : "-",
    ]),
  );
}

async function claimFigure(path: string, force: boolean | undefined): Promise<void> {
  const [{ formatOfPath }, { claimOutput }] = await Promise.all([
    import("../../figures/render/index.js"),
    import("../claim-output.js"),
  ]);
  formatOfPath(path);
  claimOutput(path, force);
}

async function drawBound(
  path: string,
  { curve, title, distortionName }: BoundQuestion,
  points: readonly RateBound[],
): Promise<void> {
  const [{ rateDistortionBound }, { writeFigure }] = await Promise.all([
    import("../../figures/rate-distortion-bound.js"),
    import("../../figures/render/index.js"),
  ]);
  const drawn = ({ rateNats, distortion, lowerDistortion }: RateBound) => ({
    rateNats,
    lower: lowerDistortion,
    upper: distortion,
  });
  const beyond = points
    .filter(({ rateNats }) => rateNats > curve.greatestRateNats)
    .sort((a, b) => a.rateNats - b.rateNats);
  await writeFigure(
    path,
    rateDistortionBound(
      {
        curve: [...curve.trace(), ...beyond].map(drawn),
        marked: points.map(drawn),
        greatestRateNats: curve.greatestRateNats,
      },
      { title, distortionName },
    ),
  );
}
