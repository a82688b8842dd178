import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Configuration } from "../../configuration/schema.js";
import { loadRemembering } from "../../data/sources/index.js";
import type { Device } from "../../onnx/devices.js";
import type { PlanOutcome } from "../../plans/execute.js";
import type { PlannedRun } from "../../plans/plan.js";
import { measuredOnce as kept, type RunOutcome, readOutcome } from "../../reproduction/measured-once.js";
import { openRun } from "../../runs/run.js";
import { loadTrainedRun } from "../../training/trained-run.js";
import { type ImageMeasures, measureImages } from "./measures/images.js";
import { measureSprites, type SpritesMeasures } from "./measures/sprites.js";
import { type EchoChoice, type ImageChoice, imagePlan, type PlannedImages } from "./models.js";
import type { EchoPreset } from "./recipe.js";
import { type PlannedSprites, type SpritesChoice, spritesConfiguration, spritesPlan } from "./sprites.js";

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
  readonly preset: EchoPreset;
  readonly images: readonly ImageResult[];
  readonly sprites: readonly SpritesResult[];
}

/** All trainings that a choice asks for. */
export interface EchoPlan {
  readonly images: readonly PlannedImages[];
  readonly sprites: readonly PlannedSprites[];
  /** All combinations of the factors, on which every model of sprites is measured. */
  readonly grid: Configuration["data"];
}

/** The trainings of a choice, images before sprites. */
export function echoPlan(choice: EchoChoice): EchoPlan {
  const { sprites, preset } = choice.recipe;
  return {
    images: imagePlan(choice),
    sprites: spritesPlan(choice),
    grid: spritesConfiguration("Echo", "independent", sprites, preset).data,
  };
}

/** How runs are measured. */
export interface MeasureOptions {
  /** Folder of the runs. */
  readonly runs: string;
  /** Folder in which the measures of each run are kept. */
  readonly measured: string;
  readonly device: () => Promise<Device>;
  /** Of what measures: another one measures anew. */
  readonly version: string;
  readonly onMeasured?: (done: number, of: number) => void;
}

/** Data that runs share: those of a table's column, and a grid with the images of a dependent subset. */
const REMEMBERED = 2;

/**
 * Measures the finished runs of a plan on their test images, or on the whole grid of factors.
 * @throws UserError when a run cannot be read, or its data have changed.
 */
export async function measurePlan(
  preset: EchoPreset,
  { images, sprites, grid }: EchoPlan,
  outcomes: ReadonlyMap<PlannedRun, PlanOutcome>,
  { runs, measured, device, version, onMeasured }: MeasureOptions,
): Promise<EchoResults> {
  const load = loadRemembering(REMEMBERED);
  let done = 0;
  /** What is known of a run by itself, and where it is finished what `measure` finds. */
  const resultOf = async <Measures>(
    planned: PlannedRun,
    measure: (run: string) => Promise<Measures>,
  ): Promise<RunOutcome & { measures: Measures | null }> => {
    const { outcome, line } = readOutcome(outcomes.get(planned)!, runs);
    const { run, status } = outcome;
    onMeasured?.(done++, images.length + sprites.length);
    if (status !== "finished" || run === null) return { ...outcome, measures: null };
    const key = createHash("sha256")
      .update(JSON.stringify([version, planned.configuration, line]))
      .digest("hex");
    return { ...outcome, measures: await kept(join(measured, `${run}.json`), key, () => measure(run)) };
  };
  const ofImages: ImageResult[] = [];
  for (const planned of images) {
    const { method, data, beta, seed } = planned;
    const deep = method === "Echo" && beta === 1;
    const found = await resultOf(planned, async (run) =>
      measureImages(loadTrainedRun(openRun(runs, run), load), await device(), deep),
    );
    ofImages.push({ method, data, beta, seed, ...found });
  }
  const ofSprites: SpritesResult[] = [];
  for (const planned of sprites) {
    const { channel, factors, beta, gamma, seed } = planned;
    const found = await resultOf(planned, async (run) =>
      measureSprites(loadTrainedRun(openRun(runs, run), load), await device(), load(grid)),
    );
    ofSprites.push({ channel, factors, beta, gamma, seed, ...found });
  }
  return { preset, images: ofImages, sprites: ofSprites };
}
