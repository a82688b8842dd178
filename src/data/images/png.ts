import { convertIndexedToRgb, type DecodedPng, decode } from "fast-png";
import type { Picture } from "./picture.js";

/** Where the header says whether the image is interlaced. */
const INTERLACE_BYTE = 28;

/**
 * Decodes a PNG image to bytes (rule D18): fewer bits are spread over 0 to 255, 16 bits rounded to 8, palettes looked up, and
 * what is transparent lies on white.
 * @throws Error for a truncated or damaged image, and an interlaced one of fewer than 8 bits.
 */
export function decodePng(bytes: Uint8Array): Picture {
  const png = decode(bytes, { checkCrc: true });
  // The decoder takes a pixel of an interlaced image for at least a byte.
  if (png.depth < 8 && bytes[INTERLACE_BYTE] !== 0)
    throw new Error("interlaced, with fewer than 8 bits a pixel");
  const { height, width, palette } = png;
  const parts = palette ? palette[0]!.length : png.channels;
  const samples = palette ? convertIndexedToRgb(png) : samplesOf(png);
  if (parts === 1 || parts === 3) return { height, width, channels: parts, data: samples };
  const channels = parts === 2 ? 1 : 3;
  return { height, width, channels, data: onWhite(samples, channels) };
}

/** The samples as bytes, 0 to 255. */
function samplesOf({ data, depth, height, width, channels }: DecodedPng): Uint8Array {
  if (depth === 8) return new Uint8Array(data);
  if (depth === 16) return Uint8Array.from(data, (sample) => Math.round(sample / 257));
  const perRow = width * channels;
  const rowBytes = Math.ceil((perRow * depth) / 8);
  const greatest = 2 ** depth - 1;
  const out = new Uint8Array(height * perRow);
  for (let row = 0; row < height; row++) {
    for (let k = 0; k < perRow; k++) {
      const bit = k * depth;
      const byte = data[row * rowBytes + (bit >> 3)];
      out[row * perRow + k] = (((byte >> (8 - depth - (bit & 7))) & greatest) * 255) / greatest;
    }
  }
  return out;
}

/** Colours that are followed by their opacity, without it, as they look on white. */
function onWhite(samples: Uint8Array, channels: 1 | 3): Uint8Array {
  const pixels = samples.length / (channels + 1);
  const out = new Uint8Array(pixels * channels);
  for (let k = 0; k < pixels; k++) {
    const start = k * (channels + 1);
    const opacity = samples[start + channels];
    for (let c = 0; c < channels; c++) {
      out[k * channels + c] = Math.round((samples[start + c] * opacity + 255 * (255 - opacity)) / 255);
    }
  }
  return out;
}
