import { readArray } from "../data/arrays/index.js";
import type { ImageTable } from "../data/dataset.js";
import { assertPixels, assertSameScale } from "../data/images/pixels.js";
import { imageTable } from "../data/images/read-arrays.js";
import { pixelValues } from "../data/pixel-moments.js";
import { sliceDataset } from "../data/split.js";
import { UserError } from "../errors.js";
import { asTable, classifierFeatures, type Features } from "../features/features.js";
import { onnxFeatures } from "../features/onnx-features.js";
import { toPoints } from "../geometry/index.js";
import type { NumericArray } from "../numeric-array.js";
import { nodeDevice } from "../onnx/node.js";
import {
  type FrechetDistance,
  frechetDistance,
  type KernelDistance,
  kernelDistance,
  type SlicedWasserstein,
  slicedWasserstein,
} from "../quality/index.js";
import { openRun } from "../runs/run.js";
import { decodeCodes, sampleMarginal } from "../training/decode.js";
import { reconstructTable } from "../training/encode.js";
import { loadClassifierRun, loadTrainedRun } from "../training/trained-run.js";
import { wholeNumber } from "./commands/measure/arguments.js";
import { numberText } from "./commands/measure/format.js";
import { type CsvFlags, csvArrays } from "./csv-options.js";
import { grouped } from "./format.js";
import type { DeviceOptions } from "./options.js";
import { printJson, printLine, warn } from "./output.js";
import { left, right, tableLines } from "./table.js";

export interface QualityOptions extends DeviceOptions, CsvFlags {
  readonly x?: string;
  readonly y?: string;
  readonly classifier?: string;
  readonly onnx?: string;
  readonly range: string;
  readonly output?: string;
  readonly first?: string;
  readonly blocks: string;
  readonly projections: string;
  readonly seed: string;
  readonly runs: string;
  readonly json?: boolean;
}

/** Two sets of images, or of numbers that stand for them. */
interface Pair {
  /** What the first ones are. */
  readonly name: string;
  readonly made: NumericArray;
  readonly real: NumericArray;
  /** Shape of an image, where they are images. */
  readonly imageShape: ImageTable["imageShape"] | undefined;
}

/** What was found of a pair. */
interface Found {
  readonly name: string;
  readonly samples: { readonly made: number; readonly real: number };
  readonly frechet: FrechetDistance;
  readonly kernel: KernelDistance;
  readonly sliced: SlicedWasserstein;
}

/** Measures how near made images are to real ones, and tells it. */
export async function measureQuality(run: string | undefined, options: QualityOptions): Promise<void> {
  const blocks = wholeNumber("blocks", options.blocks, 2);
  const projections = wholeNumber("projections", options.projections, 2);
  const seed = wholeNumber("seed", options.seed, 0);
  assertOneSource(run, options);
  const pairs = run === undefined ? [pairOfArrays(options)] : await pairsOfRun(run, options);
  const features = await chosenFeatures(options);
  const found: Found[] = [];
  try {
    for (const { name, made, real, imageShape } of pairs) {
      const [x, y] = await Promise.all(
        [made, real].map(async (array, at) => {
          const called = at === 0 ? name : `what ${name} are held against`;
          return toPoints(features ? await features.of(imagesOf(array, called, imageShape)) : array, called);
        }),
      );
      found.push({
        name,
        samples: { made: made.shape[0]!, real: real.shape[0]! },
        frechet: frechetDistance(x!, y!),
        kernel: kernelDistance(x!, y!, { blocks, seed }),
        sliced: slicedWasserstein(toPoints(made, name), toPoints(real, "real images"), { projections, seed }),
      });
    }
  } finally {
    await features?.release();
  }
  const about = features?.about ?? "the numbers as given";
  if (options.json) {
    return printJson({
      definitions: ["Q1", "Q2", "Q3"],
      features: about,
      ...(run === undefined ? { x: options.x, y: options.y } : { run }),
      seed,
      pairs: found.map(({ name, samples, frechet, kernel, sliced }) => ({
        name,
        samples,
        frechet,
        kernel,
        slicedWasserstein: { w1: sliced.w1, w2: sliced.w2, standardErrors: sliced.standardErrors },
      })),
    });
  }
  printLine(`on ${about}`);
  printLine();
  const columns = [
    left("made"),
    right("images"),
    right("Fréchet"),
    right("kernel"),
    right("±"),
    right("sliced W1"),
    right("sliced W2"),
  ];
  const rows = found.map(({ name, samples, frechet, kernel, sliced }) => [
    name,
    grouped(samples.made),
    numberText(frechet.distance),
    numberText(kernel.distance),
    numberText(kernel.standardError),
    numberText(sliced.w1),
    numberText(sliced.w2),
  ]);
  for (const line of tableLines(columns, rows)) printLine(line);
}

function assertOneSource(run: string | undefined, { x, y, classifier, onnx }: QualityOptions): void {
  const refuse = (where: string, what: string, remedy: string) => {
    throw new UserError({ where, what, remedy });
  };
  if (run !== undefined && (x !== undefined || y !== undefined))
    refuse(`${run}, --x, --y`, "a run and arrays are both given", "Give the one or the other");
  if (run === undefined && (x === undefined || y === undefined))
    refuse(
      "images",
      "neither a run nor both --x and --y are given",
      "Name a run, or give --x A.npy --y B.npy",
    );
  if (classifier !== undefined && onnx !== undefined)
    refuse("--classifier, --onnx", "two kinds of features are given", "Give the one or the other");
}

/**
 * Two arrays as they are. Of images, which have an axis of rows and one of columns, each holds pixels (rule D19).
 * @throws UserError for an array of images that holds none, and where one is of bytes and the other of values from 0 to 1.
 */
function pairOfArrays({ x, y, ...csv }: QualityOptions): Pair {
  const [made, real] = [readArray(x!, csvArrays(csv)), readArray(y!, csvArrays(csv))];
  for (const [{ shape, data }, name] of [
    [made, x!],
    [real, y!],
  ] as const) {
    if (shape.length > 2) assertPixels(data, data.length / shape[0]!, name);
  }
  assertSameScale(made.data, real.data, [x!, y!]);
  return { name: x!, made, real, imageShape: undefined };
}

async function pairsOfRun(name: string, options: QualityOptions): Promise<Pair[]> {
  const trained = loadTrainedRun(openRun(options.runs, name));
  for (const warning of trained.warnings) warn(warning);
  const { test } = trained.experiment.split;
  const count = options.first === undefined ? test.count : wholeNumber("first", options.first, 4);
  if (count > test.count) {
    throw new UserError({
      where: `--first ${options.first}`,
      what: `there are ${test.count} test images`,
      remedy: `Give at most ${test.count}`,
    });
  }
  const table = count === test.count ? test : sliceDataset(test, [0, count]);
  const device = await nodeDevice(options.device, options.threads);
  const pixels = table.images.length / table.count;
  const real = {
    shape: [table.count, pixels],
    data: pixelValues(table),
  };
  const flat = ({ data }: NumericArray<Float32Array>) => ({ shape: [table.count, pixels], data });
  const pair = (kind: string, made: NumericArray<Float32Array>): Pair => ({
    name: kind,
    made: flat(made),
    real,
    imageShape: table.imageShape,
  });
  const { channel } = trained.model;
  const reconstructions = pair("reconstructions", await reconstructTable(trained, device, table));
  if (!channel.drawCode) {
    warn(`${name}: its codes are distributed as those of images, so there are no samples of a marginal`);
    return [reconstructions];
  }
  const codes = await sampleMarginal(trained, device, table.count);
  return [reconstructions, pair("samples", await decodeCodes(trained, device, codes))];
}

async function chosenFeatures(options: QualityOptions): Promise<Features | undefined> {
  const { classifier, onnx, runs, device, threads, output } = options;
  if (classifier !== undefined) {
    const trained = loadClassifierRun(openRun(runs, classifier));
    return classifierFeatures(trained, await nodeDevice(device, threads), trained.run.name);
  }
  if (onnx === undefined) return undefined;
  return onnxFeatures(onnx, { range: rangeOf(options.range), threads, ...(output && { output }) });
}

function rangeOf(text: string): [number, number] {
  const [low, high, ...rest] = text.split(",").map(Number);
  if (rest.length === 0 && Number.isFinite(low) && Number.isFinite(high) && low! < high!)
    return [low!, high!];
  throw new UserError({
    where: `--range ${text}`,
    what: "this is not a low and a high number",
    remedy: "Give, for instance, --range=-1,1",
  });
}

/** An array as images: those of a run have the shape told and are in the range of pixel values, others are read by rule D19. */
function imagesOf(
  array: NumericArray,
  where: string,
  imageShape: ImageTable["imageShape"] | undefined,
): ImageTable {
  if (imageShape) return asTable({ shape: array.shape, data: Float32Array.from(array.data) }, imageShape);
  if (array.shape.length !== 3 && array.shape.length !== 4) {
    throw new UserError({
      where: "images for features",
      what: `an array of shape [${array.shape.join(", ")}] is not one of images`,
      remedy: "Give [N, height, width] or [N, height, width, channels], with values from 0 to 1 or bytes",
    });
  }
  return imageTable(array, where);
}
