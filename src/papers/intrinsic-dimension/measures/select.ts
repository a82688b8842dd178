/** What of the results belongs together: networks of one data set, of one K, at one epoch. */
import { relativeImbalance } from "../../../geometry/index.js";
import type { Place } from "../networks.js";
import { DATA_NAMES, type DataName, type LayerName, placeOf } from "../networks.js";
import type { DimensionResults, EpochMeasures, MaybeEstimate } from "./results.js";

/** One number of a measured network; null where it has none. */
export type Quantity = (measures: EpochMeasures) => number | null;

/** Data sets that there are networks of, in the order of the paper. */
export function dataSets({ networks }: DimensionResults): DataName[] {
  return DATA_NAMES.filter((name) => networks.some(({ data }) => data === name));
}

/** Every K that there is a network of, whether it is trained yet or not, rising. */
export function bottlenecksOf({ networks }: DimensionResults, data: DataName): number[] {
  const found = networks.filter((one) => one.data === data).map(({ bottleneck }) => bottleneck);
  return rising(found);
}

/** Epochs after which any network of the data is measured, rising. */
export function epochsOf({ networks }: DimensionResults, data: DataName): number[] {
  return rising(
    networks.filter((one) => one.data === data).flatMap(({ epochs }) => epochs.map(({ epoch }) => epoch)),
  );
}

function rising(values: readonly number[]): number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}

/** The values of a quantity over the seeds that have it. */
export function valuesOver(
  { networks }: DimensionResults,
  { data, bottleneck, epoch }: Place,
  quantity: Quantity,
  seeds?: readonly number[],
): number[] {
  return networks
    .filter((one) => one.data === data && one.bottleneck === bottleneck)
    .filter(({ seed }) => seeds?.includes(seed) ?? true)
    .flatMap(({ epochs }) => epochs.filter((one) => one.epoch === epoch))
    .flatMap((measures) => {
      const value = quantity(measures);
      return value === null || !Number.isFinite(value) ? [] : [value];
    });
}

/** Intrinsic dimension of a layer. */
export const dimensionOf =
  (layer: LayerName): Quantity =>
  ({ dimension }) =>
    numberOf(dimension[placeOf(layer)]);

/** Delta(l -> l0) of a layer l. */
export const toInputOf =
  (layer: LayerName): Quantity =>
  ({ toInput }) =>
    numberOf(toInput[placeOf(layer)]);

/** Delta(l -> l10) of a layer l. */
export const toOutputOf =
  (layer: LayerName): Quantity =>
  ({ toOutput }) =>
    numberOf(toOutput[placeOf(layer)]);

/** The relative imbalance (rule J3) of a layer, given by its place, and the next. */
export const relativeOf =
  (step: number): Quantity =>
  ({ forward, backward }) => {
    const [there, back] = [numberOf(forward[step]), numberOf(backward[step])];
    return there === null || back === null ? null : relativeImbalance(there, back);
  };

/** The number of an estimate. */
export function numberOf(estimate: MaybeEstimate | undefined): number | null {
  return estimate?.value ?? null;
}
