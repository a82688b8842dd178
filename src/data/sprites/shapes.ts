/**
 * The sprites as regions of the plane, at scale 1, upright, about the origin; lengths in sides of the image, `up` upwards. Only
 * polynomials, so that every engine draws the same pixels. All keep within a radius of a quarter of a side.
 */
export interface SpriteShape {
  /** No point of the sprite is farther from the origin. */
  readonly radius: number;
  readonly contains: (right: number, up: number) => boolean;
}

const SQUARE_HALF_SIDE = 0.17;
const ELLIPSE_HALF_AXES = [0.24, 0.12] as const;
const ELLIPSE_UNITS = [1 / ELLIPSE_HALF_AXES[0], 1 / ELLIPSE_HALF_AXES[1]] as const;
const HEART_SIZE = 0.165;
const HEART_UNITS = 1 / HEART_SIZE;
/** The heart's curve is 1.4246 of its units away from the origin at most. */
const HEART_FARTHEST = 1.425;

/** By the values of the factor `shape`: square, ellipse, heart. */
export const SHAPES: readonly SpriteShape[] = [
  {
    radius: SQUARE_HALF_SIDE * Math.SQRT2,
    contains: (right, up) =>
      right >= -SQUARE_HALF_SIDE &&
      right <= SQUARE_HALF_SIDE &&
      up >= -SQUARE_HALF_SIDE &&
      up <= SQUARE_HALF_SIDE,
  },
  {
    radius: ELLIPSE_HALF_AXES[0],
    contains: (right, up) => {
      const x = right * ELLIPSE_UNITS[0];
      const y = up * ELLIPSE_UNITS[1];
      return x * x + y * y <= 1;
    },
  },
  {
    radius: HEART_SIZE * HEART_FARTHEST,
    // (x^2 + y^2 - 1)^3 <= x^2 y^3, the sextic heart.
    contains: (right, up) => {
      const x = right * HEART_UNITS;
      const y = up * HEART_UNITS;
      const beyond = x * x + y * y - 1;
      return beyond * beyond * beyond <= x * x * y * y * y;
    },
  },
];
