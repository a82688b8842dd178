import type { Dataset, ImageTable } from "../data/dataset.js";
import { loadRemembering } from "../data/sources/index.js";
import { selectRows } from "../data/split.js";
import type { MatchedPictures } from "../figures/rate-distortion-curves.js";
import type { NumericArray } from "../numeric-array.js";
import type { Device } from "../onnx/devices.js";
import { type Method, type MethodPoint, meanRate } from "../sweeps/methods.js";
import { reconstructTable } from "../training/encode.js";
import { loadTrainedRun, type TrainedRun } from "../training/trained-run.js";
import { testImages, valuesOf } from "./reconstructions.js";
import { imageSizeOf, requireAlike } from "./runs.js";

/** Which images are reconstructed at which rates. */
export interface MatchedPicturesChoice {
  /** Images in a row. Default 6, or all there are. */
  readonly images?: number;
  /** Rates at which methods are compared, in nats. Default: three over the range that all methods reach. */
  readonly ratesNats?: readonly number[];
  /** Reconstructions averaged, each through its own sample of the code. Default 10. */
  readonly samples?: number;
  /** Keys the choice of images and the noise. Default 0. */
  readonly seed?: number;
  /** Where the runs' data are now, where they are not at the path that was recorded. */
  readonly data?: string | undefined;
}

const IMAGES = 6;
const RATES = 3;
const SAMPLES = 10;
/** Rates are called matched up to this factor. */
const MATCHED = 1.5;
/** Images that pass a channel together: noise that is made of other images wants many. */
const CANDIDATE_IMAGES = 128;

/**
 * Test images, and for every rate what the nearest run of each method makes of them: the mean over several
 * samples of the code. A method without a point near a rate is left out there.
 * @param methods as `groupIntoMethods` makes them.
 * @param device where images are reconstructed.
 * @param choice which images at which rates.
 * @returns one block for each rate; pixel values from 0 to 1.
 * @throws UserError when a run has no readable checkpoint, its data are gone, or there are fewer images.
 */
export async function matchedPictures(
  methods: readonly Method[],
  device: Device,
  { images, ratesNats, samples = SAMPLES, seed = 0, data }: MatchedPicturesChoice = {},
): Promise<MatchedPictures[]> {
  const load = loadRemembering(1);
  const loaded = new Map<string, TrainedRun>();
  const runOf = ({ runs: [{ run }] }: MethodPoint): TrainedRun => {
    const trained = loaded.get(run.path) ?? loadTrainedRun(run, { load, data });
    loaded.set(run.path, trained);
    return trained;
  };
  const blocks = distinct(
    (ratesNats ?? commonRates(methods)).map((rate) => ({ rate, matched: nearestPoints(methods, rate) })),
  );
  const [first, ...others] = blocks.flatMap(({ matched }) => matched.map(({ point }) => runOf(point)));
  if (!first) return [];
  requireAlike([first, ...others], "image size", imageSizeOf);
  const { test } = first.experiment.split;
  const count = images ?? Math.min(IMAGES, test.count);
  const candidates = testImages([first], Math.max(count, Math.min(CANDIDATE_IMAGES, test.count)), seed);
  const originals = valuesOf(
    selectRows(
      candidates,
      Array.from({ length: count }, (_, k) => k),
    ),
  );
  const pictures: MatchedPictures[] = [];
  for (const { rate, matched } of blocks) {
    const rows = [{ title: "image", images: originals }];
    for (const { method, point } of matched) {
      const { data } = await meanReconstruction({ ...runOf(point), seed }, device, candidates, samples);
      rows.push({
        title: `${method.name}, ${point.runs[0].trade.rateNats.toFixed(1)} nats`,
        images: { shape: originals.shape, data: data.slice(0, originals.data.length) },
      });
    }
    pictures.push({ title: `about ${Number(rate.toPrecision(2))} nats`, rows });
  }
  return pictures;
}

interface Matched {
  readonly method: Method;
  readonly point: MethodPoint;
}

/** Of every method the point nearest to a rate, where one is near. */
function nearestPoints(methods: readonly Method[], rateNats: number): Matched[] {
  return methods.flatMap((method) => {
    const distance = (point: MethodPoint) => Math.abs(Math.log(meanRate(point) / rateNats));
    const [first, ...rest] = method.points;
    if (!first) return [];
    const point = rest.reduce((best, next) => (distance(next) < distance(best) ? next : best), first);
    return distance(point) <= Math.log(MATCHED) ? [{ method, point }] : [];
  });
}

/** Rates at equal ratios over the range that all methods reach, or over that of any where they share too little. */
function commonRates(methods: readonly Method[]): number[] {
  const rates = methods.map(({ points }) => points.map(meanRate).filter((rate) => rate > 0));
  const ranges = rates.filter((of) => of.length > 0).map((of) => [Math.min(...of), Math.max(...of)] as const);
  if (ranges.length === 0) return [];
  const shared = [
    Math.max(...ranges.map(([minimum]) => minimum)),
    Math.min(...ranges.map(([, maximum]) => maximum)),
  ] as const;
  // A method that hardly moves would leave no range to compare the others over.
  const isWide = shared[1] >= MATCHED * shared[0];
  const [from, to] = isWide ? shared : [Math.min(...rates.flat()), Math.max(...rates.flat())];
  return Array.from({ length: RATES }, (_, k) => from * (to / from) ** (k / (RATES - 1)));
}

/** Leaves out rates at which nothing is matched, or the very runs of one before. */
function distinct<Block extends { readonly matched: readonly Matched[] }>(blocks: readonly Block[]): Block[] {
  const pathsOf = ({ matched }: Block) => matched.map(({ point }) => point.runs[0].run.path).join("\n");
  return blocks.filter(
    (block, k) =>
      block.matched.length > 0 && !blocks.slice(0, k).some((before) => pathsOf(before) === pathsOf(block)),
  );
}

/** Every image of a table through a number of samples of its code, averaged: pixel values [N, pixels]. */
async function meanReconstruction(
  trained: TrainedRun,
  device: Device,
  table: Dataset,
  samples: number,
): Promise<NumericArray<Float32Array>> {
  const { count } = table;
  const { data, shape } = await reconstructTable(trained, device, repeated(table, samples));
  const size = count * shape[1];
  const mean = Float32Array.from({ length: size }, (_, k) => {
    let sum = 0;
    for (let sample = 0; sample < samples; sample++) sum += data[sample * size + k];
    return sum / samples;
  });
  return { shape: [count, shape[1]], data: mean };
}

/** A table repeated this number of times. */
function repeated({ images, count, ...rest }: Dataset, times: number): ImageTable {
  const length = images.length * times;
  const all = images instanceof Uint8Array ? new Uint8Array(length) : new Float32Array(length);
  for (let k = 0; k < times; k++) all.set(images, k * images.length);
  return { ...rest, count: count * times, images: all, labels: undefined };
}
