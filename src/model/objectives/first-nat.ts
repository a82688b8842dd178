/** How far above what a nat saves at C the default price lies, and between which shares of the first nat's saving it stays. */
const PRICE_MARGIN = 3;
const MIN_SHARE = 0.25;
const MAX_SHARE = 1.5;

/**
 * The default price of a nat away from the target, as a share of what the first nat saves (rule O7): what a nat saves at the target, three times,
 * but within 1/4 and 3/2 of what the first one saves.
 * @param capacityNats The target C, at least 0.
 * @param codeDimensions Dimensions of the code, at least 1.
 */
export function shareOfFirstNat(capacityNats: number, codeDimensions: number): number {
  const share = PRICE_MARGIN * Math.exp((-2 * capacityNats) / codeDimensions);
  return Math.min(MAX_SHARE, Math.max(MIN_SHARE, share));
}
