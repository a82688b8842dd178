/** Images, or codes taken for images, and their labels in memory: what a source yields and everything above reads. */
export interface ImageTable {
  /** Number of images, N. */
  readonly count: number;
  /** Rows, columns and channels of an image, `[height, width, channels]`. */
  readonly imageShape: readonly [height: number, width: number, channels: number];
  /**
   * `N * height * width * channels` numbers, channels last, the values as they are in the file: bytes for images,
   * float32 for codes, whose shape is `[1, 1, D]`.
   */
  readonly images: Uint8Array | Float32Array;
  /** A pixel's value is its number times this: 1 for codes and binary images, 1/255 for grey and colour (rule D8). */
  readonly scale: number;
  /** `N * labelNames.length` numbers, one row an image; undefined where there are none. */
  readonly labels: Int32Array | Float64Array | undefined;
  readonly labelNames: readonly string[];
}

/** An image table with a name for people and a fingerprint for the run's manifest. */
export interface Dataset extends ImageTable {
  readonly name: string;
  /** SHA-256 of the content in hexadecimal digits (rule D13); a slice of rows appends `:start-end`. */
  readonly fingerprint: string;
}

/** Numbers of one image: height times width times channels. */
export function valuesPerImage(table: Pick<ImageTable, "imageShape">): number {
  const [height, width, channels] = table.imageShape;
  return height * width * channels;
}
