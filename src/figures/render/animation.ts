/** From an animation to a file that moves, in Node: every frame is drawn as a figure is. */
import { writeFileAtomic } from "../../files/atomic.js";
import type { Animation } from "../figure.js";
import type { ThemeName } from "../theme.js";
import { apng } from "./apng.js";
import type { Raster } from "./png.js";
import { renderSvg } from "./svg.js";

/** Formats in which a picture can move, also their extensions. */
export const ANIMATION_FORMATS = ["apng", "gif"] as const;
/** Name of a format in which a picture can move: an animated PNG, or a GIF of at most 255 colours. */
export type AnimationFormat = (typeof ANIMATION_FORMATS)[number];

/** How an animation is drawn. */
export interface AnimationOptions {
  /** Default `light`. */
  readonly theme?: ThemeName;
  /** Pixels for each unit of the figure. Default 2 in an animated PNG, 1 in a GIF. */
  readonly pixelsPerUnit?: number;
  /** Called after each frame. */
  readonly onFrame?: (done: number, of: number) => void;
}

/** How a format keeps frames, each in the form in which it costs least, and makes a file of them that repeats for ever. */
interface Format {
  readonly pixelsPerUnit: number;
  readonly keep: (frame: Raster) => Uint8Array;
  /** Each frame is shown for this many milliseconds. */
  readonly join: (frames: readonly Uint8Array[], delay: number, size: Size) => Promise<Uint8Array>;
}

type Size = Pick<Raster, "width" | "height">;

const FORMATS: Record<AnimationFormat, Format> = {
  /** Every colour as drawn. */
  apng: {
    pixelsPerUnit: 2,
    keep: (frame) => frame.asPng(),
    join: async (frames, delay) => apng(frames, delay),
  },
  /**
   * At most 255 colours in all, for mail and slides that show no other moving picture; at two pixels a unit it would
   * take four times as long.
   */
  gif: {
    pixelsPerUnit: 1,
    keep: ({ pixels }) => new Uint8Array(pixels),
    async join(frames, delay, size) {
      const { encode } = await import("modern-gif");
      const shown = frames.map((pixels) => ({ data: new Uint8ClampedArray(pixels), delay }));
      return new Uint8Array(await encode({ ...size, frames: shown }));
    },
  },
};

/**
 * Draws an animation as the bytes of a file: an animated PNG, or a GIF of at most 255 colours.
 * @param animation frames of one size.
 * @param format what kind of file.
 * @param options how it is drawn.
 * @throws Error when its frames differ in size.
 */
export async function renderAnimation(
  { frames, framesPerSecond, name }: Animation,
  format: AnimationFormat,
  options: AnimationOptions = {},
): Promise<Uint8Array> {
  const { keep, join, ...defaults } = FORMATS[format];
  const { theme = "light", pixelsPerUnit = defaults.pixelsPerUnit, onFrame } = options;
  const { rasterise } = await import("./png.js");
  const kept: Uint8Array[] = [];
  let size: Size | undefined;
  for (const [index, frame] of frames.entries()) {
    const raster = rasterise(await renderSvg(frame, { theme }), pixelsPerUnit);
    const { width, height } = raster;
    size ??= { width, height };
    if (size.width !== width || size.height !== height) {
      throw new Error(`frame ${index} of ${name} is of another size than the first`);
    }
    kept.push(keep(raster));
    onFrame?.(index + 1, frames.length);
  }
  return join(kept, 1000 / framesPerSecond, size!);
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
