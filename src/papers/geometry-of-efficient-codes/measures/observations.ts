import { dimensionsInUse } from "../../../geometry/index.js";
import { type ClassedModel, classesOf } from "../classes.js";
import type { ModelName } from "../recipe.js";
import { type Atlas, codeOf, type ModelCode } from "./atlas.js";
import { indicesBetween } from "./indices.js";
import { classMatrix } from "./matrices.js";
import type { FrozenResult, ModelResult } from "./results.js";
import type { Squeeze } from "./squeeze.js";

/** What is measured of a run or a code, by the names of published.csv. */
export const QUANTITIES = [
  "squaredErrorPerPixel",
  "f1Joint",
  "f1Frozen",
  "channelsUsed",
  "meanDistortionRatio",
  "classDistortion",
  /** Mean distance within class 1 over that within class 0 (rule G10), in a model's code and in the Baseline's. */
  "room",
  "roomInBaseline",
] as const;

export type Quantity = (typeof QUANTITIES)[number];

/** What identifies the numbers of a quantity, as in published.csv. */
export interface Keys {
  readonly model: ModelName;
  readonly task?: string;
  readonly classes?: string;
  readonly capacityNats?: number;
}

/** A number of one seed, in the shape of the published ones. */
export interface Observation extends Keys {
  readonly quantity: Quantity;
  readonly seed: number;
  readonly value: number;
}

/** What a reproduction has found: each part may be partial, or not there at all. */
export interface Evidence {
  readonly models: readonly ModelResult[];
  readonly frozen: readonly FrozenResult[];
  readonly atlas?: Atlas | undefined;
  readonly squeezes?: readonly Squeeze[] | undefined;
}

/** Every number that statements speak of, of every finished run. */
export function observations({ models, frozen, atlas, squeezes = [] }: Evidence): Observation[] {
  const f1 = (quantity: Quantity, { model, capacityNats, seed, tasks }: ModelResult | FrozenResult) =>
    tasks.flatMap(({ task, f1BatchMean }) =>
      f1BatchMean === null ? [] : [{ quantity, model, task, capacityNats, seed, value: f1BatchMean }],
    );
  const isFinished = ({ status }: ModelResult | FrozenResult) => status === "finished";
  return [
    ...models.filter(isFinished).flatMap((result): Observation[] => {
      const { model, capacityNats, seed, squaredErrorPerPixel: value } = result;
      const error = { quantity: "squaredErrorPerPixel", model, capacityNats, seed } as const;
      return [...(value === null ? [] : [{ ...error, value }]), ...f1("f1Joint", result)];
    }),
    ...frozen.filter(isFinished).flatMap((result) => f1("f1Frozen", result)),
    ...squeezes.map(
      ({ model, seed, meanRatio: value }) =>
        ({ quantity: "meanDistortionRatio", model, seed, value }) as const,
    ),
    ...(atlas?.codes.flatMap((code) => ofCode(atlas, code)) ?? []),
  ];
}

/** The statements speak of the capacities that the paper calls low and high. */
function ofCode(atlas: Atlas, code: ModelCode): Observation[] {
  const { model, capacityNats, seed, points } = code;
  const at = { model, capacityNats, seed };
  return [
    { quantity: "channelsUsed", ...at, value: dimensionsInUse(points).length },
    ...(capacityNats === LOW_NATS && (model === "E1M1" || model === "E1M2")
      ? ofTwoClasses(atlas, { ...code, model })
      : []),
  ];
}

const LOW_NATS = 0.3;

/** What the code of a model of biased data gives to each of its two classes, against the Baseline. */
function ofTwoClasses(atlas: Atlas, code: ModelCode & { readonly model: ClassedModel }): Observation[] {
  const { model, capacityNats, seed, points } = code;
  const baseline = codeOf(atlas, { ...code, model: "Baseline" });
  if (!baseline) return [];
  const at = { model, capacityNats, seed };
  const { labels } = classesOf(model, atlas.stimuli.positions);
  const { inCode, inReference } = indicesBetween(points, baseline.points, labels, 0).specialization
    .byClass[1]!;
  const entries = [...classMatrix(atlas, model, capacityNats, seed)!.matrix.data];
  return [
    { quantity: "room", ...at, value: Math.exp(inCode) },
    { quantity: "roomInBaseline", ...at, value: Math.exp(inReference) },
    ...entries.map((value, k) => {
      const classes = `${Math.floor(k / 2)}-${k % 2}`;
      return { quantity: "classDistortion", ...at, classes, value } as const;
    }),
  ];
}
