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
 * How far each value moves that slope, by the jackknife: the fit is repeated without each of them in turn, all in one pass, as those
 * above the missing one move down by one place. The root of the sum of squares is the jackknife's standard error.
 * @returns [N], in the order of `sorted`; NaN where a fit without one value has no slope.
 */
export function slopeInfluences(sorted: Float64Array, kept: number): Float64Array {
  const count = sorted.length - 1;
  const fitted = fittedCount(count, kept);
  let [above, squares] = [0, 0];
  for (let t = 0; t <= fitted; t++) {
    if (t > 0) above += sorted[t] * height(t, count);
    squares += sorted[t] * sorted[t];
  }
  // Without one of the values beyond those fitted nothing changes below it: all of those slopes are one.
  const slopes = new Float64Array(sorted.length);
  let below = 0;
  for (let i = 0; i <= fitted; i++) {
    const x = sorted[i];
    if (i > 0) above -= x * height(i, count);
    const slope = (below + above) / (squares - x * x);
    if (i < fitted) slopes[i] = slope;
    else slopes.fill(slope, i);
    if (i < fitted) below += x * height(i + 1, count);
  }
  const mean = slopes.reduce((sum, slope) => sum + slope, 0) / slopes.length;
  const scale = Math.sqrt(count / sorted.length);
  return slopes.map((slope) => scale * (mean - slope));
}
