import { readArray } from "../../../data/arrays/index.js";
import { UserError } from "../../../errors.js";
import {
  classifierFeatures,
  type Features,
  type ImagePair,
  type ImageQuality,
  imageQuality,
  onnxFeatures,
  pairOfArrays,
  pairsOfRun,
} from "../../../features/index.js";
import type { Device } from "../../../onnx/devices.js";
import { nodeDevice } from "../../../onnx/node.js";
import { openRun } from "../../../runs/run.js";
import { list, number, runName, text, type ValuesOf, whole } from "../../../settings/index.js";
import { loadClassifierRun } from "../../../training/trained-run.js";
import { defineCommand } from "../../command/define.js";
import { computing, csv, csvArrays, runsAndData } from "../../command/groups.js";
import { grouped, numberText } from "../../format.js";
import { openTrained } from "../../open-run.js";
import { warn } from "../../output.js";
import { left, right, tableLines } from "../../table.js";

const arguments_ = {
  run: runName({
    about: "an autoencoder's run: its reconstructions and its samples, compared with its test images",
  }),
};

const settings = {
  codes: text({
    about: "instead of a run: generated images, or features of them, one row per image",
    placeholder: "array",
    was: ["x"],
  }),
  reference: text({
    about: "with --codes: the real images, or features of them",
    placeholder: "array",
    was: ["y"],
  }),
  classifier: runName({ about: "features of a classifier of images that was trained here" }),
  onnx: text({
    about: "features of an ONNX model, such as an Inception network without its last layer",
    placeholder: "file",
  }),
  range: list(number({ about: "" }), {
    about: "what black and white become for the ONNX model",
    placeholder: "low,high",
    default: [0, 1],
  }),
  output: text({ about: "output of the ONNX model", placeholder: "name", defaultText: "its first" }),
  rows: whole({
    about: "of a run: number of its test images, the first ones",
    minimum: 4,
    defaultText: "all",
    was: ["first"],
  }),
  blocks: whole({ about: "blocks of the kernel distance", minimum: 2, default: 100 }),
  projections: whole({ about: "directions of the sliced Wasserstein distance", minimum: 2, default: 256 }),
  seed: whole({ about: "seed of blocks and directions", minimum: 0, default: 0 }),
  ...runsAndData,
  ...computing,
  ...csv,
};

type Options = ValuesOf<typeof arguments_> & ValuesOf<typeof settings>;

const NUMBERS = ["images", "Fréchet", "kernel", "±", "sliced W1", "sliced W2"];
const COLUMNS = [left("made"), ...NUMBERS.map(right)];

export default defineCommand({
  arguments: arguments_,
  settings,
  details: `
FID and KID: Fréchet and kernel (MMD) distance. Without --classifier and --onnx the numbers are taken as they are: features, or
pixels. With one of them arrays are images [N, height, width] or [N, height, width, channels], all bytes from 0 to 255 or all
values from 0 to 1 (D19); the sliced distance is always that of the numbers as given. Definitions Q1 to Q3 in
docs/definitions/quality.md. Values compare at equal N and with the same features alone.

FID proper: export torchvision's inception_v3 (weights IMAGENET1K_V1, fc replaced by Identity, eval mode) with torch.onnx.export
from an input of [1, 3, 299, 299], and give --onnx inception.onnx --range=-1,1. Images are resized as Pillow's BILINEAR does it.`,
  examples: [
    "narrows train configs/intrinsic-dimension/features.yaml --run eyes",
    "narrows measure quality my-vae --classifier eyes --json",
    "narrows measure quality --codes made.npy --reference real.npy",
    "narrows measure quality my-vae --onnx inception.onnx --range=-1,1 --rows 2000",
  ],
  async run(options) {
    assertOneSource(options);
    const { run, codes, reference, blocks, projections, seed } = options;
    const device = await nodeDevice(options.device, options.threads);
    const pairs = run === undefined ? [arraysOf(options)] : await imagesOfRun(run, options, device);
    const features = await featuresOf(options, device);
    const found: ImageQuality[] = [];
    try {
      for (const pair of pairs) found.push(await imageQuality(pair, { features, blocks, projections, seed }));
    } finally {
      await features?.release();
    }
    const about = features?.about ?? "the numbers as given";
    return {
      json: {
        definitions: ["Q1", "Q2", "Q3"],
        features: about,
        ...(run === undefined ? { codes, reference } : { run }),
        seed,
        pairs: found.map(({ sliced: { w1, w2, standardErrors }, ...rest }) => ({
          ...rest,
          slicedWasserstein: { w1, w2, standardErrors },
        })),
      },
      text: [`on ${about}`, "", ...tableLines(COLUMNS, found.map(cellsOf))],
    };
  },
});

function cellsOf({ name, samples, frechet, kernel, sliced }: ImageQuality): string[] {
  const numbers = [frechet.distance, kernel.distance, kernel.standardError, sliced.w1, sliced.w2];
  return [name, grouped(samples.made), ...numbers.map(numberText)];
}

function assertOneSource({ run, codes, reference, classifier, onnx }: Options): void {
  const refuse = (where: string, what: string, remedy: string) => {
    throw new UserError({ where, what, remedy });
  };
  const arrays = [codes, reference].filter((array) => array !== undefined).length;
  if (run !== undefined && arrays > 0)
    refuse(`${run}, --codes, --reference`, "a run and arrays are both given", "Give the one or the other");
  if (run === undefined && arrays < 2) {
    const remedy = "Name a run, or give --codes A.npy --reference B.npy";
    refuse("images", "neither a run nor both --codes and --reference are given", remedy);
  }
  if (classifier !== undefined && onnx !== undefined)
    refuse("--classifier, --onnx", "two kinds of features are given", "Give the one or the other");
}

function arraysOf({ codes, reference, ...flags }: Options): ImagePair {
  const csvOptions = csvArrays(flags);
  return pairOfArrays(readArray(codes!, csvOptions), readArray(reference!, csvOptions), [codes!, reference!]);
}

async function imagesOfRun(name: string, options: Options, device: Device): Promise<ImagePair[]> {
  const pairs = await pairsOfRun(openTrained(name, options), device, options.rows);
  if (pairs.length === 1)
    warn(`${name}: its codes are distributed as those of images, so there are no samples of a marginal`);
  return pairs;
}

async function featuresOf(
  { classifier, onnx, runs, threads, output, range }: Options,
  device: Device,
): Promise<Features | undefined> {
  if (classifier !== undefined) {
    const trained = loadClassifierRun(openRun(runs, classifier));
    return classifierFeatures(trained, device, trained.run.name);
  }
  if (onnx === undefined) return undefined;
  const [low = 0, high = 0] = range;
  if (range.length !== 2 || low >= high) {
    throw new UserError({
      where: `--range ${range.join()}`,
      what: "this is not a low and a high number",
      remedy: "Give, for instance, --range=-1,1",
    });
  }
  return onnxFeatures(onnx, { range: [low, high], threads, ...(output !== undefined && { output }) });
}
