/** An image as a canvas of its own, to be drawn enlarged. @param pixels [side * side]: 0 white to 1 black. */
export function pixelCanvas(pixels: ArrayLike<number>): HTMLCanvasElement {
  const side = Math.round(Math.sqrt(pixels.length));
  const canvas = document.createElement("canvas");
  canvas.width = side;
  canvas.height = side;
  paintPixels(canvas, pixels);
  return canvas;
}

/** Paints an image on a canvas, one pixel each. */
export function paintPixels(canvas: HTMLCanvasElement, pixels: ArrayLike<number>): void {
  const side = Math.round(Math.sqrt(pixels.length));
  const context = canvas.getContext("2d");
  if (!context || side === 0) return;
  if (canvas.width !== side) canvas.width = side;
  if (canvas.height !== side) canvas.height = side;
  const image = context.createImageData(side, side);
  for (let k = 0; k < side * side; k++) {
    // Bytes of an image round, and clip to 0 to 255, by themselves.
    image.data.fill(255 * (1 - pixels[k]), 4 * k, 4 * k + 3);
    image.data[4 * k + 3] = 255;
  }
  context.putImageData(image, 0, 0);
}
