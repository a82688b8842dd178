import { mapValues } from "../collections.js";
import type { Model } from "../model/model.js";
import type { JudgedImages, Trainable, TrainablePass } from "../model/trainable.js";
import { adam, clipGradients } from "../nn/adam.js";
import type { OptimizerSettings } from "../nn/optimizer-schema.js";
import { ParameterLayout } from "../nn/parameters.js";
import { Scope } from "../nn/scope.js";
import type { ProgramOutputs } from "../onnx/compile.js";
import { gradients } from "../tensor/gradient.js";
import { multiply } from "../tensor/operations/elementwise.js";
import { concat, reshape } from "../tensor/operations/layout.js";
import { sizeOf } from "../tensor/shape.js";
import type { Tensor } from "../tensor/tensor.js";
import { headLossOutput } from "./metric-sums.js";
import { type ParameterSegment, parameterSegments, segmentName } from "./parameter-segments.js";
import { STATE_VECTORS, type StateVector } from "./state.js";

/** Suffix of the outputs that become the state of the next step. */
export const NEXT = ".next";
/** Suffix of the outputs that are gradients of parameters, for an optimizer outside of the program. */
export const GRADIENT = ".gradient";

/** The parameters a model declares, in the order in which it declares them. */
export function parameterLayout(model: Trainable): ParameterLayout {
  const scope = new Scope();
  model.run(scope, imagesOf(scope, model, model.minBatch), "training");
  return new ParameterLayout(scope.requests.parameters.values());
}

/**
 * One optimizer step on a batch: forward, backward and Adam, from one state to the next, stretch by stretch; with the batch's
 * scalars, and with the gradient of each parameter, for an optimizer outside of the program.
 * @param gradientScale factor on the gradients (rule A10): of a smaller batch, its share of a whole one, where losses are to act as if
 *   summed. The batch's scalars are without it.
 */
export function trainingProgram(
  model: Trainable,
  optimizer: OptimizerSettings,
  batchSize: number,
  gradientScale = 1,
): ProgramOutputs {
  const scope = new Scope();
  const pass = model.run(scope, imagesOf(scope, model, batchSize), "training");
  const layout = new ParameterLayout(scope.requests.parameters.values());
  const gradient = gradientsByName(scope, pass, model, optimizer, gradientScale);
  const next = modelSegments(model, layout).flatMap((segment) => {
    const { start, end, parameters, owner } = segment;
    if (owner === "batches") {
      const kept = concat(parameters.map((name) => scope.requests.kept.get(name)!));
      return [[segmentName("parameters", segment) + NEXT, kept] as const];
    }
    const state = (vector: StateVector) => scope.state(segmentName(vector, segment), [end - start]);
    const stepped = adam(
      state("parameters"),
      concat(parameters.map((name) => asRow(gradient.get(name)!))),
      { gradientSum: state("gradientSum"), squareSum: state("squareSum") },
      numbersOf(scope.in(owner === "model" ? "optimizer" : "adversary")),
      owner === "model" ? optimizer : model.adversary!.optimizer,
    );
    return STATE_VECTORS.map((vector) => [segmentName(vector, segment) + NEXT, stepped[vector]] as const);
  });
  const losses = Object.entries(pass.headLosses).map(([head, loss]) => [headLossOutput(head), loss] as const);
  const parts = [...gradient].map(([name, part]) => [name + GRADIENT, part] as const);
  return {
    ...Object.fromEntries(next),
    ...Object.fromEntries(parts),
    ...pass.metrics,
    ...Object.fromEntries(losses),
  };
}

/** The numbers of an optimizer's step, scalars of the program. */
function numbersOf(optimizer: Scope) {
  const [stepSize, epsilon, shrink] = ["stepSize", "epsilon", "shrink"].map((name) => optimizer.scalar(name));
  return { stepSize: stepSize!, epsilon: epsilon!, shrink: shrink! };
}

/** How the training program takes a model's state apart. */
export function modelSegments(model: Trainable, layout: ParameterLayout): ParameterSegment[] {
  return parameterSegments(layout, (name) => model.adversary?.owns(name) ?? false);
}

function asRow(x: Tensor): Tensor {
  return reshape(x, [sizeOf(x.shape)]);
}

/** Gradient of the loss that each parameter follows; the model's own no longer than the optimizer lets it be. */
function gradientsByName(
  scope: Scope,
  pass: TrainablePass,
  { adversary }: Trainable,
  { clipNorm }: OptimizerSettings,
  scale: number,
): Map<string, Tensor> {
  const all = [...scope.requests.parameters.values()].filter(({ isStatistic }) => !isStatistic);
  const isTheirs = (name: string) => adversary?.owns(name) ?? false;
  const of = (loss: Tensor, isOwn: (name: string) => boolean, longest?: number) => {
    const own = all.filter(({ name }) => isOwn(name));
    const tensors = own.map(({ tensor }) => tensor);
    const parts = gradients(scale === 1 ? loss : multiply(loss, scale), tensors);
    const kept = longest === undefined ? parts : clipGradients(parts.map(asRow), longest);
    return kept.map((part, i) => [own[i]!.name, part] as const);
  };
  return new Map([
    ...of(pass.loss, (name) => !isTheirs(name), clipNorm),
    ...(pass.adversaryLoss ? of(pass.adversaryLoss, isTheirs) : []),
  ]);
}

/** What a model makes of each image of a batch: measures and losses [B], codes and rates by dimension [B, D], and the heads' numbers. */
export function imagesProgram(model: Trainable, batchSize: number): ProgramOutputs {
  const scope = new Scope();
  const pass = model.measure(scope, imagesOf(scope, model, batchSize), "evaluation");
  const { dimensionRateNats, heads } = pass;
  const outputs = Object.entries(heads).map(([head, made]) => [headOutput(head), made.outputs] as const);
  return {
    ...fieldsOf(pass),
    ...(dimensionRateNats && { dimensionRateNats }),
    ...Object.fromEntries(outputs),
  };
}

/** What a batch comes to, from what its images came to: its inputs are outputs of {@link imagesProgram}, under their names. */
export function judgementProgram(model: Trainable, batchSize: number): ProgramOutputs {
  const apart = new Scope();
  const images = model.measure(apart, imagesOf(apart, model, batchSize), "evaluation");
  const scope = new Scope();
  const given = mapValues(fieldsOf(images), ({ shape }, name) => scope.batch(name, shape));
  const { loss, metrics } = model.judge(scope, withFields(images, given), "evaluation");
  return { loss, ...metrics };
}

/** Output of {@link imagesProgram} that holds a head's numbers, [B, outputs]. */
export function headOutput(head: string): string {
  return `headOutput.${head}`;
}

/** What a batch is judged by, as outputs of a program. */
function fieldsOf({ measures, heads, code }: JudgedImages): ProgramOutputs {
  const losses = Object.entries(heads).map(([head, { losses }]) => [headLossOutput(head), losses] as const);
  return { ...measures, ...Object.fromEntries(losses), ...(code && { code }) };
}

/** The same, with tensors of {@link fieldsOf} exchanged for others under their names. */
function withFields({ measures, heads, code }: JudgedImages, fields: ProgramOutputs): JudgedImages {
  return {
    measures: mapValues(measures, (_, name) => fields[name]!),
    heads: mapValues(heads, (_, head) => ({ losses: fields[headLossOutput(head)]! })),
    ...(code && { code: fields.code! }),
  };
}

/** Images -> the code's centre, one sample of it, and the rate of each image, by dimension too where the channel knows it. */
export function encodingProgram(model: Model, batchSize: number): ProgramOutputs {
  const scope = new Scope();
  const sent = model.encode(scope, imagesOf(scope, model, batchSize));
  const { mean, code, rateNats, dimensionRateNats, posterior } = sent;
  return {
    mean,
    code,
    rateNats,
    ...(dimensionRateNats && { dimensionRateNats }),
    ...(posterior && { posteriorMean: posterior.mean, posteriorLogVariance: posterior.logVariance }),
  };
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
function imagesOf(scope: Scope, model: Trainable, batchSize: number): Tensor {
  return scope.batch("images", [batchSize, ...model.imageShape]);
}
