import type { StepPeer } from "./stepping/peer.js";

/** How two trainings of one network with the same seed go side by side. */
export interface Agreement {
  /** Steps that were compared. */
  readonly steps: number;
  /** Largest difference of two losses, as a share of the reference's. */
  readonly largest: number;
  /** The step at which it is, from 1. */
  readonly at: number;
}

/** Steps asked for at a time, so that the clock is looked at between. */
const CHUNK = 10;

/** Largest relative difference of two rows of losses, and where. */
export function compareLosses(losses: readonly number[], reference: readonly number[]): Agreement {
  const differences = reference.map((loss, i) => Math.abs(losses[i]! - loss) / Math.abs(loss));
  const notANumber = differences.findIndex(Number.isNaN);
  const at = notANumber >= 0 ? notANumber : Math.max(0, differences.indexOf(Math.max(...differences)));
  return { steps: reference.length, largest: differences[at] ?? Number.NaN, at: at + 1 };
}

/** Lets both make up to so many steps, at most so many seconds, and compares each loss. */
export async function agreement(
  peer: StepPeer,
  reference: StepPeer,
  { steps, seconds }: { readonly steps: number; readonly seconds: number },
): Promise<Agreement> {
  const [losses, expected]: [number[], number[]] = [[], []];
  const begun = performance.now();
  while (expected.length < steps && performance.now() - begun < 1000 * seconds) {
    const request = { steps: Math.min(CHUNK, steps - expected.length), warmup: 0 };
    losses.push(...lossesOf(await peer.time(request)));
    expected.push(...lossesOf(await reference.time(request)));
  }
  return compareLosses(losses, expected);
}

function lossesOf({ losses }: { readonly losses?: readonly number[] | undefined }): readonly number[] {
  if (!losses) throw new Error("the process that trains tells no losses");
  return losses;
}
