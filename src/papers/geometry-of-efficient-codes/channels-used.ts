import type { Points } from "../../geometry/index.js";

/** A channel carries something when its code moves by more than this, as a standard deviation over stimuli. */
const USED_DEVIATION = 0.1;

/** How many channels of a code move by more than a tenth (standard deviation over stimuli): those that carry something. */
export function channelsUsed({ coordinates, count, dimension }: Points): number {
  const deviations = Array.from({ length: dimension }, (_, channel) => {
    const column = Array.from({ length: count }, (_, i) => coordinates[i * dimension + channel]!);
    const mean = column.reduce((sum, value) => sum + value, 0) / count;
    return Math.sqrt(column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count);
  });
  return deviations.filter((deviation) => deviation > USED_DEVIATION).length;
}
