import { assertPictureSize, type Picture, PictureError } from "./picture.js";
import { COLOUR_TYPES, type PngHeader, type PngParts, pngParts } from "./png-chunks.js";
import { pngRows } from "./png-rows.js";

/** Rounded to bytes, samples below this have 64 greys at most: such files are of 12 bits or fewer in 16. */
const DARK_16 = 2 ** 14;
const WHITE = 255;
const SAMPLES: Readonly<Record<number, number>> = {
  [COLOUR_TYPES.grey]: 1,
  [COLOUR_TYPES.rgb]: 3,
  [COLOUR_TYPES.palette]: 1,
  [COLOUR_TYPES.greyAndOpacity]: 2,
  [COLOUR_TYPES.rgbAndOpacity]: 4,
};

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
  const { width, height, depth, colourType } = header;
  assertPictureSize(height, width);
  const perPixel = SAMPLES[colourType]!;
  const channels = colourType === COLOUR_TYPES.grey || colourType === COLOUR_TYPES.greyAndOpacity ? 1 : 3;
  const data = new Uint8Array(height * width * channels);
  const write = writerOf(parts, data);
  const reach = new Depth16();
  for (const { bytes: row, pixels, start, step } of pngRows(parts.packed, header, perPixel * depth, where)) {
    const samples = samplesOf(row, pixels * perPixel, depth);
    write(samples, pixels, start, step);
    // Opacities say nothing of how bright the colours are.
    if (depth === 16 && perPixel === channels) reach.add(samples);
  }
  reach.assertBright();
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

/** Writes the pixels of a row to their places: `start` that of the first, counted row by row, `step` to the next. */
type WriteRow = (samples: ArrayLike<number>, pixels: number, start: number, step: number) => void;

function writerOf({ header, palette, transparency }: PngParts, data: Uint8Array): WriteRow {
  const { colourType, depth } = header;
  if (colourType === COLOUR_TYPES.palette) return paletteWriter(palette, transparency, data);
  const maximum = 2 ** depth - 1;
  const byteOf = Uint8Array.from({ length: maximum + 1 }, (_, sample) =>
    Math.round((255 * sample) / maximum),
  );
  if (colourType === COLOUR_TYPES.greyAndOpacity) return opacityWriter(byteOf, 1, data);
  if (colourType === COLOUR_TYPES.rgbAndOpacity) return opacityWriter(byteOf, 3, data);
  const channels = colourType === COLOUR_TYPES.rgb ? 3 : 1;
  const clear = transparentSamples(header, transparency, channels);
  return (samples, pixels, start, step) => {
    for (
      let k = 0, from = 0, to = start * channels;
      k < pixels;
      k++, from += channels, to += step * channels
    ) {
      const isClear = clear?.every((value, c) => value === samples[from + c]);
      for (let c = 0; c < channels; c++) data[to + c] = isClear ? WHITE : byteOf[samples[from + c]!]!;
    }
  };
}

function opacityWriter(byteOf: Uint8Array, channels: 1 | 3, data: Uint8Array): WriteRow {
  return (samples, pixels, start, step) => {
    for (
      let k = 0, from = 0, to = start * channels;
      k < pixels;
      k++, from += channels + 1, to += step * channels
    ) {
      const opacity = byteOf[samples[from + channels]!]!;
      for (let c = 0; c < channels; c++) data[to + c] = onWhite(byteOf[samples[from + c]!]!, opacity);
    }
  };
}

function onWhite(value: number, opacity: number): number {
  return Math.round((value * opacity + WHITE * (255 - opacity)) / 255);
}

/** The one grey or colour that is transparent, as samples; undefined where there is none. */
function transparentSamples(
  { depth }: PngHeader,
  transparency: Uint8Array | undefined,
  channels: number,
): number[] | undefined {
  if (!transparency) return undefined;
  if (transparency.length !== 2 * channels) throw new Error("its transparent colour is damaged");
  // Bits beyond those of a sample do not count.
  return Array.from(
    { length: channels },
    (_, c) => (transparency[2 * c]! * 256 + transparency[2 * c + 1]!) & (2 ** depth - 1),
  );
}

function paletteWriter(
  palette: Uint8Array | undefined,
  transparency: Uint8Array | undefined,
  data: Uint8Array,
): WriteRow {
  if (!palette) throw new Error("its palette is missing");
  const colours = palette.length / 3;
  if (transparency && transparency.length > colours) throw new Error("it has more opacities than colours");
  const seen = palette.map((value, k) => onWhite(value, transparency?.[Math.floor(k / 3)] ?? 255));
  return (samples, pixels, start, step) => {
    for (let k = 0, to = 3 * start; k < pixels; k++, to += 3 * step) {
      const colour = samples[k]!;
      if (colour >= colours) throw new Error(`a pixel has the colour ${colour} of a palette of ${colours}`);
      for (let c = 0; c < 3; c++) data[to + c] = seen[3 * colour + c]!;
    }
  };
}

/** How far the samples of 16 bits of an image reach. */
class Depth16 {
  #greatest = 0;
  /** Whether all are bytes times 257: nothing is lost. */
  #exact = true;

  add(samples: ArrayLike<number>): void {
    for (let k = 0; k < samples.length; k++) {
      const sample = samples[k]!;
      if (sample > this.#greatest) this.#greatest = sample;
      this.#exact &&= sample % 257 === 0;
    }
  }

  /** @throws PictureError where rounding to bytes would leave few greys. */
  assertBright(): void {
    if (this.#exact || this.#greatest >= DARK_16) return;
    throw new PictureError(
      `its samples of 16 bits reach ${this.#greatest} of 65535, and rounded to 8 bits few greys would be left`,
      "Stretch the values of all images to 0 to 65535, or give an .npy array of values from 0 to 1",
    );
  }
}
