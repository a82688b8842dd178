/** From the components of a JPEG to colours, number by number as libjpeg does it by default. Source: ITU-T T.871 (colours), libjpeg's documentation of its upsampling. */

/** A component on a coarser grid than the image: number of pixels that each of its samples stands for. */
export interface Grid {
  readonly across: number;
  readonly down: number;
}

/** One component as it is in the file. */
interface Plane extends Grid {
  readonly width: number;
  readonly height: number;
  readonly samples: Uint8Array;
}

/**
 * Makes pixels of components, in place: samples of a coarser grid are interpolated (weights 3/4 and 1/4 along each axis on which there
 * is one for two pixels), and luminance and chroma become red, green and blue.
 * @param data three numbers a pixel, in which each sample of a coarser grid is repeated for its pixels.
 * @param isLuminance whether they are luminance and chroma; else they are the colours.
 */
export function toColours(
  data: Uint8Array,
  [height, width]: readonly [height: number, width: number],
  grids: readonly Grid[],
  isLuminance: boolean,
): void {
  const planes = grids.map((grid, c) =>
    grid.across * grid.down > 1 ? planeOf(data, height, width, grid, c) : undefined,
  );
  const row = new Uint8Array(width);
  for (let y = 0; y < height; y++) {
    const start = 3 * y * width;
    planes.forEach((plane, c) => {
      if (!plane) return;
      interpolate(plane, y, row);
      for (let x = 0; x < width; x++) data[start + 3 * x + c] = row[x]!;
    });
    if (isLuminance) rowToRgb(data, start, width);
  }
}

/** The samples of a component, each once. */
function planeOf(data: Uint8Array, height: number, width: number, grid: Grid, component: number): Plane {
  const plane = { ...grid, width: Math.ceil(width / grid.across), height: Math.ceil(height / grid.down) };
  const samples = new Uint8Array(plane.width * plane.height);
  for (let y = 0, k = 0; y < plane.height; y++) {
    const start = 3 * y * grid.down * width + component;
    for (let x = 0; x < plane.width; x++) samples[k++] = data[start + 3 * x * grid.across]!;
  }
  return { ...plane, samples };
}

/** A row of pixels of a component. Grids of more than two pixels a sample, and very narrow ones, are repeated. */
function interpolate({ across, down, width, height, samples }: Plane, y: number, row: Uint8Array): void {
  const near = Math.floor(y / down);
  const isSmooth = across <= 2 && down <= 2 && (across === 1 || width > 2);
  const far =
    isSmooth && down === 2 ? Math.min(height - 1, Math.max(0, near + (y % 2 === 0 ? -1 : 1))) : near;
  const [a, b] = [near * width, far * width];
  if (!isSmooth) {
    for (let x = 0; x < row.length; x++) row[x] = samples[a + Math.floor(x / across)]!;
    return;
  }
  // Rounded down or up in turn, so that no half is lost on average.
  const isOdd = (place: number) => place % 2 === 1;
  if (across === 1) {
    const half = isOdd(y) ? 2 : 1;
    for (let x = 0; x < row.length; x++) row[x] = (3 * samples[a + x]! + samples[b + x]! + half) >> 2;
    return;
  }
  const [even, odd, shift] = down === 2 ? [8, 7, 4] : [1, 2, 2];
  const sum = (x: number) => (down === 2 ? 3 * samples[a + x]! + samples[b + x]! : samples[a + x]!);
  for (let x = 0; x < row.length; x++) {
    const k = x >> 1;
    const next = isOdd(x) ? Math.min(width - 1, k + 1) : Math.max(0, k - 1);
    row[x] = (3 * sum(k) + sum(next) + (isOdd(x) ? odd : even)) >> shift;
  }
}

/** Luminance and chroma to red, green and blue, in whole numbers of 2^-16, in a row. */
function rowToRgb(data: Uint8Array, start: number, width: number): void {
  for (let at = start; at < start + 3 * width; at += 3) {
    const [luminance, blue, red] = [data[at]!, data[at + 1]! - 128, data[at + 2]! - 128];
    data[at] = clamp(luminance + ((91_881 * red + 32_768) >> 16));
    data[at + 1] = clamp(luminance + ((-22_554 * blue - 46_802 * red + 32_768) >> 16));
    data[at + 2] = clamp(luminance + ((116_130 * blue + 32_768) >> 16));
  }
}

function clamp(value: number): number {
  return value < 0 ? 0 : value > 255 ? 255 : value;
}
