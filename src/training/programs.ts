import type { Model } from "../model/model.js";
import type { Trainable, TrainablePass } from "../model/trainable.js";
import { adam } from "../nn/adam.js";
import type { OptimizerSettings } from "../nn/optimizer-schema.js";
import { ParameterLayout } from "../nn/parameters.js";
import { Scope } from "../nn/scope.js";
import type { ProgramOutputs } from "../onnx/compile.js";
import { gradients } from "../tensor/gradient.js";
import { concat, reshape } from "../tensor/operations/layout.js";
import { sizeOf } from "../tensor/shape.js";
import type { Tensor } from "../tensor/tensor.js";
import { headLossOutput } from "./metric-sums.js";

/** Suffix of the outputs that become the state of the next step. */
export const NEXT = ".next";

/** The parameters a model declares, in the order in which it declares them. */
export function parameterLayout(model: Trainable): ParameterLayout {
  const scope = new Scope();
  model.run(scope, imagesOf(scope, model, 1), "training");
  return new ParameterLayout(scope.requests.parameters.values());
}

/** One optimizer step on a batch: forward, backward and Adam, from one state to the next; with the batch's scalars. */
export function trainingProgram(
  model: Trainable,
  optimizer: OptimizerSettings,
  batchSize: number,
): ProgramOutputs {
  const scope = new Scope();
  const pass = model.run(scope, imagesOf(scope, model, batchSize), "training");
  const parameters = [...scope.requests.parameters.values()].map(({ tensor }) => tensor);
  const parts = gradients(pass.loss, parameters).map((part) => reshape(part, [sizeOf(part.shape)]));
  const gradient = concat(parts);
  const { shape } = gradient;
  const next = adam(
    scope.state("parameters", shape),
    gradient,
    { gradientSum: scope.state("gradientSum", shape), squareSum: scope.state("squareSum", shape) },
    {
      stepSize: scope.in("optimizer").scalar("stepSize"),
      epsilon: scope.in("optimizer").scalar("epsilon"),
      shrink: scope.in("optimizer").scalar("shrink"),
    },
    optimizer,
  );
  return {
    ...Object.fromEntries(Object.entries(next).map(([name, tensor]) => [name + NEXT, tensor])),
    ...scalarsOf(pass),
  };
}

/** The scalars of a batch without a step, and what the heads gave for each image. */
export function evaluationProgram(model: Trainable, batchSize: number): ProgramOutputs {
  const scope = new Scope();
  const pass = model.run(scope, imagesOf(scope, model, batchSize), "evaluation");
  const outputs = Object.entries(pass.heads).map(
    ([head, { outputs }]) => [headOutput(head), outputs] as const,
  );
  return { ...scalarsOf(pass), ...Object.fromEntries(outputs) };
}

/** Output of the evaluation program that holds a head's numbers, [B, outputs]. */
export function headOutput(head: string): string {
  return `headOutput.${head}`;
}

function scalarsOf({ metrics, heads }: TrainablePass): ProgramOutputs {
  const losses = Object.entries(heads).map(([head, { loss }]) => [headLossOutput(head), loss] as const);
  return { ...metrics, ...Object.fromEntries(losses) };
}

/** Images -> the code's centre, one sample of it, and the rate of each image, by dimension too where the channel knows it. */
export function encodingProgram(model: Model, batchSize: number): ProgramOutputs {
  const scope = new Scope();
  const { mean, code, rateNats, dimensionRateNats } = model.encode(scope, imagesOf(scope, model, batchSize));
  return { mean, code, rateNats, ...(dimensionRateNats && { dimensionRateNats }) };
}

/** Codes -> images [B, height, width, channels], in the images' own range. */
export function decodingProgram(model: Model, batchSize: number): ProgramOutputs {
  const scope = new Scope();
  return { images: model.decode(scope, scope.batch("code", [batchSize, model.codeDimensions])) };
}

/** Nothing but noise -> codes of the marginal [B, D]. */
export function marginalProgram(model: Model, batchSize: number): ProgramOutputs {
  return { code: model.sampleMarginal(new Scope(), batchSize) };
}

/** Images -> reconstructed pixel values [B, pixels], through a sampled code. */
export function reconstructionProgram(model: Model, batchSize: number): ProgramOutputs {
  const scope = new Scope();
  const { reconstruction } = model.run(scope, imagesOf(scope, model, batchSize), "evaluation");
  return { reconstruction };
}

/** The images of a batch, as the program's input of the role `images`. */
export function imagesOf(scope: Scope, model: Trainable, batchSize: number): Tensor {
  return scope.batch("images", [batchSize, ...model.imageShape]);
}
