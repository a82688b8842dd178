import { expect, test } from "vitest";
import { TASKS } from "../../../src/papers/geometry-of-efficient-codes/classes.js";
import {
  publishedChannelsUsed,
  publishedClassMatrix,
  publishedF1,
  publishedFrozenF1,
  publishedMse,
  publishedSqueeze,
} from "../../../src/papers/geometry-of-efficient-codes/published.js";
import { CAPACITIES_NATS, MODEL_NAMES } from "../../../src/papers/geometry-of-efficient-codes/recipe.js";
import { errorReferences, F1_REFERENCES } from "../../../src/papers/geometry-of-efficient-codes/theory.js";
import { published } from "../../geometry/published.js";

const PANELS = {
  A: ["Baseline", "A disjoint (baseline encoder)"],
  D1: ["E2M1", "D1 on E2M1 latents"],
  D2: ["E2M2", "D2 on E2M2 latents"],
  D3: ["E2M3", "D3 on E2M3 latents"],
  D4: ["E2M4", "D4 on E2M4 latents"],
} as const;

test.skipIf(published.missing)(`Fig. 3 and 6 are the ${published.title}, rounded to 4 decimals`, () => {
  const facts = published.facts();
  const rounded = (value: number | undefined) => (value === undefined ? undefined : Number(value.toFixed(4)));
  const curve = (of: (capacityNats: number) => number | undefined) => CAPACITIES_NATS.map(of);
  /** The panel's curve of a task; undefined where the panel has none. */
  const panelCurve = (panel: string, task: string) =>
    Object.entries<number[]>(facts.fig6_val_f1.panels[panel]).find(([key]) => key.includes(task))?.[1] ?? [];
  const expected = (panel: string, task: string) =>
    CAPACITIES_NATS.map((_, k) => rounded(panelCurve(panel, task)[k]));
  let compared = 0;
  for (const model of MODEL_NAMES) {
    const values: number[] = facts.fig3_val_reconstruction_mse.values[model];
    expect(curve((capacity) => publishedMse(model, capacity))).toEqual(values.map(rounded));
    const panel = model === "E2M5" ? "C simultaneous (E2M5, 4 heads)" : "B joint (one head)";
    for (const task of Object.keys(TASKS)) {
      const own = model === task || model === "E2M5";
      expect(curve((capacity) => publishedF1(model, task, capacity))).toEqual(
        own ? expected(panel, task) : CAPACITIES_NATS.map(() => undefined),
      );
    }
  }
  for (const [model, panel] of Object.values(PANELS)) {
    for (const task of Object.keys(TASKS)) {
      const found = curve((capacity) => publishedFrozenF1(model, task, capacity));
      expect(found, `${panel}, ${task}`).toEqual(expected(panel, task));
      compared += found.filter((value) => value !== undefined).length;
    }
  }
  // Four tasks on the Baseline's code, the three others on those of four models.
  expect(compared).toBe((4 + 4 * 3) * 5);
});

test.skipIf(published.missing)(`references of theory are the ${published.title}`, () => {
  const { mse_floor, ...rest } = published.facts().theory_references;
  for (const [model, key] of [
    ["Baseline", "uniform"],
    ["E2M3", "uniform"],
    ["E1M1", "E1M1_bottom"],
    ["E1M2", "E1M2_align"],
  ] as const) {
    const { positionsKnown, noInformation } = errorReferences(model);
    expect(positionsKnown).toBeCloseTo(mse_floor[key].known_positions_mse, 6);
    expect(noInformation).toBeCloseTo(mse_floor[key].no_information_mse, 6);
  }
  const f1 = rest["batch_mean_f1_references_(batches_of_32,uniform_data)"];
  expect(F1_REFERENCES.perfectE2M3).toBeCloseTo(f1.task1_ceiling_perfect, 4);
  expect(F1_REFERENCES.alwaysPositiveE2M3).toBe(f1.task1_always_positive);
  expect(F1_REFERENCES.alwaysNegativeE2M3).toBe(f1.task1_always_negative);
  expect(F1_REFERENCES.alwaysPositiveE2M1).toBe(f1.task2_always_positive);
  expect(F1_REFERENCES.alwaysPositiveE2M2).toBe(f1.task3_always_positive);
});

test.skipIf(published.missing)(`numbers of the authors' codes are the ${published.title}`, () => {
  const facts = published.facts();
  const { base, bottomBias } = facts.capacity_distortion_169.summary;
  expect(publishedSqueeze("Baseline")).toBeCloseTo(base.mean_ratio, 3);
  expect(publishedSqueeze("E1M1")).toBeCloseTo(bottomBias.mean_ratio, 3);
  const statistics = facts.latent_mu_statistics;
  for (const [model, key] of [
    ["Baseline", "base"],
    ["E1M1", "bottomBias"],
  ] as const) {
    expect(publishedChannelsUsed(model, 10)).toBe(statistics[`${key}_high`].n_channels_std_gt_0p1);
    expect(publishedChannelsUsed(model, 0.3)).toBe(statistics[`${key}_low`].n_channels_std_gt_0p1);
  }
  expect(publishedChannelsUsed("E2M1", 10)).toBe(statistics.task2_high.n_channels_std_gt_0p1);
  expect(publishedChannelsUsed("E2M1", 3)).toBeUndefined();
  for (const [key, capacityNats] of [
    ["bottomBias_high", 10],
    ["bottomBias_low", 0.3],
  ] as const) {
    const expected: number[] = facts.class_distortion_vs_base[key].matrix.flat();
    const found = publishedClassMatrix("E1M1", capacityNats)!.data;
    for (const [k, value] of expected.entries()) expect(found[k]).toBeCloseTo(value, 7);
  }
  expect(publishedClassMatrix("E1M2", 10)).toBeUndefined();
});

test("a capacity, a task or a model that the paper does not have is undefined", () => {
  expect(publishedMse("Baseline", 2)).toBeUndefined();
  expect(publishedF1("E2M1", "E2M2", 1)).toBeUndefined();
  expect(publishedFrozenF1("E2M1", "E2M1", 1)).toBeUndefined();
  expect(publishedFrozenF1("E1M1", "E2M1", 1)).toBeUndefined();
  expect(publishedFrozenF1("Baseline", "E2M1", 0.5)).toBeUndefined();
});
