/** Something timed again and again: one round takes some milliseconds and gives the time of one operation in it. */
export interface Contender {
  readonly name: string;
  /** One round; milliseconds per operation. */
  round(): Promise<number>;
}

/** Times of one operation in milliseconds, over rounds. */
export interface RoundTimes {
  /** The fastest round: closest to what the machine can do while others use it too. */
  readonly fastest: number;
  readonly median: number;
  readonly rounds: readonly number[];
}

/**
 * Times contenders in turn, one round each, over and over, so that whatever slows the machine for a while slows all
 * of them. Every second turn goes backwards, so that none always follows the same other. After `seconds` no further
 * turn begins, as a peer's threads may crawl on a machine that others use.
 */
export async function alternate(
  contenders: readonly Contender[],
  { rounds, seconds }: { readonly rounds: number; readonly seconds: number },
): Promise<Record<string, RoundTimes>> {
  const times = new Map(contenders.map(({ name }) => [name, [] as number[]]));
  const begun = performance.now();
  for (let turn = 0; turn < rounds; turn++) {
    if (turn > 0 && performance.now() - begun > 1000 * seconds) break;
    for (const contender of turn % 2 === 0 ? contenders : contenders.toReversed()) {
      times.get(contender.name)!.push(await contender.round());
    }
  }
  return Object.fromEntries([...times].map(([name, list]) => [name, summarize(list)]));
}

/**
 * Milliseconds per call: the median of `count` timed calls after `warmup` untimed ones. The median, because on a
 * machine that others use too a mean tells mostly of them.
 */
export async function timeCalls(
  operation: () => Promise<unknown>,
  count: number,
  warmup = 0,
): Promise<number> {
  for (let i = 0; i < warmup; i++) await operation();
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    const begun = performance.now();
    await operation();
    times.push(performance.now() - begun);
  }
  return median(times);
}

/**
 * The middle one of some numbers; of an even count, the mean of the middle two.
 * @throws RangeError when there are none.
 */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError("median of no numbers");
  const sorted = [...values].sort((a, b) => a - b);
  const upper = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[upper]! : (sorted[upper - 1]! + sorted[upper]!) / 2;
}

function summarize(rounds: readonly number[]): RoundTimes {
  return { fastest: Math.min(...rounds), median: median(rounds), rounds };
}
