import type { Measuring, RunOutcome } from "../../../reproduction/measured-once.js";
import type { EchoChoice } from "../data.js";
import type { ImageChoice, PlannedImages } from "../runs.js";
import { type PlannedSprites, type SpritesChoice, spritesConfiguration } from "../sprites.js";
import { type ImageMeasures, measureImages } from "./images.js";
import { measureSprites, type SpritesMeasures } from "./sprites.js";

/** A model of Tables 1 and 3 and of the curves; numbers stand where its training is finished. */
export interface ImageResult extends ImageChoice, RunOutcome {
  readonly measures: ImageMeasures | null;
}

/** A model of Table 2. */
export interface SpritesResult extends SpritesChoice, RunOutcome {
  readonly measures: SpritesMeasures | null;
}

/** What the trainings of a reproduction came to. */
export interface EchoResults {
  readonly images: readonly ImageResult[];
  readonly sprites: readonly SpritesResult[];
}

/**
 * Measures the finished runs of a plan on their test images, or on the whole grid of factors.
 * @throws UserError when a run cannot be read, or its data have changed.
 */
export async function measurePlan(
  { recipe }: Pick<EchoChoice, "recipe">,
  plan: readonly (PlannedImages | PlannedSprites)[],
  measuring: Measuring,
): Promise<EchoResults> {
  const images: ImageResult[] = [];
  const sprites: SpritesResult[] = [];
  for (const planned of measuring.counted(plan)) {
    const outcome = measuring.outcomeOf(planned);
    const measured = async <Measures>(measure: () => Promise<Measures>) => ({
      ...outcome,
      measures:
        outcome.status === "finished"
          ? await measuring.once(outcome.run!, { runs: [planned] }, measure)
          : null,
    });
    if (planned.kind === "images") {
      const { method, data, beta, seed } = planned;
      const isDeep = method === "Echo" && beta === 1;
      const found = await measured(async () =>
        measureImages(measuring.open(planned), await measuring.device(), isDeep),
      );
      images.push({ method, data, beta, seed, ...found });
    } else {
      const { channel, factors, beta, gamma, seed } = planned;
      // All combinations of the factors, whatever the model was trained on.
      const grid = () => measuring.load(spritesConfiguration("Echo", "independent", recipe).data);
      const found = await measured(async () =>
        measureSprites(measuring.open(planned), await measuring.device(), grid()),
      );
      sprites.push({ channel, factors, beta, gamma, seed, ...found });
    }
  }
  return { images, sprites };
}
