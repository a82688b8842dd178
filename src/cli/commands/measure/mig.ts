import { mutualInformationGap } from "../../../disentanglement/index.js";
import { whole } from "../../../settings/index.js";
import { grouped, numberText } from "../../format.js";
import { right, tableLines } from "../../table.js";
import { codeMeasure } from "./code-measure.js";
import { ROWS } from "./codes.js";
import { nested } from "./plain.js";

const COLUMNS = ["factor", "entropy, nats", "best dimension", "nats", "second", "nats", "gap"].map(right);

export default codeMeasure({
  definition: "M3",
  units: "share of the factor's entropy (gap), nats (entropy, information)",
  compared: true,
  purpose: "mig samples",
  settings: {
    bins: whole({ about: "bins of each dimension", minimum: 2, default: 20 }),
    rows: whole({ ...ROWS, default: 10_000 }),
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
  measure(codes, { bins }) {
    const points = codes.points();
    const { mig, byFactor, informationNats, samples } = mutualInformationGap(points, codes.factors(), {
      bins,
      samples: points.count,
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
    return {
      json: { mig, byFactor, informationNats: nested(informationNats), bins },
      text: [
        `MIG ${numberText(mig)}: mean gap of ${byFactor.length} factors (${grouped(samples)} samples, ${bins} bins)`,
        "",
        ...tableLines(COLUMNS, cells),
      ],
    };
  },
});
