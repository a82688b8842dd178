import { closing } from "../closing.js";
import type { Measurement, Outcome } from "../measurement.js";
import type { Network } from "../networks.js";
import { alternate } from "../rounds.js";
import { contendWithSteps, onThreads, stepRow, timesOf, timesOverRow } from "../step-rows.js";
import { openOwnSteps, type StepPeer } from "../stepping/peer.js";
import type { StepOptions } from "./training-step.js";

/** Our training steps beside those of another checkout, built there, in turn: what a change did to them. */
export async function measureCheckout(
  checkout: string,
  network: Network,
  { threads, rounds }: StepOptions,
): Promise<Outcome> {
  const measurements: Measurement[] = [];
  for (const count of threads) {
    const cell = { ...network, threads: count };
    const rows = await closing(async (keep) => {
      const here = keep(await openOwnSteps({ ...cell, checkout: "." }));
      const there = keep(await openOwnSteps({ ...cell, checkout }));
      return rowsOf(cell, here, there, rounds);
    });
    measurements.push(...rows);
  }
  return { measurements };
}

async function rowsOf(
  { key, label, calls, seconds, threads }: Network & { readonly threads: number },
  here: StepPeer,
  there: StepPeer,
  rounds: number,
): Promise<Measurement[]> {
  const ours = contendWithSteps("ours", here, calls);
  const theirs = contendWithSteps("theirs", there, calls);
  const times = await alternate([ours, theirs], { rounds, seconds });
  const threadWords = onThreads(threads);
  const step = timesOf(ours, times);
  const details = { rounds: step.rounds.length, peakMegabytes: ours.peakMegabytes() };
  return [
    stepRow(`${key}.threads${threads}.step`, `${label}, training step, ${threadWords}`, step, details),
    timesOverRow(
      `${key}.threads${threads}.checkout.ratio`,
      `  the other checkout's time over ours, ${threadWords}`,
      timesOf(theirs, times),
      step,
      { peakMegabytes: theirs.peakMegabytes() },
    ),
  ];
}
