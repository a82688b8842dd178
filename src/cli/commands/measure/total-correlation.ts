import type { Command } from "commander";
import { grouped } from "../../format.js";
import { jsonOption } from "../../options.js";
import { printJson, printLine, warn } from "../../output.js";
import { numberText } from "./format.js";
import { type CodesOptions, measuredCodes, takesCodes } from "./measured-codes.js";

interface TotalCorrelationOptions extends CodesOptions {
  readonly json?: boolean;
}

export function registerTotalCorrelation(measure: Command): void {
  takesCodes(
    measure
      .command("total-correlation")
      .description("What the dimensions of a code share, in nats, were the code gaussian."),
  )
    .addOption(jsonOption())
    .addHelpText(
      "after",
      `
0 for uncorrelated dimensions; Infinity where a dimension is linear in others. From the covariance alone (rule I2 of
docs/definitions/information.md): chance adds about D(D-1) / 4N nats for N samples of D dimensions.

Examples:
  narrows measure total-correlation --codes C.npy --json
  narrows measure total-correlation vae-s0 --rows test --sample`,
    )
    .action(measureTotalCorrelation);
}

async function measureTotalCorrelation(
  run: string | undefined,
  options: TotalCorrelationOptions,
): Promise<void> {
  const { totalCorrelationGaussian } = await import("../../../information/total-correlation.js");
  const { points, about } = await measuredCodes(run, options);
  const { totalCorrelationNats, dependentDimension, constantDimensions } = totalCorrelationGaussian(points);
  if (constantDimensions.length > 0) {
    warn(
      `${points.name}: ${constantDimensions.length} of ${points.dimension} dimensions do not vary, and are left out`,
    );
  }
  if (dependentDimension !== undefined) {
    warn(
      `${points.name}: dimension ${dependentDimension} (counted from 0) is linear in those before it: the covariance is singular`,
    );
  }
  if (options.json) {
    // JSON has no infinity: it is a word there.
    const finiteOrName = Number.isFinite(totalCorrelationNats)
      ? totalCorrelationNats
      : String(totalCorrelationNats);
    return printJson({
      definition: "I2",
      units: "nats",
      ...about,
      totalCorrelationNats: finiteOrName,
      ...(dependentDimension === undefined ? {} : { dependentDimension }),
      constantDimensions,
      samples: points.count,
      dimensions: points.dimension,
    });
  }
  printLine(
    `total correlation ${numberText(totalCorrelationNats)} nats, were the code gaussian (${points.dimension} dimensions, ${grouped(points.count)} samples)`,
  );
}
