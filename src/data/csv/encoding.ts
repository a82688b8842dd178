import { refuse, UserError } from "../../errors.js";
import type { Note } from "./look.js";

/** How a file's bytes stand for characters. */
export interface Encoding {
  readonly decoder: "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";
  /** Bytes before the text. */
  readonly mark: number;
  /** Whether lines end in a carriage return alone, as on the first Macintosh. */
  readonly carriageReturns: boolean;
}

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

const MARKS = [
  { decoder: "utf-8", mark: [0xef, 0xbb, 0xbf] },
  { decoder: "utf-16le", mark: [0xff, 0xfe] },
  { decoder: "utf-16be", mark: [0xfe, 0xff] },
] as const;

/** Other kinds of files that are given a name of this kind. */
const OTHERS = [
  { is: "a zip archive or an Excel workbook", begins: [0x50, 0x4b, 0x03, 0x04] },
  { is: "an old Excel workbook", begins: [0xd0, 0xcf, 0x11, 0xe0] },
  { is: "packed with gzip", begins: [0x1f, 0x8b] },
  { is: "UTF-32 text", begins: [0xff, 0xfe, 0, 0] },
  { is: "UTF-32 text", begins: [0, 0, 0xfe, 0xff] },
  { is: "an .npy array", begins: [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59] },
] as const;

/** Of UTF-16 text with numbers and delimiters, about half the bytes are zero; number of bytes that are looked at. */
const LOOKED_AT = 4096;

/**
 * Recognises the encoding of a text file by its first bytes: by its mark, by the zeros of UTF-16, and else as UTF-8, or as
 * Windows-1252 (Excel in western languages) where it is not that.
 * @param start the file's first megabyte, or all of it.
 * @throws UserError when it is no text.
 */
export function encodingOf(start: Uint8Array, where: string): Encoding {
  const other = OTHERS.find(({ begins }) => beginsWith(start, begins));
  if (other) throw notText(where, `this is ${other.is}, not text`);
  const marked = MARKS.find(({ mark }) => beginsWith(start, mark));
  const decoder = marked?.decoder ?? zerosOf(start, where) ?? (isUtf8(start) ? "utf-8" : "windows-1252");
  return {
    decoder,
    mark: marked?.mark.length ?? 0,
    carriageReturns: start.includes(CARRIAGE_RETURN) && !start.includes(LINE_FEED),
  };
}

function beginsWith(bytes: Uint8Array, begin: readonly number[]): boolean {
  return bytes.length >= begin.length && begin.every((byte, i) => bytes[i] === byte);
}

/** UTF-16 without a mark: in a table nearly every other byte is zero. */
function zerosOf(start: Uint8Array, where: string): Encoding["decoder"] | undefined {
  const length = Math.min(start.length, LOOKED_AT) & ~1;
  const zeros: [even: number, odd: number] = [0, 0];
  for (let i = 0; i < length; i++) if (start[i] === 0) zeros[i & 1]! += 1;
  const [even, odd] = zeros;
  if (even + odd === 0) return undefined;
  if (even === 0 && odd > length / 4) return "utf-16le";
  if (odd === 0 && even > length / 4) return "utf-16be";
  throw notText(where, "it holds bytes of value 0, so it is not text");
}

function isUtf8(start: Uint8Array): boolean {
  try {
    // As a stream: the megabyte may end within a character.
    new TextDecoder("utf-8", { fatal: true }).decode(start, { stream: true });
    return true;
  } catch {
    return false;
  }
}

function notText(where: string, what: string): UserError {
  return new UserError({ where, what, remedy: "Save it as CSV, in UTF-8" });
}

/** The same text in UTF-8, with line feeds; the very pieces where it is that already. */
export function* asUtf8(
  pieces: Iterable<Uint8Array>,
  { decoder: name, carriageReturns }: Encoding,
  where: string,
): Generator<Uint8Array> {
  if (name === "utf-8" && !carriageReturns) return yield* pieces;
  const decoder = new TextDecoder(name, { fatal: true });
  const encode = (bytes: Uint8Array, isEnd: boolean) => {
    const text = decode(decoder, bytes, !isEnd, where);
    return new TextEncoder().encode(carriageReturns ? text.replaceAll("\r", "\n") : text);
  };
  for (const piece of pieces) yield encode(piece, false);
  yield encode(new Uint8Array(0), true);
}

function decode(decoder: TextDecoder, bytes: Uint8Array, stream: boolean, where: string): string {
  try {
    return decoder.decode(bytes, { stream });
  } catch (cause) {
    refuse(
      where,
      `it begins as ${decoder.encoding.toUpperCase()} text, but has bytes that are not`,
      "Save it as CSV, in UTF-8",
      cause,
    );
  }
}

const ENCODINGS = { "utf-16le": "UTF-16", "utf-16be": "UTF-16", "windows-1252": "Windows-1252" } as const;

/** What is noted of a file's bytes. */
export function notesOfEncoding({ decoder, carriageReturns }: Encoding): Note[] {
  return [
    ...(decoder === "utf-8" ? [] : [{ what: `${ENCODINGS[decoder]} text` }]),
    ...(carriageReturns ? [{ what: "lines that end in carriage returns" }] : []),
  ];
}
