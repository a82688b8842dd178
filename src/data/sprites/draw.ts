import type { SpriteShape } from "./shapes.js";
import type { Direction } from "./turns.js";

/** One sprite in an image. */
export interface Sprite {
  readonly shape: SpriteShape;
  /** 1 is the shape as it is. */
  readonly scale: number;
  /** How far it is turned, anticlockwise. */
  readonly direction: Direction;
  /** Its centre, in sides of the image from the left edge and from the upper one. */
  readonly x: number;
  readonly y: number;
}

/**
 * Sets to 1 the pixels of a square image whose centres lie in the sprite; the others stay as they are.
 * @param images holds the image from byte `offset`, `size` rows of `size` pixels.
 */
export function drawSprite(images: Uint8Array, offset: number, size: number, sprite: Sprite): void {
  const { shape, scale, direction, x, y } = sprite;
  const { cos, sin } = direction;
  const reach = shape.radius * scale;
  const firstRow = Math.max(0, Math.ceil((y - reach) * size - 0.5));
  const lastRow = Math.min(size - 1, Math.floor((y + reach) * size - 0.5));
  const firstColumn = Math.max(0, Math.ceil((x - reach) * size - 0.5));
  const lastColumn = Math.min(size - 1, Math.floor((x + reach) * size - 0.5));
  // From pixels to the shape's own lengths.
  const unit = 1 / (size * scale);
  const { contains } = shape;
  for (let row = firstRow; row <= lastRow; row++) {
    const up = (y * size - (row + 0.5)) * unit;
    const start = offset + row * size;
    for (let column = firstColumn; column <= lastColumn; column++) {
      const right = (column + 0.5 - x * size) * unit;
      // The pixel's place in the sprite's own axes: turned back.
      if (contains(cos * right + sin * up, cos * up - sin * right)) images[start + column] = 1;
    }
  }
}
