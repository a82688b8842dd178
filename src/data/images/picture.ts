/** One decoded image: `height * width * channels` bytes from 0 to 255, row by row, channels last. */
export interface Picture {
  readonly height: number;
  readonly width: number;
  /** 1 for grey, 3 for red, green and blue. */
  readonly channels: 1 | 3;
  readonly data: Uint8Array;
  /** Whether its file says that it is shown turned or mirrored, which is not followed. */
  readonly isTurned?: boolean;
}

/** Why a picture is not decoded, where the file is whole, and what helps. */
export class PictureError extends Error {
  override readonly name = "PictureError";
  readonly remedy: string;

  constructor(what: string, remedy: string) {
    super(what);
    this.remedy = remedy;
  }
}

/** Pixels that a picture may have, 5,120 x 5,120: a JPEG of this size takes 0.9 GB while it is decoded. */
const MAX_PIXELS = 5_120 ** 2;

/**
 * That a picture may be decoded, by the size that its file declares, before memory is taken for it.
 * @throws Error when it has too many pixels, or none.
 */
export function assertPictureSize(height: number, width: number): void {
  if (height < 1 || width < 1) throw new Error(`its size is ${height} x ${width}`);
  if (height * width <= MAX_PIXELS) return;
  throw new PictureError(
    `it has ${height} x ${width} pixels, and at most ${MAX_PIXELS.toLocaleString("en-US")} are read`,
    "Scale it down, or cut it into pieces",
  );
}

/** Whether some pixel has a colour: red, green and blue that are not all equal. */
export function isColoured({ channels, data }: Picture): boolean {
  if (channels === 1) return false;
  for (let i = 0; i < data.length; i += 3) {
    if (data[i] !== data[i + 1] || data[i] !== data[i + 2]) return true;
  }
  return false;
}

/**
 * The image with another number of channels (rule D18): grey is 0.299 red + 0.587 green + 0.114 blue (ITU-R BT.601), rounded,
 * which leaves a pixel of equal parts as it is; a grey image in colour has equal parts.
 */
export function withChannels(picture: Picture, channels: 1 | 3): Picture {
  if (picture.channels === channels) return picture;
  const { data } = picture;
  const pixels = picture.height * picture.width;
  const out = new Uint8Array(pixels * channels);
  for (let k = 0; k < pixels; k++) {
    if (channels === 3) out.fill(data[k], 3 * k, 3 * k + 3);
    else out[k] = Math.round((299 * data[3 * k] + 587 * data[3 * k + 1] + 114 * data[3 * k + 2]) / 1000);
  }
  return { ...picture, channels, data: out };
}
