import type { PublishedError } from "../../analysis/analysis.js";
import { compareConfigurations } from "../../configuration/compare.js";
import type { Configuration } from "../../configuration/schema.js";
import { publishedMse } from "./published.js";
import { HEAD_VARIANTS, MODEL_NAMES, modelConfiguration } from "./recipe.js";

/** What the paper published for a run of this very configuration, but for its name; undefined for any other run. */
export function publishedErrorFor(configuration: Configuration): PublishedError | undefined {
  const { seed, data, model } = configuration;
  const capacityNats =
    "objective" in model && "capacity" in model.objective ? model.objective.capacity : undefined;
  if (!data.corridors || typeof capacityNats !== "number") return undefined;
  const named = MODEL_NAMES.find((name) => {
    if (publishedMse(name, capacityNats) === undefined) return false;
    return HEAD_VARIANTS.some((heads) => {
      const papers = modelConfiguration({ model: name, capacityNats, seed, length: "published", heads });
      return compareConfigurations(papers, configuration).every(({ key }) => key === "name");
    });
  });
  return (
    named && {
      squaredErrorPerPixel: publishedMse(named, capacityNats)!,
      source: `${named} in Figure 3 of The geometry of efficient codes`,
    }
  );
}
