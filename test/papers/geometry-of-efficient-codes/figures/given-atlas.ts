import {
  type Atlas,
  publishedAtlas,
} from "../../../../src/papers/geometry-of-efficient-codes/measures/atlas.js";
import { readPublishedCodes } from "../../../../src/papers/geometry-of-efficient-codes/measures/published-codes.js";
import type { ModelName } from "../../../../src/papers/geometry-of-efficient-codes/recipe.js";
import { published } from "../../../geometry/published.js";

/** The authors' codes of their 1,522 stimuli as if they were ours, with theirs next to them: some models at 0.3 and 10 nats. */
export function givenAtlas(models: readonly ModelName[]): Atlas {
  const given = readPublishedCodes(published.path("latents.npz"));
  const { stimuli, codes } = publishedAtlas(given);
  return { stimuli, codes: codes.filter(({ model }) => models.includes(model)), published: given };
}
