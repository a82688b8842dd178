import { stringify } from "yaml";
import { isAutoencoder } from "../model/kinds.js";
import { METRICS, metricTitle } from "../model/metrics.js";
import type { Model } from "../model/model.js";
import type { RateEstimator } from "../model/parts.js";
import type { Trainable } from "../model/trainable.js";
import { summarizeRun, type ValidationLine } from "../runs/summary.js";
import type { Shape } from "../tensor/shape.js";
import { readsImages } from "../training/export-texts.js";
import type { TrainedRun } from "../training/trained-run.js";
import { pythonLines } from "./python-lines.js";

/** A file of an export, for people: what it is, or what goes in and out of it. */
export interface ExportedFile {
  readonly name: string;
  readonly about?: string;
  readonly inputs?: Readonly<Record<string, Shape>>;
  readonly outputs?: Readonly<Record<string, Shape>>;
}

/** What a card is about. */
interface CardOptions {
  readonly to: "onnx" | "pytorch";
  readonly layout: "NHWC" | "NCHW";
  readonly files: readonly ExportedFile[];
  readonly leftOut: readonly string[];
}

/** What the rate of a model is, by how it was arrived at (rules R1, R2 and R4). */
const RATE_TEXTS: Readonly<Record<RateEstimator, string>> = {
  exact: "the mutual information of image and code, exactly",
  "upper-bound":
    "the divergence of the posterior from the marginal, in the mean an upper bound of the mutual information of image and code",
  "monte-carlo":
    "log q(z|x) - log m(z) at one sample of the code, in the mean an upper bound of the mutual information of image and code; it needs a sample, and so is no output of an encoder of images alone",
};

/** The model card of an export: Markdown with the fields that Hugging Face reads in front. */
export function modelCard(trained: TrainedRun<Trainable>, options: CardOptions): string {
  const { run, model, experiment, state } = trained;
  const { configuration, dataset } = experiment;
  const { validation, totalSteps } = summarizeRun(run);
  const { versions } = run.manifest;
  const [height, width, channels] = model.imageShape;
  const what = isAutoencoder(model)
    ? `An autoencoder: images of ${height} x ${width} x ${channels} (height, width, channels) to codes of ${model.codeDimensions} dimensions, and back.`
    : `This is ${model.about}, with the heads ${model.heads.map(({ name }) => name).join(", ")}.`;
  const steps =
    totalSteps === undefined || totalSteps === state.step
      ? `${state.step} steps`
      : `${state.step} of ${totalSteps} steps: the training has not ended`;
  return [
    "---",
    stringify(frontMatter(model, options.to)).trimEnd(),
    "---",
    "",
    `# ${run.name}`,
    "",
    `${what} Trained by Narrows ${versions.narrows}.`,
    "",
    "## Files",
    "",
    "| file | what it is |",
    "|---|---|",
    ...options.files.map((file) => `| \`${file.name}\` | ${fileText(file)} |`),
    "",
    `${inputText(model, options.layout)} ${meaning(model)}`,
    ...options.leftOut.map((line) => `Not in these files: ${line}.`),
    "",
    "## In Python",
    "",
    "```python",
    ...pythonLines(model, options),
    "```",
    "",
    "## Numbers",
    "",
    ...numbers(model, validation),
    "",
    "## Training",
    "",
    `Data: ${dataset.name} (fingerprint ${dataset.fingerprint}), ${experiment.split.train.count} images for training, ${experiment.split.validation.count} for validation${dataset.labelNames.length > 0 ? `; labels ${dataset.labelNames.join(", ")}` : ""}. ${steps}, seed ${configuration.seed}${run.manifest.importedFrom === undefined ? "" : "; trained elsewhere, and imported"}.`,
    "",
    "<details><summary>Configuration, with which Narrows trains it again (paths of files are yours to remove)</summary>",
    "",
    "```yaml",
    stringify(run.manifest.configuration).trimEnd(),
    "```",
    "",
    "</details>",
    "",
    "## Limits",
    "",
    "It was trained and evaluated on the data named above alone: what it makes of others means nothing until it is measured. Numbers agree with Narrows to about 1e-5, not to the bit.",
    "",
    "## Licence",
    "",
    "Not chosen yet: add `license:` to the fields in front, and a sentence here. The licence of the data may bind the model too.",
    "",
    "## How to cite",
    "",
    "Cite the paper of the method and that of the data, and the program:",
    "",
    "```bibtex",
    "@software{narrows,",
    "  author = {{The Narrows maintainers}},",
    "  title = {Narrows},",
    `  version = {${versions.narrows}}`,
    "}",
    "```",
    "",
  ].join("\n");
}

/** The fields that Hugging Face reads; the licence is its owner's to choose. */
function frontMatter(model: Trainable, to: CardOptions["to"]) {
  const isCoder = isAutoencoder(model);
  return {
    library_name: to,
    pipeline_tag: isCoder
      ? "image-feature-extraction"
      : `${readsImages(model) ? "image" : "tabular"}-classification`,
    tags: ["narrows", to, ...(isCoder ? ["autoencoder", "rate-distortion"] : ["classifier"])],
  };
}

function fileText({ about, inputs = {}, outputs = {} }: ExportedFile): string {
  const list = (values: Readonly<Record<string, Shape>>) =>
    Object.entries(values)
      .map(([name, [, ...rest]]) => `\`${name}\` [${["batch", ...rest].join(", ")}]`)
      .join(", ");
  return about ?? `${list(inputs)} -> ${list(outputs)}`;
}

/** What goes in. */
function inputText(model: Trainable, layout: CardOptions["layout"]): string {
  return readsImages(model)
    ? `Any number of images at a time. Images are ${layout}, pixel values from 0 to 1.`
    : "Any number of codes at a time.";
}

/** What the outputs mean, as far as names do not say it. */
function meaning(model: Trainable): string {
  if (!isAutoencoder(model)) return "Heads give logits, before any softmax or sigmoid.";
  const heads = model.heads.length > 0 ? " Heads give logits, before any softmax or sigmoid." : "";
  return `The mean is the centre of an image's code. The rate is ${RATE_TEXTS[model.rateEstimator]}, in nats per image (bits = nats x 1.4427).${heads}`;
}

/** The last evaluation on the validation images. */
function numbers(model: Trainable, validation: ValidationLine | undefined): readonly string[] {
  if (!validation) return ["Not evaluated yet."];
  const own = isAutoencoder(model) ? distortionRows(model, validation) : [];
  const heads = Object.entries(validation.tasks).map(
    ([name, { accuracy, f1 }]) => `| accuracy of ${name} | ${figure(accuracy, 4)}, F1 ${figure(f1, 4)} |`,
  );
  return [`| on the validation images, at step ${validation.step} | |`, "|---|---|", ...own, ...heads];
}

function distortionRows({ likelihood }: Model, validation: ValidationLine): readonly string[] {
  const { distortion, squaredErrorPerPixel, rateNats, rateEstimator } = validation;
  return [
    `| distortion | ${figure(distortion, METRICS.distortion.digits)} ${likelihood.distortionUnit} |`,
    `| ${metricTitle("squaredErrorPerPixel")} | ${figure(squaredErrorPerPixel, METRICS.squaredErrorPerPixel.digits)} |`,
    `| rate | ${figure(rateNats, METRICS.rateNats.digits)} nats per image (${rateEstimator ?? "unknown"}) |`,
  ];
}

function figure(value: number | null | undefined, digits: number): string {
  return typeof value === "number" ? value.toFixed(digits) : "not finite";
}
