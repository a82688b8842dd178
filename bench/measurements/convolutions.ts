import { compileProgram } from "../../src/onnx/compile.js";
import { nodeDevice } from "../../src/onnx/node.js";
import { PhiloxStream } from "../../src/random/stream.js";
import {
  convolve,
  convolveTransposed,
  gradients,
  input,
  multiply,
  reshape,
  sizeOf,
  slice,
  sum,
  type Tensor,
} from "../../src/tensor/index.js";
import { cheapestOrder } from "../../src/tensor/operations/convolution.js";
import {
  type ConvolutionMethod,
  cheapestMethod,
  cost,
} from "../../src/tensor/operations/convolution-cost.js";
import { type FeatureMap, natural } from "../../src/tensor/operations/feature-map.js";
import { describeLayers, type Layer } from "../layers.js";
import type { Measurement, Outcome } from "../measurement.js";
import { NETWORKS, trainingSettings } from "../networks.js";
import { alternate, timeCalls } from "../rounds.js";

/** Layers of fewer channels go to and from images, in one way only. */
const MIN_CHANNELS = 8;
const ROUNDS = { rounds: 5, seconds: 10 } as const;

type MapLayer = Extract<Layer, { kind: "convolution" | "transposed" }>;

/**
 * Every convolution of the papers' networks by itself, forward and backward on one thread: in the way that its cost was judged least, beside
 * what that judgement was and the time of patches.
 */
export async function measureConvolutions(): Promise<Outcome> {
  const device = await nodeDevice("cpu", 1);
  const measurements: Measurement[] = [];
  for (const network of NETWORKS.filter(({ key }) => key !== "corridors128" && key !== "dimension1")) {
    const { encoder, decoder } = describeLayers(trainingSettings(network).model, network.imageShape);
    for (const [place, layer] of [...encoder, ...decoder].entries()) {
      if (layer.kind === "dense" || Math.min(layer.inputs, layer.outputs) < MIN_CHANNELS) continue;
      const [fine, coarse] =
        layer.kind === "convolution" ? [layer.inputs, layer.outputs] : [layer.outputs, layer.inputs];
      const channels = { fine, coarse };
      const chosen = cheapestMethod(layer.window, channels, false);
      const methods: Record<string, ConvolutionMethod> = { chosen, patches: { kind: "direct" } };
      const opened = await Promise.all(
        Object.entries(methods).map(async ([name, method]) => {
          const program = compileProgram(layerProgram(layer, channels, network.batchSize, method));
          const session = await device.open(program);
          const feeds = Object.fromEntries(program.inputs.map((tensor) => [tensor.name!, noise(tensor)]));
          const into = Object.fromEntries(
            Object.keys(program.outputs).map((output) => [output, new Float32Array(1)]),
          );
          return { name, session, run: () => session.run(feeds, into) };
        }),
      );
      const contenders = opened.map(({ name, run }) => ({ name, round: () => timeCalls(run, 1, 0) }));
      const times = await alternate(contenders, ROUNDS);
      for (const { session } of opened) await session.release();
      measurements.push({
        key: `${network.key}.layer${place}.milliseconds`,
        label: `${network.label}, ${describe(layer)}, ${describeMethod(chosen)}`,
        value: times.chosen!.fastest,
        unit: "ms",
        better: "lower",
        details: {
          median: times.chosen!.median,
          judgedMilliseconds: (cost(chosen, layer.window, channels) * network.batchSize) / 1e6,
          patchesMilliseconds: times.patches!.fastest,
        },
      });
    }
  }
  return { measurements };
}

/** A layer and its gradients; outputs are single numbers, so that nothing large is handed out. */
function layerProgram(
  { kind, window }: MapLayer,
  channels: { readonly fine: number; readonly coarse: number },
  batch: number,
  method: ConvolutionMethod,
): Record<string, Tensor> {
  const isDown = kind === "convolution";
  const [size, inputs] = isDown ? [window.fine, channels.fine] : [window.coarse, channels.coarse];
  const map: FeatureMap = {
    rows: given("map", [sizeOf(size) * batch, inputs]),
    order: isDown ? natural(size) : cheapestOrder(window, channels, { method }),
  };
  const weight = given("weight", [window.kernel ** 2 * channels.fine, channels.coarse]);
  const { rows } = (isDown ? convolve : convolveTransposed)(map, weight, window, { method });
  const loss = sum(multiply(rows, given("gradient", rows.shape)));
  const [ofMap, ofWeight] = gradients(loss, [map.rows, weight]);
  const first = (x: Tensor) => slice(reshape(x, [sizeOf(x.shape)]), 0, 0, 1);
  return { output: first(rows), ofMap: first(ofMap!), ofWeight: first(ofWeight!) };
}

function given(name: string, shape: readonly number[]): Tensor {
  return input(name, shape, { kind: "parameter" });
}

function noise({ name, shape }: Tensor): Float32Array {
  return new PhiloxStream(0, name!).fillNormal(new Float32Array(sizeOf(shape)));
}

function describe({ kind, window: { fine, coarse, kernel }, inputs, outputs }: MapLayer): string {
  const [from, to] = kind === "convolution" ? [fine, coarse] : [coarse, fine];
  return `${from[0]} to ${to[0]}, kernel ${kernel}, ${inputs} to ${outputs} channels`;
}

function describeMethod(method: ConvolutionMethod): string {
  if (method.kind === "filtered") return `tiles of ${method.tile.join(" x ")}`;
  return method.kind === "sparse" ? "taps inside" : "patches";
}
