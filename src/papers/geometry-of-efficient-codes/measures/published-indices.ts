/** The distortion indices of the authors' codes, as published.csv has them: computed by us, and judged as ours are. */
import { once } from "../../../once.js";
import { CLASSES, type ClassedModel, comparedBy, hasClasses } from "../classes.js";
import { published } from "../published.js";
import { MODEL_NAMES } from "../recipe.js";
import type { MeasuredIndex } from "./indices.js";
import { type IndexName, type IndicesRow, type IndicesTable, judged, overSeeds } from "./indices-table.js";

/** Capacities of the published codes, in nats. */
export const PUBLISHED_CAPACITIES_NATS = [0.3, 10] as const;

/** The seed under which published numbers stand where ours have one. */
export const PUBLISHED_SEED = 0;

/** The table of indices of the published codes (rules G10 to G15 and G19): seven models at two capacities, one training each. */
export const publishedIndices = once((): Omit<IndicesTable, "withoutBaseline"> => {
  const rows = MODEL_NAMES.filter(hasClasses).flatMap((model) =>
    comparedBy(model).flatMap((classesOf) =>
      PUBLISHED_CAPACITIES_NATS.map((capacityNats) => rowOf(model, classesOf, capacityNats)),
    ),
  );
  return judged(rows);
});

/** The row of the published code of a model; undefined where it has none. */
export function publishedRow({
  model,
  classesOf,
  capacityNats,
}: Pick<IndicesRow, "model" | "classesOf" | "capacityNats">): IndicesRow | undefined {
  return publishedIndices().rows.find(
    (row) => row.model === model && row.classesOf === classesOf && row.capacityNats === capacityNats,
  );
}

function rowOf(model: ClassedModel, classesOf: ClassedModel, capacityNats: number): IndicesRow {
  const { rule, names } = CLASSES[classesOf];
  const find = (name: IndexName, ofClass?: number) => {
    const keys = {
      ...{ model, task: classesOf, capacityNats },
      ...(ofClass === undefined ? {} : { classes: ofClass }),
    };
    const [index, low, high] = ["", "Low", "High"].map((end) => published(`${name}${end}`, keys));
    if (!index || !low || !high) return undefined;
    const { value, uncertainty = Number.NaN } = index;
    return { value, low: low.value, high: high.value, standardError: uncertainty };
  };
  const over = (found: MeasuredIndex | undefined, choices = 1) =>
    overSeeds(found ? [{ seed: PUBLISHED_SEED, ...found }] : [], choices);
  const ofClass = names.findIndex((_, k) => find("specialization", k));
  return {
    ...{ model, capacityNats, classesOf, rule },
    prototypization: over(find("prototypization")),
    specialization: {
      ...over(find("specialization", ofClass), names.length === 2 ? 1 : names.length),
      ...{ ofClass, className: names[ofClass] ?? "", classes: names.length },
    },
    orthogonalization: over(find("orthogonalization")),
    factorization: over(find("factorization")),
  };
}
