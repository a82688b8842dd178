/** What was measured of a code once it had come to a rate. */
export interface Tried {
  /** The rate that was aimed at, and the one that was reached. */
  readonly targetNats: number;
  readonly rateNats: number;
  readonly separableStimuli: number;
}

/** How far from its target a rate may be to count as reached: as a share of the target, and in nats. */
const NEAR = { share: 0.1, nats: 0.1 };
/** As many as are read at a glance: the latest. */
const MAX_TRIED = 6;

/** The list with one more rate at its end; one on its way to the target is left out, and what was measured at the same target before is replaced. */
export function withTried(tried: readonly Tried[], next: Tried): readonly Tried[] {
  const { targetNats, rateNats } = next;
  if (Math.abs(rateNats - targetNats) > NEAR.nats + NEAR.share * targetNats) return tried;
  const others = tried.filter((other) => other.targetNats !== targetNats);
  return [...others.slice(1 - MAX_TRIED), next];
}
