import { deflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { decodePicture } from "../../../src/data/images/decode.js";
import { PhiloxStream } from "../../../src/random/stream.js";
import { refusal } from "../files.js";
import { chunk, type PngSamples, pngFile, pngOf, SAMPLES_OF, words } from "./png-files.js";

const decode = (bytes: Uint8Array) => decodePicture(bytes, "a.png");
const KINDS = [
  [0, [1, 2, 4, 8, 16]],
  [2, [8, 16]],
  [3, [1, 2, 4, 8]],
  [4, [8, 16]],
  [6, [8, 16]],
].flatMap(([colourType, depths]) =>
  (depths as number[]).map((depth) => [colourType as number, depth] as const),
);
const SIZES = [
  [1, 1],
  [3, 5],
  [9, 17],
] as const;

/** A sample as a byte. */
const byteOf = (sample: number, depth: number) =>
  depth === 16 ? Math.round(sample / 257) : (sample * 255) / (2 ** depth - 1);
const onWhite = (value: number, opacity: number) =>
  Math.round((value * opacity + 255 * (255 - opacity)) / 255);

describe.each(KINDS)("D18: a PNG of colour type %i and %i bits", (colourType, depth) => {
  const stream = new PhiloxStream(colourType * 100 + depth, "png table");
  const draw = (below: number, length: number) => Array.from({ length }, () => stream.integer(below));
  const perPixel = SAMPLES_OF[colourType]!;

  test.each([false, true])("has its samples as bytes on white, every filter, interlaced %s", (interlaced) => {
    for (const [height, width] of SIZES) {
      const samples = draw(2 ** depth, height * width * perPixel);
      // A full one, so that no image of 16 bits is a dark one.
      samples[0] = 2 ** depth - 1;
      const palette = draw(256, 3 * 2 ** depth);
      const opacities = draw(256, 2 ** (depth - 1));
      const before =
        colourType === 3
          ? [chunk("PLTE", Uint8Array.from(palette)), chunk("tRNS", Uint8Array.from(opacities))]
          : [];
      const image = {
        height,
        width,
        depth,
        colourType,
        samples,
        interlaced,
        before,
        filters: [4, 3, 2, 1, 0],
      };
      const expected = Array.from({ length: height * width }, (_, k) => {
        const pixel = samples.slice(k * perPixel, (k + 1) * perPixel);
        if (colourType === 3) {
          const [index] = pixel as [number];
          return palette
            .slice(3 * index, 3 * index + 3)
            .map((value) => onWhite(value, opacities[index] ?? 255));
        }
        const bytes = pixel.map((sample) => byteOf(sample, depth));
        if (colourType < 4) return bytes;
        return bytes.slice(0, -1).map((value) => onWhite(value, bytes.at(-1)!));
      }).flat();
      const picture = decode(pngOf(image));
      expect(picture).toMatchObject({
        height,
        width,
        channels: colourType === 0 || colourType === 4 ? 1 : 3,
      });
      expect([...picture.data]).toEqual(expected);
    }
  });

  if (colourType === 0 || colourType === 2) {
    test("has white where its one transparent colour is, and nowhere else", () => {
      const maximum = 2 ** depth - 1;
      const clear = Array.from({ length: perPixel }, (_, c) => (c === 0 ? 1 : maximum - 1));
      // Of 16 bits, another one whose byte is the same.
      const near = clear.map((sample, c) => (c === 0 ? 0 : sample));
      const image = {
        height: 1,
        width: 3,
        depth,
        colourType,
        samples: [...clear, ...near, ...clear.map(() => maximum)],
      };
      // Bits above those of a sample do not count.
      const before = [chunk("tRNS", words(...clear.map((sample) => sample + (depth < 16 ? 256 : 0))))];
      const { data } = decode(pngOf({ ...image, before }));
      const [first, second] = [data.slice(0, perPixel), data.slice(perPixel, 2 * perPixel)];
      expect([...first]).toEqual(clear.map(() => 255));
      expect([...second]).toEqual(near.map((sample) => byteOf(sample, depth)));
    });
  }
});

describe("what a PNG holds beside its pixels", () => {
  const image: PngSamples = {
    height: 1,
    width: 2,
    depth: 8,
    colourType: 2,
    samples: [1, 2, 3, 250, 100, 50],
  };
  const bomb = chunk("iCCP", Buffer.concat([Buffer.from("p\0\0"), deflateSync(new Uint8Array(20e6))]));

  test("changes nothing: gamma, profiles, texts, a suggested palette; and none of it is unpacked", () => {
    const before = [
      bomb,
      chunk("gAMA", Uint8Array.of(0, 0, 0x20, 0)),
      chunk("zTXt", Buffer.from("a\0\0no stream")),
      chunk("PLTE", Uint8Array.of(9, 9, 9)),
      chunk("iTXt", Buffer.from("b\0\u0001\0\0\0no stream")),
    ];
    const [bytes, plain] = [pngOf({ ...image, before }), decode(pngOf(image))];
    const held = process.memoryUsage().arrayBuffers;
    expect(decode(bytes)).toEqual(plain);
    expect(process.memoryUsage().arrayBuffers - held).toBeLessThan(5e6);
  });

  test("is refused where it is another picture: animations, unknown parts that may not be passed over", () => {
    const animated = chunk("acTL", words(0, 12, 0, 0));
    expect(refusal(() => decode(pngOf({ ...image, before: [animated] })))).toBe(
      "a.png: the image cannot be decoded (it is an animation of 12 pictures). Save each picture as a PNG file of its own.",
    );
    expect(decode(pngOf({ ...image, before: [chunk("acTL", words(0, 1, 0, 0))] })).width).toBe(2);
    expect(refusal(() => decode(pngOf({ ...image, before: [chunk("CgBI", words(1))] })))).toMatch(
      /unknown kind, CgBI/,
    );
  });
});

describe("sizes that a PNG declares", () => {
  const header = { height: 4, width: 4, depth: 8, colourType: 0 };
  const packed = (length: number) => chunk("IDAT", deflateSync(new Uint8Array(length)));

  test("more bytes than they take are not unpacked, fewer are refused", () => {
    const bomb = pngFile(header, [packed(20e6)]);
    const held = process.memoryUsage().arrayBuffers;
    expect(refusal(() => decode(bomb))).toMatch(/unpack to more than 20 bytes, which is what its size needs/);
    expect(process.memoryUsage().arrayBuffers - held).toBeLessThan(5e6);
    expect(refusal(() => decode(pngFile(header, [packed(19)])))).toMatch(/pixels are missing/);
    expect(decode(pngFile(header, [packed(20)])).data).toEqual(new Uint8Array(16));
  });

  test("too many pixels are refused before memory is taken", () => {
    const held = process.memoryUsage().arrayBuffers;
    for (const [height, width] of [
      [30_000, 30_000],
      [2 ** 31, 2 ** 31],
      [0, 5],
    ] as const) {
      expect(refusal(() => decode(pngFile({ ...header, height, width }, [packed(10)])))).toMatch(
        /has 30000 x 30000 pixels, and at most 26,214,400 are read\)\. Scale it down|2147483648 pixels|size is 0 x 5/,
      );
    }
    expect(process.memoryUsage().arrayBuffers - held).toBeLessThan(1e6);
  });

  test("dark samples of 16 bits, which rounding would make nearly equal, are refused; bytes times 257 are not", () => {
    const deep = (samples: number[]) =>
      decode(pngOf({ height: 1, width: 2, depth: 16, colourType: 0, samples }));
    expect(refusal(() => deep([4095, 17]))).toMatch(
      /reach 4095 of 65535, .*\. Stretch the values of all images/,
    );
    expect([...deep([514, 0]).data]).toEqual([2, 0]);
  });
});
