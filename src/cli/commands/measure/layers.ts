import { UserError } from "../../../errors.js";
import type { Imbalance } from "../../../geometry/information-imbalance/index.js";
import type { Epochs, LayerProfile } from "../../../layer-geometry/index.js";
import { layersOfRun, layersOfTwoRuns } from "../../../layer-geometry/index.js";
import { nodeDevice } from "../../../onnx/node.js";
import { choice, list, parsed, readSettings, runName, text, whole } from "../../../settings/index.js";
import { ENCODED_ROWS } from "../../../training/encode-run.js";
import type { TrainedRun } from "../../../training/trained-run.js";
import { defineCommand, type Outcome } from "../../command/define.js";
import { computing, runsAndData } from "../../command/groups.js";
import { grouped, numberText } from "../../format.js";
import { openTrained } from "../../open-run.js";
import { warn } from "../../output.js";
import { batchProgress } from "../../progress/batch-progress.js";
import { left, right, tableLines } from "../../table.js";
import { SPLITS_AS_ROWS } from "./codes.js";

const EPOCHS = { epochs: list(whole({ about: "", minimum: 0 }), { about: "", required: true }) };
const epochsIn = (given: string): Epochs =>
  given === "all" ? "all" : readSettings(EPOCHS, { epochs: [given] }).epochs;

/** Which images of a run pass its layers, and when. */
export const layerChoice = {
  epochs: parsed(epochsIn, {
    about: "of one run: snapshots such as 0,10,20, or all",
    placeholder: "n,...|all",
    defaultText: "the newest checkpoint",
  }),
  split: choice(ENCODED_ROWS, { about: "which part of the data", default: "test" }),
  rows: whole({
    about: "number of rows of that part, the first ones",
    minimum: 3,
    defaultText: "all",
    was: ["first"],
    moved: SPLITS_AS_ROWS,
  }),
};

export default defineCommand({
  arguments: {
    run: runName({ about: "name of an autoencoder's run, or path of its folder", required: true }),
    other: runName({
      about: "another run on the same images: information imbalance between the layers of both",
    }),
  },
  settings: {
    layers: list(text({ about: "", placeholder: "name" }), {
      about: "layers by name, such as input,code,output",
      defaultText: "all",
    }),
    ...layerChoice,
    ...runsAndData,
    ...computing,
  },
  details: `
Of each layer: intrinsic dimension by TwoNN (the line that the paper fits), its error (linked, N11), and by maximum likelihood;
then the information imbalances to the input and to the output, and to the next layer and back. The code is measured as it was
sampled, and as its mean. A run keeps snapshots where its configuration has training.snapshotEpochs. Numbers compare at equal
numbers of images only.`,
  examples: [
    "narrows measure layers my-vae --rows 2000",
    "narrows measure layers my-vae --epochs all --json",
    "narrows measure layers vae-k8 vae-k16 --layers code,output",
  ],
  async run({ run, other, runs, data, epochs, split, device: name, threads, ...choice }) {
    const trained = openTrained(run, { runs, data });
    const device = await nodeDevice(name, threads);
    const progress = batchProgress();
    const options = {
      ...choice,
      split,
      onSpace: (layer: string, done: number, of: number) => progress.update(layer, done, of),
    };
    try {
      if (other === undefined) {
        return ofRun(trained, split, await layersOfRun(trained, device, { ...options, epochs }));
      }
      if (epochs !== undefined) {
        throw new UserError({
          where: "--epochs",
          what: "two runs are compared at their newest checkpoints",
          remedy: "Leave it out, or give one run",
        });
      }
      const found = await layersOfTwoRuns([trained, openTrained(other, { runs, data })], device, options);
      return ofTwoRuns([run, other], split, found);
    } finally {
      progress.stop();
    }
  },
});

function ofRun(
  { run, state }: TrainedRun,
  split: string,
  { images, moments }: Awaited<ReturnType<typeof layersOfRun>>,
): Outcome {
  for (const { layers } of moments) warnOfLayers(layers);
  return {
    json: {
      definitions: ["N5", "N6", "J1"],
      run: run.name,
      path: run.path,
      newestStep: state.step,
      split,
      images,
      moments: moments.map(({ epoch, step, layers }) => ({
        ...(epoch !== undefined && { epoch }),
        step,
        layers: layers.map(plainLayer),
      })),
    },
    text: [
      `${run.name}: ${grouped(images)} images of ${split}`,
      ...moments.flatMap(({ epoch, step, layers }) => [
        "",
        epoch === undefined ? `newest checkpoint, step ${grouped(step)}` : `after epoch ${epoch}`,
        ...tableLines(COLUMNS, layers.map(cellsOf)),
      ]),
    ],
  };
}

function ofTwoRuns(
  [first, second]: readonly [string, string],
  split: string,
  { images, pairs }: Awaited<ReturnType<typeof layersOfTwoRuns>>,
): Outcome {
  const columns = [left("A"), left("B"), right("A -> B"), right("B -> A")];
  const rows = pairs.map(({ a, b, aToB, bToA }) => [a, b, deltaText(aToB), deltaText(bToA)]);
  return {
    json: {
      definition: "J1",
      a: first,
      b: second,
      split,
      images,
      pairs: pairs.map(({ a, b, aToB, bToA }) => ({
        a,
        b,
        aToB: aToB?.imbalance ?? null,
        bToA: bToA?.imbalance ?? null,
        standardErrors: { aToB: aToB?.standardError ?? null, bToA: bToA?.standardError ?? null },
      })),
    },
    text: [
      `A ${first}, B ${second}: ${grouped(images)} images of ${split}`,
      "",
      ...tableLines(columns, rows),
    ],
  };
}

function plainLayer({ dimension, toInput, toOutput, forward, backward, ...about }: LayerProfile) {
  const delta = (one: Imbalance | null) =>
    one && { imbalance: one.imbalance, standardError: one.standardError, ties: one.ties };
  return {
    ...about,
    dimension: dimension && {
      fit: dimension.fit.dimension,
      linkedError: dimension.fit.linkedError,
      maximumLikelihood: dimension.maximumLikelihood.dimension,
      zeroDistances: dimension.fit.zeroDistances,
      tied: dimension.fit.tied,
    },
    toInput: delta(toInput),
    toOutput: delta(toOutput),
    forward: delta(forward),
    backward: delta(backward),
  };
}

function warnOfLayers(layers: readonly LayerProfile[]): void {
  for (const { name, duplicates, points, dimension } of layers) {
    if (dimension === null) warn(`${name}: too few images differ in it to have a dimension`);
    else if (duplicates > 0)
      warn(
        `${name}: ${grouped(duplicates)} of ${grouped(points)} images repeat an earlier one there, and are left out of its dimension`,
      );
    if (dimension?.fit.reason) warn(`${name}: ${dimension.fit.reason}`);
  }
}

const NUMBERS = [
  "features",
  "dimension",
  "±",
  "by likelihood",
  "-> input",
  "-> output",
  "-> next",
  "<- next",
];
const COLUMNS = [left("layer"), ...NUMBERS.map(right)];

function cellsOf({
  name,
  features,
  dimension,
  toInput,
  toOutput,
  forward,
  backward,
}: LayerProfile): string[] {
  return [
    name,
    grouped(features),
    dimension ? dimension.fit.dimension.toFixed(2) : "",
    dimension?.fit.linkedError ? dimension.fit.linkedError.toFixed(2) : "",
    dimension ? dimension.maximumLikelihood.dimension.toFixed(2) : "",
    ...[toInput, toOutput, forward, backward].map(deltaText),
  ];
}

function deltaText(one: Imbalance | null): string {
  return one ? numberText(one.imbalance) : "";
}
