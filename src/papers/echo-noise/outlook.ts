/** What a reproduction takes and shows: measured on two cores of an AMD EPYC (docs/speed.md), a thread each. */
import type { Outlook } from "../../reproduction/definition.js";
import { sum } from "../../statistics.js";
import { VAE_STEP_MS } from "./costs.js";
import type { EchoChoice } from "./data.js";
import { curveMethods } from "./methods.js";
import type { PublishedData } from "./published.js";
import type { EchoValues } from "./recipe.js";
import type { PlannedImages } from "./runs.js";
import type { PlannedSprites } from "./sprites.js";

/** A model of the small networks on 2,000 test images; once more through its channel; a model of sprites on 9,600 of 32 x 32. */
const [MODEL_SECONDS, PASS_SECONDS, SPRITES_SECONDS] = [1.3, 0.25, 3];
const TEST_IMAGES = 2000;
const GRID_SECONDS = { generated: SPRITES_SECONDS, dsprites: 600 } as const;
/** All figures but those that pass images through models, the page and the PDF. */
const DRAWING_SECONDS = 20;

const FIGURES: Readonly<Record<PublishedData, number>> = {
  "binary-mnist": 2,
  omniglot: 3,
  "fashion-mnist": 5,
};

/** What it takes to measure and draw all, and what is shown. */
export function outlookOf(
  { recipe, data }: EchoChoice,
  plan: readonly (PlannedImages | PlannedSprites)[],
): Outlook {
  const { networks, samplesPerImage, sprites, only } = recipe;
  const slower = VAE_STEP_MS[networks] / VAE_STEP_MS.small;
  const imagesOf = (run: PlannedImages) => testImagesOf(run) / TEST_IMAGES;
  const images = plan.filter((run) => run.kind === "images");
  const firstOf = data.flatMap(
    ({ name }) => images.find((run) => run.data === name && run.method === "Echo") ?? [],
  );
  const measuring =
    slower * MODEL_SECONDS * sum(images.map(imagesOf)) +
    GRID_SECONDS[sprites] * plan.filter((run) => run.kind === "sprites").length;
  const marginals = only.includes("figures")
    ? slower * PASS_SECONDS * samplesPerImage * sum(firstOf.map(imagesOf))
    : 0;
  return { secondsAfter: measuring + marginals + DRAWING_SECONDS, shows: shownOf({ recipe, data }) };
}

/** The test images of a run; those of the small drawings are counted only when their files are read. */
function testImagesOf({ configuration: { split } }: PlannedImages): number {
  const [from, to] = split?.test ?? [0, TEST_IMAGES];
  return to - from;
}

function shownOf({ recipe, data }: EchoChoice): string {
  const { only, methods } = recipe;
  const tables = [1, 2, 3].filter((number) => only.includes(`table${number}` as EchoValues["only"][number]));
  const curves = curveMethods(recipe).length > 0 ? data.map(({ published }) => FIGURES[published]) : [];
  const ofEcho = methods.includes("Echo") ? [4, ...(data.length > 0 ? [6, 7] : [])] : [];
  const figures = only.includes("figures")
    ? [...new Set([1, ...curves, ...ofEcho])].sort((a, b) => a - b)
    : [];
  return [
    ...tables.map((number) => `Table ${number}`),
    ...figures.map((number) => `Figure ${number}`),
    ...(figures.length > 0 && data.length > 0 ? ["-ELBO over the training steps"] : []),
  ].join(", ");
}
