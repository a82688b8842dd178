/** What a PNG file is made of, before its pixels are unpacked. Source: W3C, PNG specification, third edition, sections 5 and 11. */
import { crc32 } from "node:zlib";
import { PictureError } from "./picture.js";

/** What the samples of a pixel are, how many they and the channels that they become are, and the bits that one may have. */
const COLOURS = {
  0: { kind: "grey", samples: 1, channels: 1, depths: [1, 2, 4, 8, 16] },
  2: { kind: "rgb", samples: 3, channels: 3, depths: [8, 16] },
  3: { kind: "palette", samples: 1, channels: 3, depths: [1, 2, 4, 8] },
  4: { kind: "grey and opacity", samples: 2, channels: 1, depths: [8, 16] },
  6: { kind: "rgb and opacity", samples: 4, channels: 3, depths: [8, 16] },
} as const;

type PngColours = (typeof COLOURS)[keyof typeof COLOURS];

export interface PngHeader {
  readonly width: number;
  readonly height: number;
  /** Bits of a sample. */
  readonly depth: number;
  readonly colours: PngColours;
  /** Whether the pixels come in the seven passes of Adam7. */
  readonly interlaced: boolean;
}

export interface PngParts {
  readonly header: PngHeader;
  /** Red, green and blue of each colour of the palette; undefined where there is none. */
  readonly palette: Uint8Array | undefined;
  /** Content of tRNS: opacities of the palette's colours, or the one grey or colour that is transparent. */
  readonly transparency: Uint8Array | undefined;
  /** The pixels, packed: views of the file, one stream end to end. */
  readonly packed: readonly Uint8Array[];
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Length, type and checksum of a chunk. */
const FRAME_BYTES = 12;

/**
 * Walks the chunks of a PNG file and verifies their checksums. Profiles, gamma, texts and whatever else does not say which
 * samples there are is skipped; nothing is unpacked.
 * @throws Error for a truncated or damaged file, and for an animation of several pictures.
 */
export function pngParts(bytes: Uint8Array): PngParts {
  let header: PngHeader | undefined;
  let palette: Uint8Array | undefined;
  let transparency: Uint8Array | undefined;
  const packed: Uint8Array[] = [];
  for (const { type, content } of chunksOf(bytes)) {
    if (!header && type !== "IHDR") throw new Error("it does not begin with its size");
    switch (type) {
      case "IHDR":
        if (header) throw new Error("it says its size twice");
        header = headerOf(content);
        break;
      case "PLTE":
        if (palette || content.length % 3 !== 0 || content.length === 0 || content.length > 768) {
          throw new Error("its palette is damaged");
        }
        palette = content;
        break;
      case "tRNS":
        transparency = content;
        break;
      case "IDAT":
        packed.push(content);
        break;
      case "acTL":
        if (numberAt(content, 0) !== 1) {
          throw new PictureError(
            `it is an animation of ${numberAt(content, 0)} pictures`,
            "Save each picture as a PNG file of its own",
          );
        }
        break;
      default:
        // A capital letter in front: no reader may pass it over.
        if (type !== "IEND" && /^[A-Z]/.test(type))
          throw new Error(`it has a part of an unknown kind, ${type}`);
    }
  }
  if (!header || packed.length === 0) throw new Error("pixels are missing");
  // A palette in addition to colours is only a suggestion for screens of few colours.
  return {
    header,
    palette: header.colours.kind === "palette" ? palette : undefined,
    transparency,
    packed,
  };
}

function* chunksOf(bytes: Uint8Array): Generator<{ readonly type: string; readonly content: Uint8Array }> {
  if (SIGNATURE.some((byte, k) => bytes[k] !== byte)) throw new Error("it does not begin as a PNG file");
  for (let at = SIGNATURE.length; ; ) {
    if (at + FRAME_BYTES > bytes.length) throw new Error("its end is missing: it is cut");
    const length = numberAt(bytes, at);
    const end = at + 8 + length;
    if (end + 4 > bytes.length) throw new Error("its end is missing: it is cut");
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (!/^[A-Za-z]{4}$/.test(type)) throw new Error("it is damaged");
    if (crc32(bytes.subarray(at + 4, end)) !== numberAt(bytes, end)) {
      throw new Error(`the checksum of its part ${type} does not fit: it is damaged`);
    }
    yield { type, content: bytes.subarray(at + 8, end) };
    if (type === "IEND") return;
    at = end + 4;
  }
}

function headerOf(content: Uint8Array): PngHeader {
  const [depth = 0, colourType, compression, filter, interlace] = content.subarray(8);
  const colours: PngColours | undefined = COLOURS[colourType as keyof typeof COLOURS];
  const isKnown = compression === 0 && filter === 0 && interlace! <= 1;
  if (content.length !== 13 || !isKnown || !(colours?.depths as readonly number[])?.includes(depth)) {
    throw new Error(
      `samples of ${depth} bits of the kind ${colourType ?? 0}, compressed and interlaced as it says, are not known`,
    );
  }
  const [width, height] = [numberAt(content, 0), numberAt(content, 4)];
  return { width, height, depth, colours, interlaced: interlace === 1 };
}

function numberAt(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at);
}
