import type { Dataset } from "../data/dataset.js";
import { classify, namedRule, parseLabelRule } from "../data/label-rules/index.js";
import { largestVariance } from "../data/largest-variance.js";
import { meanImage, pixelMoments } from "../data/pixel-moments.js";
import { UserError } from "../errors.js";
import type { HeadSettings, Task } from "../model/heads/index.js";
import type { ModelData } from "../model/model-data.js";
import { once } from "../once.js";

/**
 * What a model takes from its data: the classes of each head's task, and what follows from the training images, computed when it is asked
 * for. It runs anywhere.
 * @param heads Settings of the model's heads; their tasks are rules over the labels (rule D14).
 * @param images All images, so that every class is known.
 * @param train Those that it is trained on.
 * @throws UserError when a head's task cannot be read, or the images have no labels for it.
 */
export function modelData(
  heads: readonly HeadSettings[],
  images: Dataset,
  train: Dataset,
): Omit<ModelData, "parts"> {
  const moments = once(() => pixelMoments(train));
  return {
    tasks: tasksOf(heads, images),
    hasCauses: images.causes?.() !== undefined,
    meanImage: () => meanImage(train),
    pixelMoments: moments,
    largestVariance: (weights) => largestVariance(train, moments().mean, weights),
  };
}

/** The task of each head, by the head's name. */
function tasksOf(heads: readonly HeadSettings[], { labels, labelNames, name }: Dataset): Map<string, Task> {
  return new Map(
    heads.map((head, index) => {
      const where = `model.heads.${index} (${head.name})`;
      if (!labels) {
        throw new UserError({
          where,
          what: `a head learns from labels, and ${name} has none`,
          remedy: "Use data with labels, or leave the head out",
        });
      }
      const rule = parseLabelRule(namedRule(head.task), labelNames, where);
      const { classes } = classify(rule, labels, labelNames.length);
      return [head.name, { classes, classOf: (row) => classes.indexOf(rule.evaluate(row)) }];
    }),
  );
}
