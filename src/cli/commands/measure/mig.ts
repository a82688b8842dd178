import type { Command } from "commander";
import type { MutualInformationGap } from "../../../disentanglement/index.js";
import { grouped } from "../../format.js";
import { jsonOption } from "../../options.js";
import { printJson, printLine } from "../../output.js";
import { nested, numberText, tableLines } from "./format.js";
import {
  assertFactorsFit,
  type CodesOptions,
  measuredCodes,
  measuredFactors,
  takesCodes,
} from "./measured-codes.js";

interface MigOptions extends CodesOptions {
  readonly factors?: string;
  readonly bins: string;
  readonly samples: string;
  readonly seed: string;
  readonly json?: boolean;
}

export function registerMig(measure: Command): void {
  takesCodes(
    measure
      .command("mig")
      .description(
        "Mutual information gap: how much more one dimension tells of each factor than any other.",
      ),
  )
    .option("--factors <array>", "what made the samples: integers, one column a factor; with --codes")
    .option("--bins <n>", "of each dimension", "20")
    .option("--samples <n>", "rows that are used, drawn where there are more", "10000")
    .option("--seed <n>", "of the drawing", "0")
    .addOption(jsonOption())
    .addHelpText(
      "after",
      `
0: no factor has a dimension of its own; 1: each has one that tells all of it, and no other tells anything. The settings
are those of disentanglement_lib (rules M1 to M3 of docs/definitions/disentanglement.md). Of a run, the factors are its
data's labels and the codes are means.

Examples:
  narrows measure mig --codes C.npy --factors F.npy --json
  narrows measure mig --codes codes.npz:codes --factors codes.npz:labels --bins 40
  narrows measure mig dsprites-echo-s0 --rows test`,
    )
    .action(measureMig);
}

async function measureMig(run: string | undefined, options: MigOptions): Promise<void> {
  const [{ migRows, mutualInformationGap }, { wholeNumber }] = await Promise.all([
    import("../../../disentanglement/index.js"),
    import("./arguments.js"),
  ]);
  const bins = wholeNumber("bins", options.bins, 2);
  const samples = wholeNumber("samples", options.samples, 2);
  const seed = wholeNumber("seed", options.seed, 0);
  assertFactorsFit(run, options.factors);
  const codes = await measuredCodes(run, options, (count) => migRows(count, samples, seed));
  const factors = await measuredFactors(options.factors, codes, options);
  const result = mutualInformationGap(codes.points, factors, { bins, samples, seed });
  if (options.json) {
    return printJson({
      definition: "M3",
      units: "share of the factor's entropy (gap), nats (entropy, information)",
      ...codes.about,
      mig: result.mig,
      byFactor: result.byFactor,
      informationNats: nested(result.informationNats),
      samples: result.samples,
      bins,
      seed,
    });
  }
  describe(result);
}

function describe({ mig, byFactor, samples, bins }: MutualInformationGap): void {
  printLine(
    `MIG ${numberText(mig)}: mean gap of ${byFactor.length} factors (${grouped(samples)} samples, ${bins} bins)`,
  );
  printLine();
  const rows = byFactor.map((found) => [
    found.factor,
    numberText(found.entropyNats),
    String(found.dimension),
    numberText(found.informationNats),
    found.secondDimension === undefined ? "-" : String(found.secondDimension),
    numberText(found.secondInformationNats),
    numberText(found.gap),
  ]);
  const header = ["factor", "entropy, nats", "best dimension", "tells", "second", "tells", "gap"];
  for (const line of tableLines([header, ...rows])) printLine(line);
}
