/** The rows of a PNG image: in which order they come, unpacked from the file. Source: W3C, PNG specification, sections 8 to 10. */
import { inflate } from "../../files/inflate.js";
import type { PngHeader } from "./png-chunks.js";

/** Deflate expands one byte to at most this number of bytes. */
const MAX_EXPANSION = 1032;

/** Some pixels of an image: columns x, x + dx ... and rows y, y + dy ... */
interface Pass {
  readonly x: number;
  readonly y: number;
  readonly dx: number;
  readonly dy: number;
}

const WHOLE: readonly Pass[] = [{ x: 0, y: 0, dx: 1, dy: 1 }];
const ADAM7: readonly Pass[] = [
  { x: 0, y: 0, dx: 8, dy: 8 },
  { x: 4, y: 0, dx: 8, dy: 8 },
  { x: 0, y: 4, dx: 4, dy: 8 },
  { x: 2, y: 0, dx: 4, dy: 4 },
  { x: 0, y: 2, dx: 2, dy: 4 },
  { x: 1, y: 0, dx: 2, dy: 2 },
  { x: 0, y: 1, dx: 1, dy: 2 },
];

/** A row of a pass: its bytes, and where its pixels belong. */
export interface PngRow {
  /** The samples, packed to `depth` bits; a view. */
  readonly bytes: Uint8Array;
  /** Pixels in it. */
  readonly pixels: number;
  /** Place of its first pixel in the image, counted row by row, and the step to the next. */
  readonly start: number;
  readonly step: number;
}

/**
 * Unpacks the rows of an image and undoes their filters.
 * @param packed the stream, in pieces.
 * @param where how messages call the file.
 * @throws Error when the stream is damaged, or unpacks to more or fewer bytes than the size says; never is more unpacked.
 */
export function* pngRows(
  packed: readonly Uint8Array[],
  { width, height, interlaced, depth, colours }: PngHeader,
  where: string,
): Generator<PngRow> {
  const bitsPerPixel = colours.samples * depth;
  const passes = (interlaced ? ADAM7 : WHOLE)
    .map((pass) => ({
      ...pass,
      pixels: Math.max(0, Math.ceil((width - pass.x) / pass.dx)),
      rows: Math.max(0, Math.ceil((height - pass.y) / pass.dy)),
    }))
    .filter(({ pixels, rows }) => pixels > 0 && rows > 0);
  const rowBytes = (pixels: number) => Math.ceil((pixels * bitsPerPixel) / 8);
  const raw = unpack(
    packed,
    passes.reduce((sum, { pixels, rows }) => sum + rows * (1 + rowBytes(pixels)), 0),
    where,
  );
  const step = Math.max(1, bitsPerPixel / 8);
  let at = 0;
  for (const { x, y, dx, dy, pixels, rows } of passes) {
    const length = rowBytes(pixels);
    let above: Uint8Array = new Uint8Array(length);
    for (let row = 0; row < rows; row++) {
      const bytes = raw.subarray(at + 1, at + 1 + length);
      undoFilter(raw[at]!, bytes, above, step);
      yield { bytes, pixels, start: (y + row * dy) * width + x, step: dx };
      above = bytes;
      at += 1 + length;
    }
  }
}

/** Unpacks as many bytes as there must be. */
function unpack(packed: readonly Uint8Array[], length: number, where: string): Uint8Array {
  const bytes = packed.length === 1 ? packed[0]! : Buffer.concat(packed);
  // Before memory is taken for what cannot come.
  if (length > MAX_EXPANSION * bytes.length) throw new Error("pixels are missing");
  const raw = inflate(bytes, "zlib", where, {
    bytes: length,
    because: "which is what its size needs",
    remedy: "It is damaged: copy or download it again",
  });
  if (raw.length < length) throw new Error("pixels are missing");
  return raw;
}

/** Undoes a row's filter in place. @param step bytes from a pixel to the next, at least 1. */
function undoFilter(filter: number, row: Uint8Array, above: Uint8Array, step: number): void {
  switch (filter) {
    case 0:
      return;
    case 1:
      for (let i = step; i < row.length; i++) row[i]! += row[i - step]!;
      return;
    case 2:
      for (let i = 0; i < row.length; i++) row[i]! += above[i]!;
      return;
    case 3:
      for (let i = 0; i < row.length; i++) row[i]! += ((i < step ? 0 : row[i - step]!) + above[i]!) >> 1;
      return;
    case 4:
      for (let i = 0; i < row.length; i++) {
        row[i]! += i < step ? above[i]! : nearestToSum(row[i - step]!, above[i]!, above[i - step]!);
      }
      return;
    default:
      throw new Error(`a row has the filter ${filter}, which does not exist: it is damaged`);
  }
}

/** Paeth's choice: of left, above and the one above left that is nearest to left + above - above left. */
function nearestToSum(left: number, above: number, aboveLeft: number): number {
  const sum = left + above - aboveLeft;
  const [a, b, c] = [Math.abs(sum - left), Math.abs(sum - above), Math.abs(sum - aboveLeft)];
  if (a <= b && a <= c) return left;
  return b <= c ? above : aboveLeft;
}
