import type { Measurement } from "./measurement.js";
import { type Contender, median, type RoundTimes } from "./rounds.js";
import type { StepPeer, StepRequest } from "./stepping/peer.js";

/** A peer's training steps as a contender, which keeps what else the peer told of them. */
export interface StepContender extends Contender {
  /** Processor times of a step, one a round; none where the peer does not tell. */
  readonly processor: readonly number[];
  /** The most memory that the peer ever held; 0 where it does not tell. */
  peakMegabytes(): number;
}

/** Times of a training step, over rounds. */
export interface StepTimes extends RoundTimes {
  /** Median processor time of all threads, user and system; undefined where nobody told. */
  readonly processor: number | undefined;
}

/** A contender whose rounds are these steps of a peer. */
export function contendWithSteps(name: string, peer: StepPeer, calls: StepRequest): StepContender {
  const processor: number[] = [];
  let peak = 0;
  return {
    name,
    processor,
    peakMegabytes: () => peak,
    async round() {
      const { milliseconds, processorMilliseconds, peakMegabytes = 0 } = await peer.time(calls);
      if (processorMilliseconds !== undefined) processor.push(processorMilliseconds);
      peak = Math.max(peak, peakMegabytes);
      return milliseconds;
    },
  };
}

/** What came of a contender's rounds. */
export function timesOf(
  { name, processor }: StepContender,
  times: Readonly<Record<string, RoundTimes>>,
): StepTimes {
  return { ...times[name]!, processor: processor.length > 0 ? median(processor) : undefined };
}

/** The row of a step's time. */
export function stepRow(
  key: string,
  label: string,
  { fastest, median, processor }: StepTimes,
  details: Measurement["details"] = {},
): Measurement {
  return {
    key: `${key}.milliseconds`,
    label,
    value: fastest,
    unit: "ms",
    better: "lower",
    details: { median, ...(processor !== undefined && { processor }), ...details },
  };
}

/** The row of a ratio of times: by the fastest rounds, with that of medians and of processor times. */
export function timesOverRow(
  key: string,
  label: string,
  theirs: StepTimes,
  ours: StepTimes,
  details: Measurement["details"] = {},
  better: Measurement["better"] = "higher",
): Measurement {
  const processor =
    theirs.processor !== undefined && ours.processor !== undefined
      ? { processor: theirs.processor / ours.processor }
      : {};
  return {
    key,
    label,
    value: theirs.fastest / ours.fastest,
    unit: "x",
    better,
    details: {
      median: theirs.median / ours.median,
      ...processor,
      milliseconds: theirs.fastest,
      medianMilliseconds: theirs.median,
      ...details,
    },
  };
}

/** A number of threads for people. */
export function onThreads(threads: number): string {
  return threads === 1 ? "1 thread" : `${threads} threads`;
}
