import { assertPictureSize, type Picture, PictureError } from "./picture.js";
import { type PngHeader, type PngParts, pngParts } from "./png-chunks.js";
import { pngRows } from "./png-rows.js";

/** Rounded to bytes, samples below this have 64 greys at most: such files are of 12 bits or fewer in 16. */
const DARK_16 = 2 ** 14;
const WHITE = 255;

/**
 * Decodes a PNG image to bytes (rule D18): fewer bits are spread over 0 to 255, 16 bits rounded to 8, palettes looked up, and
 * what is transparent lies on white. Gamma and colour profiles are skipped.
 * @param where how messages call the file.
 * @throws Error for a truncated or damaged image, one of too many pixels, an animation, and samples of 16 bits that would lose
 * nearly all when rounded.
 */
export function decodePng(bytes: Uint8Array, where: string): Picture {
  const parts = pngParts(bytes);
  const { header } = parts;
  const { width, height, depth, colours } = header;
  assertPictureSize(height, width);
  const { samples: perPixel, channels } = colours;
  const data = new Uint8Array(height * width * channels);
  const byteAt = bytesOf(parts);
  let maximum = 0;
  // Whether all samples of 16 bits are bytes times 257: nothing is lost.
  let isExact = true;
  for (const { bytes: row, pixels, start, step } of pngRows(parts.packed, header, where)) {
    const samples = samplesOf(row, pixels * perPixel, depth);
    for (let k = 0; k < pixels; k++) {
      const to = (start + k * step) * channels;
      for (let c = 0; c < channels; c++) data[to + c] = byteAt(samples, k * perPixel, c);
    }
    // Opacities say nothing of how bright the colours are.
    for (let k = 0; depth === 16 && perPixel === channels && k < samples.length; k++) {
      maximum = Math.max(maximum, samples[k]!);
      isExact &&= samples[k]! % 257 === 0;
    }
  }
  if (!isExact && maximum < DARK_16) {
    throw new PictureError(
      `its samples of 16 bits reach ${maximum} of 65535, and rounded to 8 bits few greys would be left`,
      "Stretch the values of all images to 0 to 65535, or give an .npy array of values from 0 to 1",
    );
  }
  return { height, width, channels, data };
}

/** The numbers of a row, as they are in the file. */
function samplesOf(row: Uint8Array, count: number, depth: number): ArrayLike<number> {
  if (depth === 8) return row;
  const samples = new Uint16Array(count);
  if (depth === 16) {
    for (let k = 0; k < count; k++) samples[k] = row[2 * k]! * 256 + row[2 * k + 1]!;
    return samples;
  }
  const mask = 2 ** depth - 1;
  for (let k = 0; k < count; k++) {
    const bit = k * depth;
    samples[k] = (row[bit >> 3]! >> (8 - depth - (bit & 7))) & mask;
  }
  return samples;
}

/** The byte of a channel of the pixel whose samples begin at `from`. */
type ByteAt = (samples: ArrayLike<number>, from: number, channel: number) => number;

function bytesOf({ header, palette, transparency }: PngParts): ByteAt {
  const { colours, depth } = header;
  const { kind, channels } = colours;
  if (kind === "palette") return bytesOfPalette(palette, transparency);
  const maximum = 2 ** depth - 1;
  const byteOf = Uint8Array.from({ length: maximum + 1 }, (_, sample) =>
    Math.round((255 * sample) / maximum),
  );
  if (kind === "grey and opacity" || kind === "rgb and opacity") {
    return (samples, from, c) => onWhite(byteOf[samples[from + c]!]!, byteOf[samples[from + channels]!]!);
  }
  const clear = transparentSamples(header, transparency);
  return (samples, from, c) =>
    clear?.every((value, other) => value === samples[from + other]) ? WHITE : byteOf[samples[from + c]!]!;
}

function onWhite(value: number, opacity: number): number {
  return Math.round((value * opacity + WHITE * (255 - opacity)) / 255);
}

/** The one grey or colour that is transparent, as samples; undefined where there is none. */
function transparentSamples(
  { depth, colours: { channels } }: PngHeader,
  transparency: Uint8Array | undefined,
): number[] | undefined {
  if (!transparency) return undefined;
  if (transparency.length !== 2 * channels) throw new Error("its transparent colour is damaged");
  // Bits beyond those of a sample do not count.
  return Array.from(
    { length: channels },
    (_, c) => (transparency[2 * c]! * 256 + transparency[2 * c + 1]!) & (2 ** depth - 1),
  );
}

function bytesOfPalette(palette: Uint8Array | undefined, transparency: Uint8Array | undefined): ByteAt {
  if (!palette) throw new Error("its palette is missing");
  const colours = palette.length / 3;
  if (transparency && transparency.length > colours) throw new Error("it has more opacities than colours");
  const seen = palette.map((value, k) => onWhite(value, transparency?.[Math.floor(k / 3)] ?? 255));
  return (samples, from, c) => {
    const colour = samples[from]!;
    if (colour >= colours) throw new Error(`a pixel has the colour ${colour} of a palette of ${colours}`);
    return seen[3 * colour + c]!;
  };
}
