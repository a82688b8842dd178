import { getOrMake, mapValues } from "../../../src/collections.js";
import { fillBatch } from "../../../src/data/batches.js";
import type { ImageTable } from "../../../src/data/dataset.js";
import type { Model } from "../../../src/model/model.js";
import { compileProgram, type ProgramOutputs } from "../../../src/onnx/compile.js";
import type { Device } from "../../../src/onnx/devices.js";
import type { Buffers, Feeds } from "../../../src/onnx/session.js";
import { sizeOf } from "../../../src/tensor/shape.js";
import { Feeder } from "../../../src/training/feeder.js";
import { decodingProgram, encodingProgram } from "../../../src/training/programs.js";

/** Scalars of the objective: codes do not depend on them. */
const AT_THE_BEGINNING = { step: 0, epoch: 0, totalSteps: 1, totalEpochs: 1, evaluations: 0 };

/** A program that stays open, to be run many times on batches of one size. */
async function openProgram(model: Model, device: Device, outputs: ProgramOutputs, seed: number) {
  const program = compileProgram(outputs, device.limits);
  const session = await device.open(program);
  const feeder = new Feeder(program.inputs);
  const into: Buffers = mapValues(program.outputs, ({ shape }) => new Float32Array(sizeOf(shape)));
  const scalars = model.scalars(AT_THE_BEGINNING);
  return {
    /** @returns arrays that the next call overwrites. */
    async run(parameters: Feeds, fill: (into: Float32Array) => void): Promise<Buffers> {
      feeder.fill({
        seed,
        noisePurpose: "encoding",
        noise: 0,
        fillBatch: (_, array) => fill(array),
        scalars,
      });
      await session.run({ ...parameters, ...feeder.buffers }, into);
      return into;
    },
    release: () => session.release(),
  };
}

type OpenProgram = Awaited<ReturnType<typeof openProgram>>;

/** What encodes the stimuli and decodes codes while a model is trained. */
export class CodePrograms {
  readonly #model: Model;
  readonly #device: Device;
  readonly #seed: number;
  #encoder: Promise<OpenProgram> | undefined;
  readonly #decoders = new Map<number, Promise<OpenProgram>>();

  constructor(model: Model, device: Device, seed: number) {
    this.#model = model;
    this.#device = device;
    this.#seed = seed;
  }

  /** Codes of all images of a table, of which there are always as many, each with the same noise every time. */
  async encode(parameters: Feeds, table: ImageTable): Promise<Buffers> {
    const rows = Uint32Array.from({ length: table.count }, (_, row) => row);
    this.#encoder ??= openProgram(
      this.#model,
      this.#device,
      encodingProgram(this.#model, table.count),
      this.#seed,
    );
    return (await this.#encoder).run(parameters, (into) => fillBatch(table, rows, into));
  }

  /** Codes [count, D] as images [count, pixels]. */
  async decode(parameters: Feeds, codes: Float32Array): Promise<Float32Array> {
    const count = codes.length / this.#model.codeDimensions;
    const open = () =>
      openProgram(this.#model, this.#device, decodingProgram(this.#model, count), this.#seed);
    const decoder = await getOrMake(this.#decoders, count, open);
    return Float32Array.from((await decoder.run(parameters, (into) => into.set(codes))).images!);
  }

  async release(): Promise<void> {
    const all = [...(this.#encoder ? [this.#encoder] : []), ...this.#decoders.values()];
    for (const program of all) await (await program).release();
  }
}
