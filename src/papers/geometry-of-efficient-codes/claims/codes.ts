/** What the paper says of the codes themselves (Fig. 4, 5 and 7 to 11). */

import type { ClaimNumber } from "../../../reproduction/statements/claim.js";
import { claimNumber, maxPlace } from "../../../reproduction/statements/numbers.js";
import { MODEL_NAMES } from "../models.js";
import { PUBLISHED_SQUEEZE, publishedChannelsUsed, publishedClassMatrix } from "../published-geometry.js";
import type { CheckedStatement } from "./claim.js";
import type { View } from "./view.js";

const PUBLISHED_MATRIX = publishedClassMatrix("E1M1", 0.3)!.data;

/** At 0.3 nats the class that the data favour keeps its distances, more than in the Baseline. */
function keepsApart(model: "E1M1" | "E1M2", favoured: string, rare: string): CheckedStatement {
  return {
    id: `${model.toLowerCase()}-keeps-${favoured}`,
    statement: `At 0.3 nats ${model} keeps the ${favoured} stimuli apart and lets the ${rare} ones fall together.`,
    rule: `At C = 0.3 the mean distance within the ${favoured} stimuli over that within the ${rare} ones is greater than in the Baseline (rule G12: their logarithms' difference is the specialization).`,
    check: (view) => {
      const [inCode, inBaseline] = [view.room(model, 0.3, "inCode"), view.room(model, 0.3, "inBaseline")];
      return {
        holds: inCode > inBaseline,
        numbers: [
          { label: `distance within ${favoured} over within ${rare}, ${model}`, value: inCode },
          { label: `distance within ${favoured} over within ${rare}, Baseline`, value: inBaseline },
          { label: `${model} over Baseline`, value: inCode / inBaseline },
        ],
      };
    },
  };
}

const HIGH_NATS = 10;

type WithoutTask = "Baseline" | "E1M1" | "E1M2";

const channels = (view: View, model: WithoutTask) => view.channels(model, HIGH_NATS);

function channelsNumber(view: View, model: WithoutTask): ClaimNumber {
  const published = publishedChannelsUsed(model, HIGH_NATS);
  return {
    label: `channels in use, ${model}`,
    value: channels(view, model),
    ...(published === undefined ? {} : { published }),
  };
}

export const CODE_STATEMENTS: readonly CheckedStatement[] = [
  keepsApart("E1M1", "frequent", "rare"),
  keepsApart("E1M2", "aligned", "unaligned"),
  {
    id: "e1m1-class-matrix",
    statement:
      "At 0.3 nats E1M1, against the Baseline, pushes frequent stimuli apart and draws rare and frequent ones together.",
    rule: "In the class matrix of E1M1 at C = 0.3 (rule G5) the entry of the frequent class is above 0 and the greatest, that of rare against frequent below 0.",
    check: (view) => {
      const [rare, across, frequent] = [
        view.classMatrix("E1M1", 0.3, 0, 0),
        view.classMatrix("E1M1", 0.3, 0, 1),
        view.classMatrix("E1M1", 0.3, 1, 1),
      ];
      return {
        holds: frequent > 0 && frequent > rare && across < 0,
        numbers: [
          { label: "within rare", value: rare, published: PUBLISHED_MATRIX[0]! },
          { label: "rare against frequent", value: across, published: PUBLISHED_MATRIX[1]! },
          { label: "within frequent", value: frequent, published: PUBLISHED_MATRIX[3]! },
        ],
      };
    },
  },
  {
    id: "baseline-two-channels",
    statement: "At 10 nats the Baseline uses two of its five channels, one for each corridor.",
    rule: "At C = 10, two channels of the Baseline's code have a standard deviation above 0.1 over the stimuli (the mean over seeds, rounded).",
    check: (view) => ({
      holds: Math.round(channels(view, "Baseline")) === 2,
      numbers: [channelsNumber(view, "Baseline")],
    }),
  },
  {
    id: "bias-recruits-channels",
    statement: "At 10 nats models of biased data use more channels than the Baseline.",
    rule: "At C = 10, E1M1 and E1M2 each have more channels with a standard deviation above 0.1 over the stimuli than the Baseline.",
    check: (view) => ({
      holds: (["E1M1", "E1M2"] as const).every((model) => channels(view, model) > channels(view, "Baseline")),
      numbers: (["Baseline", "E1M1", "E1M2"] as const).map((model) => channelsNumber(view, model)),
    }),
  },
  {
    id: "squeeze-draws-together",
    statement: "Squeezed from 10 to 0.3 nats, the code of every model draws together.",
    rule: "For all eight models the mean over pairs of stimuli of the distance at C = 0.3 over that at C = 10 (rule G4) is below 1.",
    check: (view) => {
      const ratios = MODEL_NAMES.map((model) => ({ where: model, value: view.squeeze(model) }));
      return {
        holds: ratios.every(({ value }) => value < 1),
        numbers: [
          {
            label: "mean ratio, Baseline",
            value: view.squeeze("Baseline"),
            published: PUBLISHED_SQUEEZE.Baseline,
          },
          { label: "mean ratio, E1M1", value: view.squeeze("E1M1"), published: PUBLISHED_SQUEEZE.E1M1 },
          claimNumber("greatest mean ratio", maxPlace(ratios)),
        ],
      };
    },
  },
  {
    id: "biased-code-is-squeezed-more",
    statement: "The squeeze takes more from E1M1, which has more channels to lose, than from the Baseline.",
    rule: "The mean ratio of distances at C = 0.3 over C = 10 (rule G4) is lower in E1M1 than in the Baseline.",
    check: (view) => ({
      holds: view.squeeze("E1M1") < view.squeeze("Baseline"),
      numbers: [
        { label: "mean ratio, E1M1", value: view.squeeze("E1M1"), published: PUBLISHED_SQUEEZE.E1M1 },
        {
          label: "mean ratio, Baseline",
          value: view.squeeze("Baseline"),
          published: PUBLISHED_SQUEEZE.Baseline,
        },
      ],
    }),
  },
];
