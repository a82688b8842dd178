/**
 * A horizontal axis of capacities with a tick at each: logarithmic, since the capacities of a sweep crowd at its low
 * end, unless one of them is 0.
 */
export function capacityAxis(capacitiesNats: readonly number[]) {
  const values = [...new Set(capacitiesNats)].sort((a, b) => a - b);
  const logarithmic = values[0]! > 0 && values.length > 1;
  return {
    field: "capacityNats",
    type: "quantitative" as const,
    title: "capacity C (nats)",
    scale: logarithmic
      ? { type: "log" as const, nice: false, padding: 14 }
      : { nice: false, zero: false as const, padding: 14 },
    axis: { grid: false, values, format: "~r" },
  };
}
