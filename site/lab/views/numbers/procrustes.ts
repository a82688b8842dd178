/** A turn of the plane, or a turn and a mirror image: (x, y) becomes (x a + y c, x b + y d). */
export interface OrthogonalMap {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
}

const IDENTITY: OrthogonalMap = { a: 1, b: 0, c: 0, d: 1 };

/**
 * The rotation, or rotation and reflection, of the plane that brings points nearest to others: the sum of squared distances
 * between pairs is the minimum, after both sets are centred on their means. No scaling, so that a code that contracts is seen to.
 * In the plane the orthogonal Procrustes problem has this closed form: the best angle of each kind, and the better of the two.
 * Source: Schönemann, "A generalized solution of the orthogonal Procrustes problem" (1966).
 * @param from [points, 2]
 * @param onto [points, 2]; a pair in which a number is NaN is ignored.
 */
export function orthogonalAlignment(from: ArrayLike<number>, onto: ArrayLike<number>): OrthogonalMap {
  const sums = { count: 0, x: 0, y: 0, u: 0, v: 0, xu: 0, xv: 0, yu: 0, yv: 0 };
  for (let k = 0; k + 1 < Math.min(from.length, onto.length); k += 2) {
    const [x, y, u, v] = [from[k], from[k + 1], onto[k], onto[k + 1]];
    if (Number.isNaN(x + y + u + v)) continue;
    sums.count += 1;
    sums.x += x;
    sums.y += y;
    sums.u += u;
    sums.v += v;
    sums.xu += x * u;
    sums.xv += x * v;
    sums.yu += y * u;
    sums.yv += y * v;
  }
  if (sums.count === 0) return IDENTITY;
  const xu = sums.xu - (sums.x * sums.u) / sums.count;
  const xv = sums.xv - (sums.x * sums.v) / sums.count;
  const yu = sums.yu - (sums.y * sums.u) / sums.count;
  const yv = sums.yv - (sums.y * sums.v) / sums.count;
  const turned = Math.hypot(xu + yv, xv - yu);
  const mirrored = Math.hypot(xu - yv, xv + yu);
  if (turned === 0 && mirrored === 0) return IDENTITY;
  if (turned >= mirrored) {
    const [cosine, sine] = [(xu + yv) / turned, (xv - yu) / turned];
    return { a: cosine, b: sine, c: -sine, d: cosine };
  }
  const [cosine, sine] = [(xu - yv) / mirrored, (xv + yu) / mirrored];
  return { a: cosine, b: sine, c: sine, d: -cosine };
}

/** Moves points [points, 2] in place. */
export function applyMap(points: Float32Array, { a, b, c, d }: OrthogonalMap): void {
  for (let k = 0; k + 1 < points.length; k += 2) {
    const [x, y] = [points[k], points[k + 1]];
    points[k] = x * a + y * c;
    points[k + 1] = x * b + y * d;
  }
}
