import type { z } from "zod";
import { mapValues } from "../collections.js";
import { initialisationOf } from "../nn/initialise.js";
import type { Scope } from "../nn/scope.js";
import { add } from "../tensor/operations/elementwise.js";
import { reshape } from "../tensor/operations/layout.js";
import { sizeOf } from "../tensor/shape.js";
import { named, type Tensor } from "../tensor/tensor.js";
import { ofShape } from "./check-shapes.js";
import { createHeads } from "./heads/index.js";
import { headScalars, judgeHeads, weighHeads } from "./heads/judge.js";
import { imagesInput } from "./image-layout.js";
import type { ModelData } from "./model-data.js";
import type { ImageShape } from "./parts.js";
import type { ModelSchemas } from "./schema.js";
import { partsWith } from "./slots.js";
import { type PartProgram, type Trainable, wholePass } from "./trainable.js";

/** Settings of a classifier as validated. */
export type ClassifierSettings = z.output<ModelSchemas["classifier"]>;

/** Heads without a code to send. */
export interface Classifier extends Trainable {
  /** Images [B, height, width, channels] -> what the heads see of them [B, F]. */
  features(scope: Scope, images: Tensor, phase?: "training" | "evaluation"): Tensor;
}

/**
 * Heads on codes that are given as data and do not change: the latent classifiers of "The geometry of
 * efficient codes" (Fig. 6A and 6D). It has a loss, the sum of the heads' shares (rule L8), and neither a
 * rate nor a distortion.
 *
 * The heads share nothing: not a weight, not a random number (each has streams of its own, keyed by its
 * name), and Adam goes element by element. Heads that are trained together learn, to the last bit, what each
 * would learn alone under the same name with the same seed, and one run does the work of several.
 *
 * With an encoder they classify images, and share the features that it learns: what sample quality is
 * measured on.
 * @param imageShape of the images, or [1, 1, D] of codes.
 * @param view what it takes from the data: the task of each head; and parts of one's own.
 * @throws UserError for an encoder that there is not, Error where a head has no task.
 */
export function createClassifier(
  settings: ClassifierSettings,
  imageShape: ImageShape,
  { tasks = new Map(), parts = [] }: ModelData = {},
): Classifier {
  const heads = createHeads(settings.heads, tasks);
  const encoder = settings.encoder && partsWith(parts).encoder.make(settings.encoder);
  const features: Classifier["features"] = (scope, images, phase = "evaluation") =>
    encoder
      ? ofShape(
          `encoder ${settings.encoder!.type}`,
          "encode",
          encoder.encode(
            scope.with({ learns: phase === "training", exact: settings.exact ?? false }).in("encoder"),
            images,
          ),
          [images.shape[0]!, "F"],
        )
      : reshape(images, [images.shape[0]!, sizeOf(imageShape)]);
  const measure: Classifier["measure"] = (outer, images, phase) => {
    const scope = outer.with({ initialisation: initialisationOf(settings.initialisation) });
    return { measures: {}, heads: judgeHeads(heads, scope, features(scope, images, phase), phase) };
  };
  const judge: Classifier["judge"] = (scope, images) => {
    const { losses, shares } = weighHeads(heads, scope, images.heads);
    const total = shares.reduce((sum, share) => add(sum, share));
    return { loss: named(total, "loss"), headLosses: losses, metrics: {} };
  };
  const featuresPart: PartProgram = (scope, batchSize, layout) => {
    return { features: features(scope, imagesInput(scope, batchSize, imageShape, layout)) };
  };
  return {
    about: encoder ? "a classifier of images" : "a classifier of given codes",
    imageShape,
    heads,
    ownMetrics: [],
    minBatch: 1,
    mixesImages: false,
    parts: {
      heads(scope, batchSize, layout) {
        const given = encoder
          ? imagesInput(scope, batchSize, imageShape, layout)
          : reshape(scope.batch("codes", [batchSize, sizeOf(imageShape)]), [batchSize, ...imageShape]);
        const { heads } = measure(scope, given, "evaluation");
        return mapValues(heads, ({ outputs }) => outputs);
      },
      ...(encoder && { features: featuresPart }),
    },
    features,
    measure,
    judge,
    run: (scope, images, phase) => wholePass({ judge }, scope, measure(scope, images, phase), phase),
    scalars: (progress) => headScalars(heads, progress),
    targetRateNats: () => undefined,
    finalTargetRateNats: undefined,
  };
}
