/** How near to 0 or 1 a probability may begin: from the end itself no gradient would lead back. */
const CLOSEST = 1e-3;

/** A probability moved at least 0.001 away from 0 and from 1. */
export function heldInside(probability: number): number {
  return Math.min(1 - CLOSEST, Math.max(CLOSEST, probability));
}

/** ln(p / (1 - p)), what a sigmoid makes into p; of p held inside. */
export function logOdds(probability: number): number {
  const inside = heldInside(probability);
  return Math.log(inside / (1 - inside));
}
