/**
 * The slope through the origin of -ln(1 - F) over x = ln mu, F the empirical distribution of all N values: fitted to the
 * smallest floor(N kept) of them (rule N5).
 * @param sorted x, ascending.
 * @param kept share of the values that is fitted, in (0, 1).
 * @returns NaN where all fitted values are 0, or none is fitted.
 */
export function slopeThroughOrigin(sorted: Float64Array, kept: number): number {
  const fitted = fittedCount(sorted.length, kept);
  let [products, squares] = [0, 0];
  for (let m = 0; m < fitted; m++) {
    products += sorted[m] * height(m + 1, sorted.length);
    squares += sorted[m] * sorted[m];
  }
  return products / squares;
}

/** How many of N values are fitted: the float64 product, rounded down. */
export function fittedCount(count: number, kept: number): number {
  return Math.floor(count * kept);
}

function height(m: number, count: number): number {
  return -Math.log1p(-m / count);
}

/**
 * The standard error of that slope by the jackknife: the fit is repeated without each of the values in turn. All of them take
 * one pass, as those above the missing one move down by one place.
 * @returns NaN where a fit without one value has no slope.
 */
export function slopeJackknife(sorted: Float64Array, kept: number): number {
  const count = sorted.length - 1;
  const fitted = fittedCount(count, kept);
  let [shifted, squares] = [0, 0];
  for (let t = 0; t <= fitted; t++) {
    if (t > 0) shifted += sorted[t] * height(t, count);
    squares += sorted[t] * sorted[t];
  }
  // Without a value that is fitted; without one of the others nothing below changes, so that all of those agree.
  const slopes = new Float64Array(fitted + 1);
  let below = 0;
  for (let i = 0; i <= fitted; i++) {
    const x = sorted[i];
    if (i > 0) shifted -= x * height(i, count);
    slopes[i] = (below + shifted) / (squares - x * x);
    if (i < fitted) below += x * height(i + 1, count);
  }
  const others = sorted.length - fitted;
  const weight = (i: number) => (i === fitted ? others : 1);
  const mean = slopes.reduce((sum, slope, i) => sum + weight(i) * slope, 0) / sorted.length;
  const spread = slopes.reduce((sum, slope, i) => sum + weight(i) * (slope - mean) ** 2, 0);
  return Math.sqrt((count / sorted.length) * spread);
}
