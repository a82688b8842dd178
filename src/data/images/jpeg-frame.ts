/**
 * What a JPEG file says of itself before anything is decoded. The decoder behind it (jpeg-js) passes over much that makes another
 * picture: so a file is first walked from marker to marker, and what is not read right is refused here.
 * Source: ITU-T T.81 (markers and scans), T.872 (which of red, green, blue and luminance, chroma the three components are).
 */
import { exifOrientation } from "./exif-orientation.js";
import type { Grid } from "./jpeg-colours.js";
import { assertPictureSize, PictureError } from "./picture.js";

/** Of which size a JPEG image is, and what its components are. */
export interface JpegFrame {
  readonly height: number;
  readonly width: number;
  /** `grey`, or three components that are luminance and chroma, or red, green and blue as they are. */
  readonly colours: "grey" | "luminance and chroma" | "rgb";
  /** Of each component, for how many pixels a sample stands. */
  readonly grids: readonly Grid[];
  /** Whether its EXIF data say that it is shown turned or mirrored. */
  readonly isTurned: boolean;
  /** Where the byte of Adobe's transform is, in a file that has one. */
  readonly transformAt: number | undefined;
}

/** A component as the frame declares it. */
interface Component {
  readonly id: number;
  /** Samples across and down, of a unit of all components. */
  readonly h: number;
  readonly v: number;
}

interface Frame {
  readonly height: number;
  readonly width: number;
  readonly components: readonly Component[];
}

const START = 0xd8;
const END = 0xd9;
const SCAN = 0xda;
const QUANTIZATION = 0xdb;
const LINES = 0xdc;
const RESTART_INTERVAL = 0xdd;
const APP0 = 0xe0;
const APP1 = 0xe1;
const APP14 = 0xee;
/** Frames that are read: baseline, extended and progressive, with Huffman codes. */
const READ_FRAMES = [0xc0, 0xc1, 0xc2];
/** Those that are not, by their markers. */
const OTHER_FRAMES: ReadonlyMap<string, readonly number[]> = new Map([
  ["lossless", [0xc3, 0xcb]],
  ["hierarchical", [0xc5, 0xc6, 0xc7, 0xcd, 0xce, 0xcf]],
  ["coded arithmetically", [0xc9, 0xca]],
]);
/** More passes over a picture than any encoder makes (some 20): each takes time in proportion to the pixels, and few bytes. */
const MAX_SCANS = 64;

/** One thing between two markers. */
interface Segment {
  readonly marker: number;
  /** Its content; of a scan its header. */
  readonly content: Uint8Array;
  /** Of a scan: how many coded bytes there are, and how many restart markers they hold. */
  readonly coded: number;
  readonly restarts: number;
}

/**
 * Walks a JPEG file from its first marker to the one that ends it.
 * @throws Error for a file that is cut or damaged, and for one that would be decoded to another picture or not at all: arithmetic
 * codes, 12 bits, lossless, four components, samples of uneven grids.
 */
export function jpegFrame(bytes: Uint8Array): JpegFrame {
  let frame: Frame | undefined;
  let interval = 0;
  let isJfif = false;
  let isTurned = false;
  let transformAt: number | undefined;
  let scans = 0;
  let codedBytes = 0;
  const begun = new Set<number>();
  for (const { marker, content, coded, restarts } of segmentsOf(bytes)) {
    for (const [kind, markers] of OTHER_FRAMES) {
      if (markers.includes(marker)) throw notRead(`it is ${kind}`);
    }
    if (READ_FRAMES.includes(marker)) {
      if (frame) throw new Error("it holds several frames");
      frame = frameOf(content);
    } else if (marker === LINES) throw notRead("it has its height after its pixels");
    else if (marker === RESTART_INTERVAL) interval = word(content, 0);
    else if (marker === QUANTIZATION && scans > 0) throw notRead("its quantization changes between scans");
    else if (marker === APP0) isJfif ||= content.length >= 12 && text(content, 4) === "JFIF";
    else if (marker === APP1) isTurned ||= exifOrientation(content) !== undefined;
    else if (marker === APP14 && content.length >= 12 && text(content, 5) === "Adobe")
      transformAt = content.byteOffset - bytes.byteOffset + 11;
    else if (marker === SCAN) {
      if (!frame) throw new Error("a scan comes before the frame");
      scans += 1;
      codedBytes += coded;
      if (scans > MAX_SCANS) throw new Error(`it has more than ${MAX_SCANS} scans`);
      const own = scanComponents(content, frame);
      // The scan that begins at coefficient 0 gives the means of blocks.
      if (content[1 + 2 * own.length] === 0) for (const { id } of own) begun.add(id);
      const expected = interval === 0 ? 0 : Math.ceil(unitsOf(own, frame) / interval) - 1;
      if (restarts !== expected) {
        throw new Error(
          `a scan has ${restarts} restart markers instead of ${expected}: it is cut or damaged`,
        );
      }
    }
  }
  if (!frame || begun.size < frame.components.length) throw new Error("pixels are missing: it is cut");
  // A block takes a bit at least. What cannot be there is found before memory is taken for it.
  const blocks = frame.components.reduce((sum, component) => sum + unitsOf([component], frame!), 0);
  if (8 * codedBytes < blocks) throw new Error("pixels are missing: it is cut or damaged");
  const { height, width, components } = frame;
  const [h, v] = maxSamples(components);
  return {
    height,
    width,
    colours: coloursOf(frame, isJfif, transformAt === undefined ? undefined : bytes[transformAt]),
    isTurned,
    grids: components.map((own) => ({ across: h / own.h, down: v / own.v })),
    transformAt,
  };
}

/** As libjpeg takes it: JFIF means luminance and chroma, else Adobe's mark says it, else the names of the components. */
function coloursOf(
  { components }: Frame,
  isJfif: boolean,
  adobeTransform: number | undefined,
): JpegFrame["colours"] {
  if (components.length === 1) return "grey";
  const named = String.fromCharCode(...components.map(({ id }) => id));
  const isRgb = !isJfif && (adobeTransform === undefined ? named === "RGB" : adobeTransform === 0);
  return isRgb ? "rgb" : "luminance and chroma";
}

/** The segments in their order; the coded bytes of a scan belong to it. */
function* segmentsOf(bytes: Uint8Array): Generator<Segment> {
  if (bytes[0] !== 0xff || bytes[1] !== START) throw new Error("it does not begin as a JPEG file");
  for (let at = 2; ; ) {
    if (bytes[at] !== 0xff) throw new Error("a marker is missing: it is cut or damaged");
    while (bytes[at] === 0xff) at += 1;
    const marker = bytes[at++];
    if (marker === undefined) throw new Error("its end is missing: it is cut");
    if (marker === END) return;
    const length = word(bytes, at);
    if (length < 2 || at + length > bytes.length)
      throw new Error("a segment is not whole: it is cut or damaged");
    const content = bytes.subarray(at + 2, at + length);
    at += length;
    if (marker !== SCAN) {
      yield { marker, content, coded: 0, restarts: 0 };
      continue;
    }
    const scan = endOfScan(bytes, at);
    yield { marker, content, coded: scan.end - at, restarts: scan.restarts };
    at = scan.end;
  }
}

/** Where the next marker behind coded bytes is. A byte 255 among these is followed by 0; restart markers belong to them. */
function endOfScan(bytes: Uint8Array, start: number): { readonly end: number; readonly restarts: number } {
  let restarts = 0;
  for (let at = bytes.indexOf(0xff, start); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at)) {
    const next = bytes[at + 1]!;
    if (next >= 0xd0 && next <= 0xd7) restarts += 1;
    else if (next !== 0 && next !== 0xff) return { end: at, restarts };
    at += next === 0xff ? 1 : 2;
  }
  throw new Error("its end is missing: it is cut");
}

function frameOf(content: Uint8Array): Frame {
  const [bits, , , , , count = 0] = content;
  if (bits !== 8) throw notRead(`its samples have ${bits} bits`);
  if (count === 4) throw notRead("its colours are those of four printing inks (CMYK)");
  if (count !== 1 && count !== 3) throw notRead(`it has ${count} components`);
  if (content.length !== 6 + 3 * count) throw new Error("its frame is damaged");
  const components = Array.from({ length: count }, (_, k): Component => {
    const [id, sampling] = content.subarray(6 + 3 * k) as unknown as [number, number];
    return { id, h: sampling >> 4, v: sampling & 15 };
  });
  const [height, width] = [word(content, 1), word(content, 3)];
  const [h, v] = maxSamples(components);
  const isEven = components.every((one) => one.h > 0 && one.v > 0 && h % one.h === 0 && v % one.v === 0);
  if (!isEven || h > 4 || v > 4)
    throw notRead("its components are sampled on grids that do not fit each other");
  if (new Set(components.map(({ id }) => id)).size < count) throw new Error("two components have one name");
  assertPictureSize(height, width);
  return { height, width, components };
}

function scanComponents(content: Uint8Array, { components }: Frame): Component[] {
  const count = content[0] ?? 0;
  if (count < 1 || count > components.length || content.length !== 4 + 2 * count)
    throw new Error("a scan is damaged");
  const own = Array.from({ length: count }, (_, k) => components.find(({ id }) => id === content[1 + 2 * k]));
  if (new Set(own).size < count || own.includes(undefined))
    throw new Error("a scan is of components that are not there");
  return own as Component[];
}

/** Units that a scan is made of: blocks of 8 x 8 samples of a lone component, otherwise blocks of all that are in step. */
function unitsOf(own: readonly Component[], { height, width, components }: Frame): number {
  const [h, v] = maxSamples(components);
  const [across, down] = own.length === 1 ? [h / own[0]!.h, v / own[0]!.v] : [h, v];
  return Math.ceil(width / (8 * across)) * Math.ceil(height / (8 * down));
}

function maxSamples(components: readonly Component[]): readonly [h: number, v: number] {
  return [Math.max(...components.map(({ h }) => h)), Math.max(...components.map(({ v }) => v))];
}

/** A whole file of a kind that is not decoded. */
function notRead(what: string): PictureError {
  return new PictureError(what, "Save it again as PNG or as baseline JPEG, in grey or in RGB");
}

function word(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);
}

function text(bytes: Uint8Array, length: number): string {
  return String.fromCharCode(...bytes.subarray(0, length));
}
