import { migRows, mutualInformationGap } from "../../../disentanglement/index.js";
import { whole } from "../../../settings/index.js";
import { defineCommand } from "../../command/define.js";
import { grouped } from "../../format.js";
import { right, tableLines } from "../../table.js";
import { nested, numberText } from "./format.js";
import {
  assertLabelsFit,
  codesArgument,
  codesSettings,
  labelsSetting,
  measuredCodes,
  measuredFactors,
  SPLITS_AS_ROWS,
} from "./measured-codes.js";

const UNITS = "share of the factor's entropy (gap), nats (entropy, information)";

export default defineCommand({
  arguments: codesArgument,
  settings: {
    ...labelsSetting,
    bins: whole({ about: "bins of each dimension", minimum: 2, default: 20 }),
    rows: whole({
      about: "number of rows that are used, drawn at random where there are more",
      minimum: 2,
      default: 10_000,
      was: ["samples"],
      moved: SPLITS_AS_ROWS,
    }),
    seed: whole({ about: "of the random draw", minimum: 0, default: 0 }),
    ...codesSettings,
  },
  details: `
0: no factor has a dimension of its own; 1: each factor has one dimension that determines it, and no other dimension has
information about it. The default settings are those of disentanglement_lib (rules M1 to M3 of
docs/definitions/disentanglement.md). Of a run, the factors are the labels of its data and the codes are means.`,
  examples: [
    "narrows measure mig --codes C.npy --labels F.npy --json",
    "narrows measure mig --codes codes.npz:codes --labels codes.npz:labels --bins 40",
    "narrows measure mig dsprites-echo-s0 --split test",
  ],
  async run({ bins, rows, seed, labels, ...options }) {
    assertLabelsFit(options.run, labels);
    const codes = await measuredCodes(options, (count) => migRows(count, rows, seed));
    const factors = measuredFactors(labels, codes, options);
    const { mig, byFactor, informationNats, samples } = mutualInformationGap(codes.points, factors, {
      bins,
      samples: rows,
      seed,
    });
    const cells = byFactor.map((found) => [
      found.factor,
      numberText(found.entropyNats),
      String(found.dimension),
      numberText(found.informationNats),
      found.secondDimension === undefined ? "-" : String(found.secondDimension),
      numberText(found.secondInformationNats),
      numberText(found.gap),
    ]);
    const columns = ["factor", "entropy, nats", "best dimension", "nats", "second", "nats", "gap"];
    return {
      json: {
        definition: "M3",
        units: UNITS,
        ...codes.about,
        mig,
        byFactor,
        informationNats: nested(informationNats),
        samples,
        bins,
        seed,
      },
      text: [
        `MIG ${numberText(mig)}: mean gap of ${byFactor.length} factors (${grouped(samples)} samples, ${bins} bins)`,
        "",
        ...tableLines(columns.map(right), cells),
      ],
    };
  },
});
