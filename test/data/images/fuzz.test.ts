import { join } from "node:path";
import fc from "fast-check";
import { zipSync } from "fflate";
import { encode } from "jpeg-js";
import { describe, expect, test } from "vitest";
import { decodePicture } from "../../../src/data/images/decode.js";
import { loadDataset } from "../../../src/data/sources/index.js";
import { UserError } from "../../../src/errors.js";
import { PhiloxStream } from "../../../src/random/stream.js";
import { folderWith, greyPng } from "../files.js";
import { chunk, pngFile, pngOf, words } from "./png-files.js";

/** What a reader gives, or the one line that it refuses with; any other error is a failure. */
function valueOrLine<Value>(read: () => Value): Value | string {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    expect(error.message).not.toMatch(/[\n\r]/);
    return error.message;
  }
}

/** Decodes a picture: "decoded", or the line. */
function picture(bytes: Uint8Array): string {
  const value = valueOrLine(() => decodePicture(bytes, "a"));
  if (typeof value === "string") return value;
  expect(value.data.length).toBe(value.height * value.width * value.channels);
  return "decoded";
}

/** The bytes with some changed, cut out, doubled or put in, by a stream. */
function mutated(bytes: Uint8Array, stream: PhiloxStream): Uint8Array {
  let out = Uint8Array.from(bytes);
  for (let change = stream.integer(4); change >= 0; change--) {
    const at = stream.integer(out.length);
    const length = 1 + stream.integer(8);
    const [before, after] = [out.subarray(0, at), out.subarray(at)];
    const kind = stream.integer(5);
    if (kind === 0) out = new Uint8Array([...before, ...after.subarray(length)]);
    else if (kind === 1) out = new Uint8Array([...before, ...after.subarray(0, length), ...after]);
    else if (kind === 2) out[at] = [0, 255, 127, 128][stream.integer(4)]!;
    else if (kind === 3) out[at]! ^= 1 << stream.integer(8);
    else out[at] = stream.integer(256);
    if (out.length === 0) return Uint8Array.of(0);
  }
  return out;
}

const jpeg = () => {
  const data = Buffer.from(Uint8Array.from({ length: 24 * 16 * 4 }, (_, k) => (k * 7919) % 256));
  return new Uint8Array(encode({ width: 24, height: 16, data }, 70).data);
};
const png = (colourType: number, depth: number, interlaced: boolean) => {
  const perPixel = [1, 0, 3, 1, 2, 0, 4][colourType]!;
  const samples = Array.from({ length: 9 * 5 * perPixel }, (_, k) => (k * 7919) % 2 ** depth);
  const before =
    colourType === 3
      ? [
          chunk(
            "PLTE",
            Uint8Array.from({ length: 3 * 2 ** depth }, (_, k) => k),
          ),
        ]
      : [];
  return pngOf({
    height: 5,
    width: 9,
    depth,
    colourType,
    samples,
    interlaced,
    before,
    filters: [4, 3, 2, 1],
  });
};

describe("any bytes are a picture or are refused in one line", () => {
  test("PNG, with bytes changed anywhere", () => {
    const files = [png(0, 1, true), png(2, 16, false), png(3, 4, false), png(4, 8, true), png(6, 8, false)];
    const stream = new PhiloxStream(0, "fuzz png");
    for (let k = 0; k < 1500; k++) picture(mutated(files[k % files.length]!, stream));
  });

  test("PNG, with chunks of any content whose checksums fit", () => {
    const stream = new PhiloxStream(1, "fuzz png");
    const types = ["PLTE", "tRNS", "IDAT", "acTL", "iCCP", "zTXt", "gAMA", "IHDR", "XYZW"];
    let decoded = 0;
    for (let k = 0; k < 1500; k++) {
      const base = files(stream);
      const parts = Array.from({ length: stream.integer(4) }, () => {
        const content = Uint8Array.from({ length: stream.integer(40) }, () => stream.integer(256));
        return chunk(types[stream.integer(types.length)]!, content);
      });
      const at = 33;
      const bytes = new Uint8Array(Buffer.concat([base.subarray(0, at), ...parts, base.subarray(at)]));
      if (picture(bytes) === "decoded") decoded += 1;
    }
    // Some parts may be passed over; most may not.
    expect(decoded).toBeGreaterThan(150);
    expect(decoded).toBeLessThan(1200);
  });

  /** A file whose header says anything. */
  function files(stream: PhiloxStream): Uint8Array {
    if (stream.integer(2) === 0) return png(2, 8, false);
    const depth = [1, 2, 4, 8, 16, 3][stream.integer(6)]!;
    const side = () => 2 ** stream.integer(32);
    const header = {
      height: side(),
      width: side(),
      depth,
      colourType: stream.integer(7),
      interlaced: stream.integer(2) === 1,
    };
    return pngFile(header, [chunk("IDAT", words(0x789c, stream.integer(65_536)))]);
  }

  test("JPEG, with bytes changed anywhere, and with any header", () => {
    const whole = jpeg();
    const frame = whole.findIndex((byte, at) => byte === 0xff && whole[at + 1] === 0xc0);
    const stream = new PhiloxStream(2, "fuzz jpeg");
    for (let k = 0; k < 1500; k++) {
      const bytes = mutated(whole, stream);
      if (k % 2 === 0) {
        for (let change = 0; change < 3; change++) bytes[frame + stream.integer(19)] = stream.integer(256);
      }
      picture(bytes);
    }
  });

  test("bytes that only begin as a picture", () => {
    fc.assert(
      fc.property(
        fc.constantFrom([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10], [0xff, 0xd8, 0xff]),
        fc.uint8Array({ maxLength: 200 }),
        (head, tail) => {
          expect(picture(Uint8Array.from([...head, ...tail]))).toMatch(/^a: /);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("any folder or archive is a set of images or is refused in one line", () => {
  const name = fc.constantFrom(
    "a.png",
    "b.jpg",
    "labels.csv",
    "labels.tsv",
    "notes.txt",
    ".hidden",
    "Thumbs.db",
    "__MACOSX",
    "__proto__",
    "constructor.png",
    "ü ñ.png",
    "x y",
    "a\u001b[31m.png",
    "sub",
    "0",
    "1.PNG",
  );
  const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => parts.join("/"));
  const content = fc.oneof(
    fc.constant(greyPng(2, 2, 7)),
    fc.constant(greyPng(2, 3, 7)),
    fc.constant(new Uint8Array(jpeg())),
    fc.string({ maxLength: 60 }).map((text) => new TextEncoder().encode(text)),
    fc
      .constantFrom("file,k\na.png,1\n", "a.png;x\n", "sub/a.png\t1\n", "\ufefffile,k\n", "0,0\n1,1\n")
      .map((text) => new TextEncoder().encode(text)),
  );
  const files = fc.array(fc.tuple(path, content), { maxLength: 6 });
  const spec = fc.record(
    {
      skipOthers: fc.boolean(),
      labels: fc.integer({ min: 0, max: 2 }),
      size: fc.constant([2, 2] as const),
      channels: fc.integer({ min: 1, max: 3 }),
    },
    { requiredKeys: [] },
  );
  const read = (file: string, options: object) => {
    const value = valueOrLine(() => loadDataset({ file, ...options } as never));
    if (typeof value === "string") return;
    const [height, width, channels] = value.imageShape;
    expect(value.images.length).toBe(value.count * height * width * channels);
    expect(value.labels?.length ?? 0).toBe(value.count * value.labelNames.length);
  };

  test("folders", () => {
    fc.assert(
      fc.property(files, spec, (entries, options) => {
        // A file in the way of a folder is none of the reader's.
        const own = entries.filter(
          ([one]) =>
            !entries.some(
              ([other]) => other !== one && (other.startsWith(`${one}/`) || one.startsWith(`${other}/`)),
            ),
        );
        read(folderWith(Object.fromEntries(own)), options);
      }),
      { numRuns: 150 },
    );
  });

  test("archives, whole and with bytes changed", () => {
    const stream = new PhiloxStream(3, "fuzz zip");
    fc.assert(
      fc.property(files, spec, fc.boolean(), (entries, options, isWhole) => {
        const packed = zipSync(Object.fromEntries(entries.filter(([one]) => !one.startsWith("__proto__"))));
        const archive = folderWith({ "a.zip": isWhole ? packed : mutated(packed, stream) });
        read(join(archive, "a.zip"), options);
      }),
      { numRuns: 200 },
    );
  });
});
