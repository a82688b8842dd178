import { describe, expect, test } from "vitest";
import { binarizeStatic } from "../../src/data/binarize.js";
import type { ImageTable } from "../../src/data/dataset.js";
import { PhiloxStream } from "../../src/random/stream.js";
import { meanOf } from "./files.js";

function table(images: ImageTable["images"], scale: number, width: number): ImageTable {
  const count = images.length / width;
  return { count, imageShape: [1, width, 1], images, scale, labels: undefined, labelNames: [] };
}

describe("D17: the static binarization", () => {
  test("compares one word a grey pixel with 2^32 times its value", () => {
    const images = Uint8Array.of(0, 128, 255, 77, 3, 0, 254, 1);
    const drawn = binarizeStatic(table(images, 1 / 255, 4), 5, "train");
    const expected = [0, 1].flatMap((row) => {
      const stream = new PhiloxStream(5, "static binarization train", row);
      return [...images.subarray(4 * row, 4 * row + 4)].map((byte) => {
        if (byte === 0 || byte === 255) return byte / 255;
        return Number(stream.uint32() < (byte * 2 ** 32) / 255);
      });
    });
    expect([...drawn.images]).toEqual(expected);
    expect(drawn).toMatchObject({ count: 2, scale: 1, imageShape: [1, 4, 1] });
  });

  test("has the pixel's value as its mean, and depends on seed, file and row alone", () => {
    const width = 20_000;
    const grey = table(new Uint8Array(width).fill(64), 1 / 255, width);
    const drawn = binarizeStatic(grey, 1, "train").images;
    const deviation = Math.sqrt(((64 / 255) * (191 / 255)) / width);
    expect(Math.abs(meanOf(drawn) - 64 / 255)).toBeLessThan(4 * deviation);
    expect(binarizeStatic(grey, 1, "train").images).toEqual(drawn);
    for (const [seed, part] of [
      [2, "train"],
      [1, "t10k"],
    ] as const) {
      expect(binarizeStatic(grey, seed, part).images).not.toEqual(drawn);
    }
    const longer = table(new Uint8Array(2 * width).fill(64), 1 / 255, width);
    expect(binarizeStatic(longer, 1, "train").images.subarray(0, width)).toEqual(drawn);
  });

  test("leaves what is binary already, and takes float32 values as they are", () => {
    const binary = table(Uint8Array.of(0, 1, 1, 0), 1, 4);
    expect(binarizeStatic(binary, 3, "data").images).toEqual(binary.images);
    const floats = table(Float32Array.of(0, 0.5, 1, 0.5), 1, 4);
    const stream = new PhiloxStream(3, "static binarization data");
    const word = () => Number(stream.uint32() < 2 ** 31);
    expect([...binarizeStatic(floats, 3, "data").images]).toEqual([0, word(), 1, word()]);
  });
});
