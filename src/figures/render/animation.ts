/** From an animation to a file that moves, in Node: every frame is drawn as a figure is. */
import { writeFileAtomic } from "../../files/atomic.js";
import type { Animation } from "../figure.js";
import type { ThemeName } from "../theme.js";
import { apng } from "./apng.js";
import type { Raster } from "./png.js";
import { renderSvg } from "./svg.js";

/** Formats in which a picture can move, also their extensions. */
export const ANIMATION_FORMATS = ["apng", "gif"] as const;
export type AnimationFormat = (typeof ANIMATION_FORMATS)[number];

export interface AnimationOptions {
  /** Default `light`. */
  readonly theme?: ThemeName;
  /** Pixels for each unit of the figure. Default 2 in an animated PNG, 1 in a GIF. */
  readonly pixelsPerUnit?: number;
  /** Told after each frame. */
  readonly onFrame?: (done: number, of: number) => void;
}

/** Takes frames one after the other, in the form in which they cost least, and makes a file of them. */
interface Encoder {
  add(frame: Raster): void;
  /** The file, each frame shown for so many milliseconds; repeated for ever. */
  finish(milliseconds: number): Promise<Uint8Array>;
}

interface Format {
  readonly pixelsPerUnit: number;
  readonly encoder: () => Encoder;
}

const FORMATS: Record<AnimationFormat, Format> = {
  /** Every colour as drawn. */
  apng: {
    pixelsPerUnit: 2,
    encoder() {
      const files: Uint8Array[] = [];
      return {
        add: (frame) => files.push(frame.asPng()),
        finish: async (milliseconds) => apng(files, milliseconds),
      };
    },
  },
  /**
   * At most 255 colours in all, for mail and slides that know no other moving picture; at two pixels a unit it would
   * take four times as long.
   */
  gif: {
    pixelsPerUnit: 1,
    encoder() {
      const frames: { width: number; height: number; data: Uint8ClampedArray<ArrayBuffer> }[] = [];
      return {
        add: ({ width, height, pixels }) =>
          frames.push({ width, height, data: new Uint8ClampedArray(pixels) }),
        async finish(delay) {
          const { encode } = await import("modern-gif");
          const [{ width, height }] = frames;
          const shown = frames.map(({ data }) => ({ data, delay }));
          return new Uint8Array(await encode({ width, height, frames: shown }));
        },
      };
    },
  },
};

/**
 * Draws an animation as the bytes of a file.
 * @throws Error when its frames differ in size.
 */
export async function renderAnimation(
  { frames, framesPerSecond, name }: Animation,
  format: AnimationFormat,
  options: AnimationOptions = {},
): Promise<Uint8Array> {
  const { theme = "light", pixelsPerUnit = FORMATS[format].pixelsPerUnit, onFrame } = options;
  const { rasterise } = await import("./png.js");
  const encoder = FORMATS[format].encoder();
  let size: string | undefined;
  for (const [index, frame] of frames.entries()) {
    const raster = rasterise(await renderSvg(frame, { theme }), pixelsPerUnit);
    size ??= sizeOf(raster);
    if (sizeOf(raster) !== size) {
      throw new Error(`frame ${index} of ${name} is of another size than the first`);
    }
    encoder.add(raster);
    onFrame?.(index + 1, frames.length);
  }
  return encoder.finish(1000 / framesPerSecond);
}

function sizeOf({ width, height }: Raster): string {
  return `${width} x ${height}`;
}

/**
 * Draws an animation into a file; all of it is there or nothing.
 * @throws UserError when the file cannot be written.
 */
export async function writeAnimation(
  path: string,
  animation: Animation,
  format: AnimationFormat,
  options: AnimationOptions = {},
): Promise<void> {
  writeFileAtomic(path, await renderAnimation(animation, format, options));
}
