import type { Measurement, Outcome } from "../measurement.js";
import type { Network } from "../networks.js";
import { alternate } from "../rounds.js";
import { contendWithSteps, onThreads, stepRow, timesOf, timesOverRow } from "../step-rows.js";
import { openOwnSteps } from "../stepping/peer.js";
import type { StepOptions } from "./training-step.js";

/** Our training steps beside those of another checkout, built there, in turn: what a change did to them. */
export async function measureCheckout(
  checkout: string,
  networks: readonly Network[],
  { threads, rounds }: StepOptions,
): Promise<Outcome> {
  const measurements: Measurement[] = [];
  for (const network of networks) {
    for (const count of threads) {
      measurements.push(...(await measureCell(checkout, network, { threads: count, rounds })));
    }
  }
  return { measurements };
}

async function measureCell(
  checkout: string,
  network: Network,
  { threads, rounds }: { readonly threads: number; readonly rounds: number },
): Promise<Measurement[]> {
  const { key, label, calls, seconds } = network;
  const here = await openOwnSteps({ ...network, checkout: ".", threads });
  const there = await openOwnSteps({ ...network, checkout, threads });
  const ours = contendWithSteps("ours", here, calls);
  const theirs = contendWithSteps("theirs", there, calls);
  const times = await alternate([ours, theirs], { rounds, seconds });
  here.close();
  there.close();
  const on = onThreads(threads);
  const step = timesOf(ours, times);
  const details = { rounds: step.rounds.length, peakMegabytes: ours.peakMegabytes() };
  return [
    stepRow(`${key}.threads${threads}.step`, `${label}, training step, ${on}`, step, details),
    timesOverRow(
      `${key}.threads${threads}.checkout.ratio`,
      `  the other checkout's time over ours, ${on}`,
      timesOf(theirs, times),
      step,
      { peakMegabytes: theirs.peakMegabytes() },
    ),
  ];
}
