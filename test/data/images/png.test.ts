import { expect, test } from "vitest";
import { decodePicture } from "../../../src/data/images/decode.js";
import { png, refusal } from "../files.js";

const decoded = (parts: Parameters<typeof png>[0]) => decodePicture(png(parts), "a.png");

test("D18: 1, 2 and 4 bits are spread over 0 to 255, row by row", () => {
  expect(
    decoded({
      width: 10,
      height: 2,
      depth: 1,
      colorType: 0,
      rows: [
        [0b10110000, 0b01000000],
        [255, 0],
      ],
    }),
  ).toEqual({
    height: 2,
    width: 10,
    channels: 1,
    data: Uint8Array.of(255, 0, 255, 255, 0, 0, 0, 0, 0, 255, ...new Array(8).fill(255), 0, 0),
  });
  const two = decoded({ width: 3, height: 1, depth: 2, colorType: 0, rows: [[0b00011000]] });
  expect(two.data).toEqual(Uint8Array.of(0, 85, 170));
  const four = decoded({ width: 3, height: 1, depth: 4, colorType: 0, rows: [[0x0f, 0x10]] });
  expect(four.data).toEqual(Uint8Array.of(0, 255, 17));
});

test("D18: 16 bits are rounded to 8, palettes looked up, transparency lies on white", () => {
  const deep = decoded({
    width: 3,
    height: 1,
    depth: 16,
    colorType: 0,
    rows: [[0xff, 0xff, 0x00, 0x81, 0x00, 0x80]],
  });
  expect(deep.data).toEqual(Uint8Array.of(255, 1, 0));
  const palette = [10, 20, 30, 200, 100, 50];
  expect(decoded({ width: 3, height: 1, depth: 1, colorType: 3, palette, rows: [[0b01000000]] })).toEqual({
    height: 1,
    width: 3,
    channels: 3,
    data: Uint8Array.of(10, 20, 30, 200, 100, 50, 10, 20, 30),
  });
  expect(
    decoded({ width: 3, height: 1, depth: 8, colorType: 4, rows: [[7, 255, 7, 0, 0, 51]] }),
  ).toMatchObject({
    channels: 1,
    data: Uint8Array.of(7, 255, 204),
  });
  expect(decoded({ width: 1, height: 1, depth: 8, colorType: 6, rows: [[0, 100, 255, 0]] })).toMatchObject({
    channels: 3,
    data: Uint8Array.of(255, 255, 255),
  });
});

test("a damaged image, and one of another format, are refused", () => {
  const bytes = png({
    width: 2,
    height: 2,
    depth: 8,
    colorType: 0,
    rows: [
      [1, 2],
      [3, 4],
    ],
  });
  for (let length = 8; length < bytes.length; length++) {
    expect(refusal(() => decodePicture(bytes.slice(0, length), "a.png"))).toMatch(
      /^a\.png: the image cannot be decoded \(.+\)\. It is truncated, damaged or of a rare kind: save it again as plain PNG\.$/,
    );
  }
  for (let at = 8; at < bytes.length; at++) {
    const flipped = Uint8Array.from(bytes);
    flipped[at]! ^= 1;
    expect(refusal(() => decodePicture(flipped, "a.png"))).toMatch(/cannot be decoded/);
  }
  expect(refusal(() => decodePicture(Buffer.from("GIF89a"), "a.png"))).toMatch(
    /^a\.png: it is neither a PNG nor a JPEG/,
  );
});
