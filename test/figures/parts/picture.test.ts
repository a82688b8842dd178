import { decode } from "fast-png";
import { expect, it } from "vitest";
import { imageUri, pictureSize, pictureUri } from "../../../src/figures/parts/picture.js";

function pixels(uri: string) {
  const [head, body] = uri.split(",");
  expect(head).toBe("data:image/png;base64");
  return decode(Buffer.from(body, "base64"));
}

it("paints every cell as a square of its colour", () => {
  const picture = pixels(pictureUri(2, 3, 4, (row, column) => [row * 100, column * 100, 7]));
  expect([picture.width, picture.height, picture.channels]).toEqual([12, 8, 3]);
  for (let y = 0; y < 8; y++) {
    for (let x = 0; x < 12; x++) {
      const at = 3 * (y * 12 + x);
      expect(Array.from(picture.data.slice(at, at + 3))).toEqual([
        Math.floor(y / 4) * 100,
        Math.floor(x / 4) * 100,
        7,
      ]);
    }
  }
});

it("draws one as black or as white, and clamps beyond", () => {
  const images = { shape: [2, 1, 3], data: Float32Array.of(9, 9, 9, -1, 0.5, 1) };
  const middles = (uri: string) => {
    const { data, width } = pixels(uri);
    return [0, 1, 2].map((cell) => data[Math.floor(((cell + 0.5) * width) / 3)]);
  };
  expect(middles(imageUri(images, 1, "one-is-black", 5))).toEqual([255, 128, 0]);
  expect(middles(imageUri(images, 1, "one-is-white", 5))).toEqual([0, 128, 255]);
});

it("draws three channels as red, green and blue, whatever one stands for", () => {
  const images = { shape: [1, 1, 2, 3], data: Float32Array.of(1, 0, 0.2, 0, 1, 2) };
  const { data, channels } = pixels(imageUri(images, 0, "one-is-black", 1));
  expect(channels).toBe(3);
  expect(Array.from(data)).toEqual([255, 0, 51, 0, 255, 255]);
});

it.each([
  [[2, 13, 13], 39, { width: 39, height: 39, enlarge: 6 }],
  [[2, 13, 13], 40, { width: 39, height: 39, enlarge: 6 }],
  [[2, 28, 28], 40, { width: 42, height: 42, enlarge: 3 }],
  [[2, 8, 16, 3], 26, { width: 24, height: 12, enlarge: 3 }],
  [[2, 64, 64], 36, { width: 32, height: 32, enlarge: 1 }],
  [[2, 100, 200], 40, { width: 40, height: 20, enlarge: 1 }],
])("images of shape %j stand whole on a side of about %i", (shape, side, size) => {
  expect(pictureSize({ shape, data: new Float32Array(0) }, side)).toEqual(size);
});
