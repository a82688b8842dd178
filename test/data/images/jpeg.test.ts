import { encode } from "jpeg-js";
import { describe, expect, test } from "vitest";
import { decodePicture } from "../../../src/data/images/decode.js";
import { folderWith, load, refusal } from "../files.js";
import { words } from "./png-files.js";

const decode = (bytes: Uint8Array) => decodePicture(bytes, "a.jpg");

/** A red-brown and what it is as luminance and chroma: 0.299 R + 0.587 G + 0.114 B and so on. */
const COLOUR = [200, 60, 20] as const;
const AS_LUMINANCE = [97, 84, 201];

/** A JPEG of 16 x 16 pixels of that colour, as luminance and chroma, without subsampling. */
function jpeg(): Uint8Array {
  const data = Buffer.alloc(16 * 16 * 4, 255);
  for (let k = 0; k < 256; k++) data.set(COLOUR, 4 * k);
  return new Uint8Array(encode({ width: 16, height: 16, data }, 100).data);
}

const isMarker = (marker: number) => (byte: number, at: number, all: Uint8Array) =>
  byte === 0xff && all[at + 1] === marker;
/** Where a marker is. */
const find = (bytes: Uint8Array, marker: number) => bytes.findIndex(isMarker(marker));
const segment = (marker: number, content: Uint8Array) =>
  Buffer.concat([Uint8Array.of(0xff, marker), words(content.length + 2), content]);
const adobe = (transform: number) =>
  segment(0xee, Uint8Array.from([...Buffer.from("Adobe"), 0, 100, 0, 0, 0, 0, transform]));

/** The file with other bytes in place of `length` at `at`. */
function replaced(bytes: Uint8Array, at: number, length: number, other: Uint8Array): Uint8Array {
  return new Uint8Array(Buffer.concat([bytes.subarray(0, at), other, bytes.subarray(at + length)]));
}

/** Without the mark of JFIF, with these bytes in its place. */
function withoutJfif(bytes: Uint8Array, other: Uint8Array = new Uint8Array(0)): Uint8Array {
  return replaced(bytes, find(bytes, 0xe0), 18, other);
}

/** With other names for its components, in the frame and in the scan. */
function named(bytes: Uint8Array, names: string): Uint8Array {
  const copy = Uint8Array.from(bytes);
  const [frame, scan] = [find(copy, 0xc0), find(copy, 0xda)];
  [...names].forEach((name, k) => {
    copy[frame + 10 + 3 * k] = name.charCodeAt(0);
    copy[scan + 5 + 2 * k] = name.charCodeAt(0);
  });
  return copy;
}

describe("D18: which colours the three components of a JPEG are", () => {
  test.each<[string, Uint8Array, readonly number[]]>([
    ["JFIF: luminance and chroma", jpeg(), COLOUR],
    ["JFIF, whatever Adobe says", replaced(jpeg(), find(jpeg(), 0xdb), 0, adobe(0)), COLOUR],
    ["JFIF, whatever they are called", named(jpeg(), "RGB"), COLOUR],
    ["Adobe's transform 1: luminance and chroma", withoutJfif(jpeg(), adobe(1)), COLOUR],
    ["Adobe's transform 0: as they are", withoutJfif(jpeg(), adobe(0)), AS_LUMINANCE],
    ["called R, G and B: as they are", named(withoutJfif(jpeg()), "RGB"), AS_LUMINANCE],
    ["called something else: luminance and chroma", named(withoutJfif(jpeg()), "123"), COLOUR],
  ])("%s", (_, bytes, expected) => {
    const { channels, data } = decode(bytes);
    expect(channels).toBe(3);
    for (let k = 0; k < data.length; k++)
      expect(Math.abs(data[k]! - expected[k % 3]!)).toBeLessThanOrEqual(1);
  });

  test("an orientation in EXIF data is not followed", () => {
    // One entry, orientation 6: turn by a quarter.
    const tiff = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 1, 18, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0];
    const exif = segment(0xe1, Uint8Array.from([...Buffer.from("Exif\0\0"), ...tiff]));
    const turned = replaced(jpeg(), 2, 0, exif);
    expect(decode(turned)).toEqual({ ...decode(jpeg()), isTurned: true });
    const folder = folderWith({ "a.jpg": jpeg(), "b.jpg": turned });
    expect(load({ file: folder }).warnings).toEqual([
      expect.stringMatching(/: 1 of 2 images, such as b\.jpg, are shown turned or mirrored by viewers/),
    ]);
    expect(load({ file: folderWith({ "a.jpg": jpeg() }) }).warnings).toBeUndefined();
    // Cut within its directory, or of another kind: nothing is said of it.
    for (const length of [4, 10, 20, 27]) {
      const cut = segment(0xe1, exif.subarray(4, 4 + length));
      expect(decode(replaced(jpeg(), 2, 0, cut)).isTurned, `${length} bytes`).toBe(false);
    }
  });
});

describe("what would be another picture is refused", () => {
  const frame = find(jpeg(), 0xc0);
  const patched = (...changes: (readonly [at: number, byte: number])[]) => {
    const copy = jpeg();
    for (const [at, byte] of changes) copy[at] = byte;
    return copy;
  };

  test.each<[string, Uint8Array, RegExp]>([
    [
      "arithmetic codes",
      patched([frame + 1, 0xc9]),
      /it is coded arithmetically\)\. Save it again as PNG or as baseline JPEG/,
    ],
    ["lossless", patched([frame + 1, 0xc3]), /it is lossless/],
    ["12 bits", patched([frame + 4, 12]), /its samples have 12 bits/],
    ["four inks", patched([frame + 9, 4]), /four printing inks/],
    ["two components", patched([frame + 9, 2]), /it has 2 components/],
    ["uneven grids", patched([frame + 11, 0x31], [frame + 14, 0x21]), /grids that do not fit/],
    ["two components of a name", patched([frame + 13, 1]), /have one name/],
    ["no size", patched([frame + 5, 0], [frame + 6, 0]), /its size is 0 x 16/],
  ])("%s", (_, bytes, line) => expect(refusal(() => decode(bytes))).toMatch(line));

  test("too many pixels, before memory is taken", () => {
    const held = process.memoryUsage().arrayBuffers;
    const large = patched([frame + 5, 0xff], [frame + 6, 0xdc], [frame + 7, 0xff], [frame + 8, 0xdc]);
    expect(refusal(() => decode(large))).toMatch(
      /it has 65500 x 65500 pixels, and at most 26,214,400 are read/,
    );
    expect(process.memoryUsage().arrayBuffers - held).toBeLessThan(1e6);
  });

  test("cut at any byte, with or without an end put behind it", () => {
    const whole = jpeg();
    for (let length = 4; length < whole.length - 2; length++) {
      expect(refusal(() => decode(whole.slice(0, length)))).toMatch(/cannot be decoded/);
    }
    // The last byte of the scan is padding in part; before it something is missing.
    for (let length = find(whole, 0xda) + 14; length < whole.length - 4; length++) {
      const ended = replaced(whole, length, whole.length - length, Uint8Array.of(0xff, 0xd9));
      expect(refusal(() => decode(ended))).toMatch(/cannot be decoded/);
    }
  });

  test("a restart interval whose markers are missing, and more scans than any picture has", () => {
    const restarting = replaced(jpeg(), find(jpeg(), 0xda), 0, segment(0xdd, words(1)));
    expect(refusal(() => decode(restarting))).toMatch(/a scan has 0 restart markers instead of 3/);
    const start = find(jpeg(), 0xda);
    const scan = jpeg().slice(start, -2);
    const many = replaced(jpeg(), start, 0, new Uint8Array(Buffer.concat(new Array(64).fill(scan))));
    expect(refusal(() => decode(many))).toMatch(/more than 64 scans/);
  });
});
