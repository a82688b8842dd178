/** PNG files of any kind, made by hand after the specification, so that a reader of the project's own is checked by an encoder apart from it. */
import { crc32, deflateSync } from "node:zlib";

export interface PngSamples {
  readonly height: number;
  readonly width: number;
  readonly depth: number;
  /** 0 grey, 2 colour, 3 palette, 4 grey with opacity, 6 colour with opacity. */
  readonly colourType: number;
  /** height * width * samples of a pixel. */
  readonly samples: readonly number[];
  readonly interlaced?: boolean;
  /** Of the row k of a pass the filter k % length; none by default. */
  readonly filters?: readonly number[];
  /** Chunks before the pixels. */
  readonly before?: readonly Uint8Array[];
}

const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;
export const SAMPLES_OF: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** A part of a PNG file. */
export function chunk(type: string, content: Uint8Array): Uint8Array {
  const body = Buffer.concat([Buffer.from(type), content]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(content.length, 0);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}

/** Big-endian 16 bits each. */
export function words(...values: readonly number[]): Uint8Array {
  return Uint8Array.from(values.flatMap((value) => [value >> 8, value & 255]));
}

/** A file of parts, with its signature, header and end. @param parts those between header and end. */
export function pngFile(
  header: Pick<PngSamples, "height" | "width" | "depth" | "colourType" | "interlaced">,
  parts: readonly Uint8Array[],
): Uint8Array {
  const { height, width, depth, colourType, interlaced = false } = header;
  const content = Buffer.alloc(13);
  content.writeUInt32BE(width, 0);
  content.writeUInt32BE(height, 4);
  content.set([depth, colourType, 0, 0, Number(interlaced)], 8);
  return new Uint8Array(
    Buffer.concat([
      Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
      chunk("IHDR", content),
      ...parts,
      chunk("IEND", new Uint8Array(0)),
    ]),
  );
}

export function pngOf(image: PngSamples): Uint8Array {
  const { height, width, depth, colourType, samples, interlaced = false, filters = [0], before = [] } = image;
  const perPixel = SAMPLES_OF[colourType]!;
  const raw: number[] = [];
  for (const [x, y, dx, dy] of interlaced ? ADAM7 : ([[0, 0, 1, 1]] as const)) {
    if (x >= width) continue;
    let above: number[] | undefined;
    for (let row = y, k = 0; row < height; row += dy, k++) {
      const values: number[] = [];
      for (let column = x; column < width; column += dx) {
        const start = (row * width + column) * perPixel;
        values.push(...samples.slice(start, start + perPixel));
      }
      const bytes = packed(values, depth);
      const filter = filters[k % filters.length]!;
      raw.push(
        filter,
        ...filtered(bytes, above ?? bytes.map(() => 0), filter, Math.max(1, (perPixel * depth) / 8)),
      );
      above = bytes;
    }
  }
  return pngFile(image, [...before, chunk("IDAT", deflateSync(Uint8Array.from(raw)))]);
}

function packed(values: readonly number[], depth: number): number[] {
  const bits = values.map((value) => value.toString(2).padStart(depth, "0")).join("");
  return Array.from({ length: Math.ceil(bits.length / 8) }, (_, k) =>
    Number.parseInt(bits.slice(8 * k, 8 * k + 8).padEnd(8, "0"), 2),
  );
}

function filtered(row: readonly number[], above: readonly number[], filter: number, step: number): number[] {
  return row.map((value, i) => {
    const left = row[i - step] ?? 0;
    const up = above[i]!;
    const corner = i < step ? 0 : above[i - step]!;
    const estimate = left + up - corner;
    const byNearness = [left, up, corner].sort((a, b) => Math.abs(estimate - a) - Math.abs(estimate - b));
    const predicted = [0, left, up, (left + up) >> 1, byNearness[0]!][filter]!;
    return (value - predicted) & 255;
  });
}
