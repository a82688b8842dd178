import type { CapacitySeries } from "../../../figures/capacity-curves.js";

/** One value of one run. */
export interface Observation {
  readonly series: string;
  readonly capacityNats: number;
  /** null where it was not measured. */
  readonly value: number | null;
  /** null where none is published. */
  readonly published: number | null;
}

/**
 * Observations gathered by series and capacity, seeds together; a series or a capacity with neither a measured nor a
 * published value is left out.
 * @param order the names of the series as they shall stand; others follow.
 */
export function capacitySeries(
  observations: readonly Observation[],
  order: readonly string[],
): CapacitySeries[] {
  const names = [...new Set([...order, ...observations.map(({ series }) => series)])];
  return names.flatMap((name) => {
    const own = observations.filter(({ series }) => series === name);
    const capacities = [...new Set(own.map(({ capacityNats }) => capacityNats))].sort((a, b) => a - b);
    const points = capacities.flatMap((capacityNats) => {
      const alike = own.filter((observation) => observation.capacityNats === capacityNats);
      const values = alike.flatMap(({ value }) => (value === null ? [] : [value]));
      const published = alike.find((observation) => observation.published !== null)?.published ?? undefined;
      if (values.length === 0 && published === undefined) return [];
      return [{ capacityNats, values, ...(published === undefined ? {} : { published }) }];
    });
    return points.length === 0 ? [] : [{ name, points }];
  });
}

/** Mean of some numbers; undefined of none. */
export function meanOf(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
}
