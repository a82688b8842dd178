import type { Encoding } from "./encoding.js";
import type { Note } from "./look.js";

const ENCODINGS = { "utf-16le": "UTF-16", "utf-16be": "UTF-16", "windows-1252": "Windows-1252" } as const;

/** What is noted of a file's bytes. */
export function notesOfEncoding({ decoder, carriageReturns }: Encoding): Note[] {
  return [
    ...(decoder === "utf-8" ? [] : [{ what: `${ENCODINGS[decoder]} text` }]),
    ...(carriageReturns ? [{ what: "lines that end in carriage returns" }] : []),
  ];
}

/** The one line that says what a file was taken for; undefined where nothing was inferred. */
export function noticeOf(notes: readonly Note[], where: string): string | undefined {
  if (notes.length === 0) return undefined;
  const options = [...new Set(notes.flatMap(({ option }) => option ?? []))];
  const otherwise =
    options.length === 0
      ? ""
      : `; the option${options.length === 1 ? "" : "s"} ${options.join(", ")} can say otherwise`;
  return `${where}: read with ${notes.map(({ what }) => what).join(", ")}${otherwise}`.replace(
    /\s*[\r\n]\s*/g,
    " ",
  );
}
