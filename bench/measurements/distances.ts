import { join } from "node:path";
import { writeArray } from "../../src/data/arrays/index.js";
import { nearestNeighbours, neighbourRanks, prepareRows } from "../../src/distances/index.js";
import { imbalanceOfRanks } from "../../src/geometry/information-imbalance/index.js";
import { twoNnFit } from "../../src/geometry/intrinsic-dimension/index.js";
import type { Rows } from "../../src/geometry/neighbours/index.js";
import { compileProgram } from "../../src/onnx/compile.js";
import type { Device } from "../../src/onnx/devices.js";
import { nodeDevice } from "../../src/onnx/node.js";
import { PhiloxStream } from "../../src/random/stream.js";
import { input, leakyRelu, matMul } from "../../src/tensor/index.js";
import { commandCost } from "../command-cost.js";
import { openMatrixProduct, PRODUCT_FLOP } from "../matrix-product.js";
import type { Measurement, Outcome } from "../measurement.js";
import { type NeighboursPeer, type NeighboursWork, openNeighbours } from "../peers/neighbours.js";
import { alternate, type Contender, median, type RoundTimes, timeCalls } from "../rounds.js";

/** The layers of the paper's convolutional VAE: its widest, and its images. */
const DISTANCE_SIZES = {
  points: 5000,
  wide: 16_384,
  narrow: 3072,
  /** Points and columns whose memory is told. */
  memory: { points: 20_000, columns: 1024 },
} as const;

export type DistanceSizes = {
  readonly points: number;
  readonly wide: number;
  readonly narrow: number;
  readonly memory: { readonly points: number; readonly columns: number };
};

const THREADS = [1, 2] as const;
const MIN_RATIO = 5;
const LIMIT_MEGABYTES = 1536;
const MAX_ROUNDS = 4;
/** Of one question with one number of threads; no further round begins after that. */
const MAX_SECONDS = 60;
/** Dimensions that the points really have. */
const HIDDEN_COLUMNS = 30;
/** Of the same question answered by a peer: float32 products there, other ties. */
const TOLERANCE = 0.01;

/**
 * Intrinsic dimension of a wide layer and information imbalance with a narrower one, beside Python's neighbours where it has them and beside the machine's matrix
 * product rate, all in turn; and the memory of a large set.
 */
export async function measureDistances(
  folder: string,
  sizes: DistanceSizes = DISTANCE_SIZES,
): Promise<Outcome> {
  const making = await nodeDevice("cpu");
  const wide = await activations(making, sizes.points, sizes.wide, "wide");
  const narrow = await activations(making, sizes.points, sizes.narrow, "narrow");
  const [a, b] = [save(folder, wide), save(folder, narrow)];
  const peer = await openNeighbours();
  const skipped = typeof peer === "string" ? [peer] : [];
  const works = {
    dimension: { ask: { work: "dimension", a }, compute: (device) => dimension(wide, device) },
    imbalance: { ask: { work: "imbalance", a, b }, compute: (device) => imbalance(wide, narrow, device) },
  } as const satisfies Record<string, Work>;
  const measurements: Measurement[] = [];
  try {
    for (const threads of THREADS) {
      const device = await nodeDevice("cpu", threads);
      for (const [name, work] of Object.entries(works)) {
        const { times, ways } = await inTurn(work, device, peer, skipped);
        measurements.push(...tell(name as keyof typeof works, sizes, threads, times, ways));
      }
    }
  } finally {
    if (typeof peer !== "string") peer.close();
  }
  measurements.push(await memory(folder, making, sizes.memory));
  return { measurements, skipped: [...new Set(skipped)] };
}

/** A question, as it is asked of a peer and as it is answered here. */
interface Work {
  readonly ask: NeighboursWork;
  readonly compute: (device: Device) => Promise<number>;
}

/** The question answered here and by each of the peer's ways in turn, beside the machine's matrix product rate. */
async function inTurn(
  { ask, compute }: Work,
  device: Device,
  peer: NeighboursPeer | string,
  skipped: string[],
) {
  const own = await compute(device);
  const product = await openMatrixProduct(device.threads);
  const processor: Record<string, number[]> = { own: [] };
  const contenders: Contender[] = [
    { name: "product", round: () => timeCalls(product.multiply, 4, 1) },
    {
      name: "own",
      async round() {
        const before = process.cpuUsage();
        const milliseconds = await timeCalls(() => compute(device), 1);
        const { user, system } = process.cpuUsage(before);
        processor.own!.push((user + system) / 1000);
        return milliseconds;
      },
    },
  ];
  const ways: NeighboursPeer["ways"][number][] = [];
  if (typeof peer !== "string") {
    ways.push(...(await waysThatAgree(peer, ask, device.threads, own, skipped)));
    for (const { by } of ways) {
      processor[by] = [];
      contenders.push({
        name: by,
        async round() {
          const { milliseconds, processorMilliseconds } = await peer.time(by, ask, device.threads);
          processor[by]!.push(processorMilliseconds);
          return milliseconds;
        },
      });
    }
  }
  const wall = await alternate(contenders, { rounds: MAX_ROUNDS, seconds: MAX_SECONDS });
  await product.release();
  const times = Object.entries(wall).map(([name, found]): [string, Times] => [
    name,
    { ...found, processor: median(processor[name] ?? [0]) },
  ]);
  return { times: Object.fromEntries(times), ways };
}

/** Times of one contender, and the median of its processor time, milliseconds. */
type Times = RoundTimes & { readonly processor: number };

/** The peer's ways that come to our result, each tried once, which also warms it up; of the others a line is kept. */
async function waysThatAgree(
  peer: NeighboursPeer,
  ask: NeighboursWork,
  threads: number,
  own: number,
  skipped: string[],
): Promise<NeighboursPeer["ways"]> {
  const agree: NeighboursPeer["ways"][number][] = [];
  for (const way of peer.ways) {
    const tried = await peer.time(way.by, ask, threads).catch((error: Error) => error);
    if (tried instanceof Error) skipped.push(`${way.name}, ${ask.work}: ${tried.message}`);
    else if (Math.abs(tried.result / own - 1) < TOLERANCE) agree.push(way);
    else skipped.push(`${way.name}, ${ask.work}: it finds ${tried.result}, not ${own}`);
  }
  return agree;
}

async function dimension(rows: Rows, device: Device): Promise<number> {
  return twoNnFit(await nearestNeighbours(await prepareRows(rows, { device }), 2, { device })).dimension;
}

/** Both ways, added up. */
async function imbalance(a: Rows, b: Rows, device: Device): Promise<number> {
  const [rowsA, rowsB] = [await prepareRows(a, { device }), await prepareRows(b, { device })];
  const inA = await nearestNeighbours(rowsA, 1, { device });
  const inB = await nearestNeighbours(rowsB, 1, { device });
  const ofA = await neighbourRanks(rowsB, inA.queries, inA.indices, 1, { device });
  const ofB = await neighbourRanks(rowsA, inB.queries, inB.indices, 1, { device });
  const about = { points: a.count, k: 1 };
  return imbalanceOfRanks(ofA, about).imbalance + imbalanceOfRanks(ofB, about).imbalance;
}

function tell(
  work: "dimension" | "imbalance",
  { points, wide, narrow }: DistanceSizes,
  threads: number,
  times: Record<string, Times>,
  ways: readonly { readonly by: string; readonly name: string }[],
): Measurement[] {
  // Each pair once, for the neighbours and for the ranks.
  const columns = work === "dimension" ? wide : 2 * (wide + narrow);
  const flop = points * points * columns;
  const { own, product } = times as { own: Times; product: Times };
  const share = (by: "fastest" | "median") => (100 * (flop / own[by])) / (PRODUCT_FLOP / product[by]);
  const shown = (count: number) => count.toLocaleString("en");
  const question =
    work === "dimension"
      ? `dimension of ${shown(points)} x ${shown(wide)}`
      : `imbalance of that and ${shown(points)} x ${shown(narrow)}, both ways`;
  const label = `${question}, ${threads} ${threads === 1 ? "thread" : "threads"}`;
  return [
    {
      key: `distances.${work}.threads${threads}.seconds`,
      label,
      value: own.fastest / 1000,
      unit: "s",
      better: "lower",
      details: { median: own.median / 1000, processor: own.processor / 1000, gigaflop: flop / 1e9 },
    },
    {
      key: `distances.${work}.threads${threads}.shareOfProductPercent`,
      label: "  of the matrix product rate, each pair counted once",
      value: share("fastest"),
      unit: "%",
      better: "higher",
      details: { median: share("median") },
    },
    ...ways.map(({ by, name }): Measurement => {
      const peer = times[by]!;
      return {
        key: `distances.${work}.threads${threads}.${by}.ratio`,
        label: `  ${name}, over it`,
        value: peer.fastest / own.fastest,
        unit: "x",
        better: "higher",
        details: {
          median: peer.median / own.median,
          processor: peer.processor / own.processor,
          milliseconds: peer.fastest,
          ...(by !== "matrix" && { limit: MIN_RATIO }),
        },
      };
    }),
  ];
}

async function memory(
  folder: string,
  device: Device,
  { points, columns }: DistanceSizes["memory"],
): Promise<Measurement> {
  const file = save(folder, await activations(device, points, columns, "memory"));
  return {
    key: "distances.peakMegabytes",
    label: `most memory of narrows measure intrinsic-dimension, ${points.toLocaleString("en")} x ${columns.toLocaleString("en")}`,
    value: commandCost("measure", "intrinsic-dimension", "--points", file, "--json").peakMegabytes,
    unit: "MB",
    better: "lower",
    details: { limit: LIMIT_MEGABYTES },
  };
}

/** What a layer makes of points of few dimensions: a random map of normal numbers, bent. */
async function activations(device: Device, points: number, columns: number, name: string): Promise<Rows> {
  const normal = (purpose: string, count: number) =>
    new PhiloxStream(0, `bench ${purpose}`).fillNormal(new Float32Array(count));
  const code = input("code", [points, HIDDEN_COLUMNS], { kind: "state" });
  const weights = input("weights", [HIDDEN_COLUMNS, columns], { kind: "state" });
  const session = await device.open(compileProgram({ layer: leakyRelu(matMul(code, weights), 0.2) }));
  const layer = new Float32Array(points * columns);
  await session.run(
    {
      // The same points in every layer.
      code: normal("code", points * HIDDEN_COLUMNS),
      weights: normal(name, HIDDEN_COLUMNS * columns),
    },
    { layer },
  );
  await session.release();
  return { name, count: points, dimension: columns, coordinates: layer };
}

function save(folder: string, { name, count, dimension: columns, coordinates }: Rows): string {
  const path = join(folder, `${name}.npy`);
  writeArray(path, { shape: [count, columns], data: coordinates });
  return path;
}
