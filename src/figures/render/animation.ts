/** From an animation to a file that moves, in Node: every frame is drawn as a figure is. */
import { writeFileAtomic } from "../../files/atomic.js";
import type { Animation, AnimationFormat } from "../animation.js";
import type { ThemeName } from "../theme.js";
import { apng } from "./apng.js";
import type { Raster } from "./png.js";
import { renderSvg } from "./svg.js";

export interface AnimationOptions {
  /** Default `light`. */
  readonly theme?: ThemeName;
  /** Pixels for each unit of the figure. Default 2. */
  readonly pixelsPerUnit?: number;
  /** Told after each frame. */
  readonly onFrame?: (done: number, of: number) => void;
}

const PIXELS_PER_UNIT = 2;

/** What a format makes of frames of pixels, each shown for so many milliseconds; repeated for ever. */
type Encoder = (frames: readonly Raster[], milliseconds: number) => Promise<Uint8Array>;

const ENCODERS = {
  /** Every colour as drawn. */
  apng: async (frames, milliseconds) =>
    apng(
      frames.map((frame) => frame.asPng()),
      milliseconds,
    ),
  /** At most 255 colours in all, for mail and slides that know no other moving picture. */
  gif: async (frames, milliseconds) => {
    const { encode } = await import("modern-gif");
    const [{ width, height }] = frames;
    return new Uint8Array(
      await encode({
        width,
        height,
        frames: frames.map(({ pixels }) => ({ data: new Uint8ClampedArray(pixels), delay: milliseconds })),
      }),
    );
  },
} satisfies Record<AnimationFormat, Encoder>;

/**
 * Draws an animation as the bytes of a file.
 * @throws Error when its frames differ in size.
 */
export async function renderAnimation(
  { frames, framesPerSecond, name }: Animation,
  format: AnimationFormat,
  { theme = "light", pixelsPerUnit = PIXELS_PER_UNIT, onFrame }: AnimationOptions = {},
): Promise<Uint8Array> {
  const { rasterise } = await import("./png.js");
  const drawn: Raster[] = [];
  for (const frame of frames) {
    const raster = rasterise(await renderSvg(frame, { theme }), pixelsPerUnit);
    const { width, height } = drawn[0] ?? raster;
    if (raster.width !== width || raster.height !== height) {
      throw new Error(`frame ${drawn.length} of ${name} is of another size than the first`);
    }
    drawn.push(raster);
    onFrame?.(drawn.length, frames.length);
  }
  return ENCODERS[format](drawn, 1000 / framesPerSecond);
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
