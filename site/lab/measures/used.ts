import { USED_RATE_NATS } from "../../../src/model/used-rate.js";
import type { CodeFrame } from "../core/contract.js";

/** The dimensions of a code that send something; all of them where the channel cannot separate their rates. */
export function usedDimensions({ dimensions, dimensionRateNats }: CodeFrame): number[] {
  return Array.from({ length: dimensions }, (_, d) => d).filter(
    (d) => !dimensionRateNats || dimensionRateNats[d]! > USED_RATE_NATS,
  );
}
