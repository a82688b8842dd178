import { valuesPerImage } from "../../../data/dataset.js";
import { pixelValues } from "../../../data/pixel-moments.js";
import type { Measuring } from "../../../reproduction/measured-once.js";
import { mean } from "../../../statistics.js";
import { reconstructTable } from "../../../training/encode.js";
import { type ClassedModel, classesOf, type Position } from "../classes.js";
import type { ModelName } from "../recipe.js";
import type { PlannedFrozen, PlannedModel } from "../runs.js";
import { measureOnStimuli, type StimuliChoice } from "./atlas.js";

/** How well a model's code keeps each of the stimuli. */
export interface StimulusErrors {
  readonly model: ModelName;
  readonly capacityNats: number;
  readonly seed: number;
  /** [stimuli], squared error per pixel of the reconstruction through a sampled code. */
  readonly squaredErrorPerPixel: readonly number[];
}

/** Stimuli of one kind, such as the frequent ones. */
export interface StimulusGroup {
  readonly name: string;
  readonly has: (position: Position, stimulus: number) => boolean;
}

/**
 * The errors of all finished models on the stimuli of the paper, whatever data a model was trained on; each computed once.
 * @throws UserError when a run cannot be read, or its data have changed.
 */
export async function measureErrors(
  plan: readonly (PlannedModel | PlannedFrozen)[],
  choice: StimuliChoice,
  measuring: Measuring,
): Promise<StimulusErrors[]> {
  const measured = await measureOnStimuli(plan, choice, measuring, "errors", async (trained, images) => {
    const { data } = await reconstructTable(trained, await measuring.device(), images);
    const [wanted, pixels] = [pixelValues(images), valuesPerImage(images)];
    return Array.from({ length: images.count }, (_, row) => {
      let sum = 0;
      for (let k = row * pixels; k < (row + 1) * pixels; k++) sum += (data[k]! - wanted[k]!) ** 2;
      return sum / pixels;
    });
  });
  return measured.map(({ measures: squaredErrorPerPixel, ...model }) => ({ ...model, squaredErrorPerPixel }));
}

/** Mean error over the stimuli of a group; undefined where it has none. */
export function errorOf(
  { squaredErrorPerPixel }: StimulusErrors,
  { has }: StimulusGroup,
  positions: readonly Position[],
): number | undefined {
  const own = squaredErrorPerPixel.filter((_, stimulus) => has(positions[stimulus]!, stimulus));
  return own.length === 0 ? undefined : mean(own);
}

/** The stimuli that a model of biased data sees often, and those that it sees rarely. */
export function frequencyGroups(model: "E1M1" | "E1M2", positions: readonly Position[]): StimulusGroup[] {
  const { classOf } = classesOf(model, positions).labels;
  return [
    { name: "frequent", has: (_, stimulus) => classOf[stimulus] === 1 },
    { name: "rare", has: (_, stimulus) => classOf[stimulus] === 0 },
  ];
}

const LAST_COLUMN = 12;

/**
 * The stimuli near the boundary of a task: one corridor one column to the left or the right, and they would be in another class;
 * and all others.
 */
export function boundaryGroups(model: ClassedModel): StimulusGroup[] {
  const all = Array.from({ length: (LAST_COLUMN + 1) ** 2 }, (_, cell): Position => {
    return [Math.floor(cell / (LAST_COLUMN + 1)), cell % (LAST_COLUMN + 1)];
  });
  const { classOf } = classesOf(model, all).labels;
  const classAt = (xU: number, xL: number) => classOf[xU * (LAST_COLUMN + 1) + xL];
  const isColumn = (x: number) => x >= 0 && x <= LAST_COLUMN;
  const isNear = ([xU, xL]: Position) =>
    [-1, 1].some(
      (step) =>
        (isColumn(xU + step) && classAt(xU + step, xL) !== classAt(xU, xL)) ||
        (isColumn(xL + step) && classAt(xU, xL + step) !== classAt(xU, xL)),
    );
  return [
    { name: "near the boundary", has: isNear },
    { name: "far from it", has: (position) => !isNear(position) },
  ];
}
