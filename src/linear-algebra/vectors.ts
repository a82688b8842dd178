/** The inner product of two vectors of equal length, in float64. */
export function dot<Vector extends Float64Array | Float32Array>(a: Vector, b: Vector): number {
  // Four sums, as each addition waits for the one before it.
  let [p, q, r, s] = [0, 0, 0, 0];
  const whole = a.length - (a.length % 4);
  for (let i = 0; i < whole; i += 4) {
    p += a[i] * b[i];
    q += a[i + 1] * b[i + 1];
    r += a[i + 2] * b[i + 2];
    s += a[i + 3] * b[i + 3];
  }
  for (let i = whole; i < a.length; i++) p += a[i] * b[i];
  return p + q + (r + s);
}

/** A power of two near the largest magnitude: dividing by it changes no digit. 0 for a matrix of zeros. */
export function powerOfTwoNear(values: Float64Array): number {
  const largest = values.reduce((maximum, value) => Math.max(maximum, Math.abs(value)), 0);
  // The logarithm of the largest numbers rounds up to that of a power beyond float64.
  return largest > 0 ? 2 ** Math.min(1023, Math.floor(Math.log2(largest))) : 0;
}
