import type * as runtime from "onnxruntime-common";
import type { ImageTable } from "../data/dataset.js";
import { resizeBilinear } from "../data/images/bilinear.js";
import { UserError } from "../errors.js";
import { loadRuntime } from "../onnx/runtime.js";
import { assertPixelValues, type Features } from "./features.js";

/** How images are handed to a model of the user's. */
export interface OnnxFeatureOptions {
  /** What black and white become: 0 and 1 by default; -1 and 1 for most Inception exports. */
  readonly range?: readonly [low: number, high: number];
  /** Name of the output that holds the features; the first by default. */
  readonly output?: string;
  /** Threads of the processor; by default those that ONNX Runtime chooses. */
  readonly threads?: number | undefined;
}

/** The images of one call. */
const BATCH = 32;
/** Values that a model may take at once: a file can ask for any number. */
const MAX_VALUES = 2 ** 26;
const USUAL_RANGE = [0, 1] as const;

/** How a model takes images. */
interface Input {
  readonly name: string;
  /** Images at a time; undefined where any number will do. */
  readonly batch: number | undefined;
  readonly height: number | undefined;
  readonly width: number | undefined;
  readonly channels: number;
  /** Whether channels come before rows and columns, as PyTorch has them. */
  readonly channelsFirst: boolean;
}

/**
 * Features of an ONNX model of the user's, such as an Inception network whose output is its pooled layer. Its
 * one input is a batch of images with 1 or 3 channels, first (PyTorch) or last; images are brought to its
 * size as Pillow's BILINEAR does it, on bytes, and a grey one stands in all of its channels. Its output is
 * flattened.
 * @param path of the `.onnx` file.
 * @param options how images are handed to it.
 * @throws UserError when the file is no such model.
 */
export async function onnxFeatures(
  path: string,
  { range = USUAL_RANGE, output, threads }: OnnxFeatureOptions = {},
): Promise<Features> {
  const { InferenceSession, Tensor } = await loadRuntime();
  const session = await open(InferenceSession, path, threads);
  const input = inputOf(path, session);
  const name = output ?? session.outputNames[0]!;
  if (!session.outputNames.includes(name)) {
    throw new UserError({
      where: path,
      what: `the model has no output ${name}`,
      remedy: `Name one of ${session.outputNames.join(", ")}`,
    });
  }
  return {
    about: `the output ${name} of ${path}`,
    release: () => session.release(),
    async of(images) {
      assertPixelValues(images);
      const ready = prepared(images, input, path);
      const batch = input.batch ?? Math.min(BATCH, images.count);
      const perImage = ready.values.length / images.count;
      const chunks: Float32Array[] = [];
      for (let first = 0; first < images.count; first += batch) {
        const count = Math.min(batch, images.count - first);
        // A fixed batch is filled up with zeros, whose features are dropped.
        const data = new Float32Array((input.batch ?? count) * perImage);
        for (let i = 0; i < count * perImage; i++) {
          data[i] = range[0] + ready.values[first * perImage + i]! * (range[1] - range[0]);
        }
        const shape = [input.batch ?? count, ...ready.shape];
        const feeds = { [input.name]: new Tensor("float32", data, shape) };
        const features = await run(path, session, name, feeds);
        if (features.length === 0 || features.length % shape[0]! !== 0) {
          throw new UserError({
            where: path,
            what: `its output ${name} has ${features.length} numbers for ${shape[0]} images`,
            remedy: "Name an output with a row of features per image",
          });
        }
        chunks.push(features.slice(0, (features.length / shape[0]!) * count));
      }
      const width = chunks.reduce((total, chunk) => total + chunk.length, 0) / images.count;
      const data = new Float32Array(images.count * width);
      for (const [k, chunk] of chunks.entries()) data.set(chunk, k * batch * width);
      return { shape: [images.count, width], data };
    },
  };
}

async function run(
  path: string,
  session: runtime.InferenceSession,
  output: string,
  feeds: Record<string, runtime.Tensor>,
): Promise<Float32Array> {
  let results: runtime.InferenceSession.ReturnType;
  try {
    results = await session.run(feeds);
  } catch (cause) {
    throw new UserError({
      where: path,
      what: `ONNX Runtime cannot run this model (${cause instanceof Error ? cause.message : String(cause)})`,
      remedy: "Export it again, and try it in the framework that it is from",
      cause,
    });
  }
  const features = results[output]!.data;
  if (features instanceof Float32Array) return features;
  throw new UserError({
    where: path,
    what: `its output ${output} is not of float32`,
    remedy: "Export the model with float32 outputs, or name another output",
  });
}

async function open(
  InferenceSession: runtime.InferenceSessionFactory,
  path: string,
  threads: number | undefined,
): Promise<runtime.InferenceSession> {
  try {
    return await InferenceSession.create(path, {
      ...(threads === undefined ? {} : { intraOpNumThreads: threads }),
      // An error is thrown, and reported in one line: the runtime does not have to print it too.
      logSeverityLevel: 4,
    });
  } catch (cause) {
    throw new UserError({
      where: path,
      what: "ONNX Runtime cannot open this model",
      remedy: "Give an .onnx file that takes a batch of images",
      cause,
    });
  }
}

function inputOf(path: string, { inputMetadata }: runtime.InferenceSession): Input {
  const [only, ...others] = inputMetadata;
  if (only?.isTensor && others.length === 0 && only.shape.length === 4 && only.type === "float32") {
    const [batch, second, third, fourth] = only.shape.map((extent) =>
      typeof extent === "number" && extent > 0 ? extent : undefined,
    );
    const isChannels = (extent: number | undefined) => extent === 1 || extent === 3;
    const about = { name: only.name, batch };
    if (isChannels(second))
      return { ...about, channels: second!, height: third, width: fourth, channelsFirst: true };
    if (isChannels(fourth))
      return { ...about, channels: fourth!, height: second, width: third, channelsFirst: false };
  }
  const inputs = inputMetadata
    .map((one) => `${one.name} ${one.isTensor ? `[${one.shape.join(", ")}]` : "no tensor"}`)
    .join(", ");
  throw new UserError({
    where: path,
    what: `it takes ${inputs || "nothing"}, not one batch of images`,
    remedy:
      "Give a model with one float32 input [N, channels, height, width] or [N, height, width, channels], 1 or 3 channels",
  });
}

/** Images as a model takes them, from 0 to 1, and the shape of one. */
function prepared(
  images: ImageTable,
  input: Input,
  path: string,
): { readonly values: Float32Array; readonly shape: readonly number[] } {
  const [height, width, channels] = images.imageShape;
  if (channels !== input.channels && channels !== 1) {
    throw new UserError({
      where: path,
      what: `it takes images of ${input.channels} channels, and these have ${channels}`,
      remedy: "Give a model for such images",
    });
  }
  const size = [input.height ?? height, input.width ?? width] as const;
  const perCall = (input.batch ?? 1) * size[0] * size[1] * input.channels;
  if (perCall > MAX_VALUES) {
    throw new UserError({
      where: path,
      what: `it takes ${input.batch ?? 1} images of ${size.join(" x ")} at a time, more than ${MAX_VALUES} values`,
      remedy: "Export it for smaller images or fewer at a time",
    });
  }
  const bytes = Uint8Array.from(images.images, (value) => Math.floor(value * images.scale * 255 + 0.5));
  const isSized = size[0] === height && size[1] === width;
  const sized = isSized ? bytes : resizeBilinear(bytes, images.count, images.imageShape, size);
  const places = size[0] * size[1];
  const values = new Float32Array(images.count * places * input.channels);
  for (let image = 0, at = 0; image < images.count; image++) {
    const from = image * places * channels;
    for (let k = 0; k < places * input.channels; k++, at++) {
      const [place, channel] = input.channelsFirst
        ? [k % places, Math.floor(k / places)]
        : [Math.floor(k / input.channels), k % input.channels];
      values[at] = sized[from + place * channels + (channels === 1 ? 0 : channel)]! / 255;
    }
  }
  const shape = input.channelsFirst ? [input.channels, ...size] : [...size, input.channels];
  return { values, shape };
}
