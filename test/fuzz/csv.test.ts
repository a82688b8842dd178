/** CSV files from strangers: the values that were written, or one line. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readCodes } from "../../src/data/codes/read.js";
import { readNumberTable } from "../../src/data/csv/number-table.js";
import { readImageCsv } from "../../src/data/csv/reader.js";
import { readTextTable } from "../../src/data/csv/text-table.js";
import { UserError } from "../../src/errors.js";
import { PhiloxStream } from "../../src/random/stream.js";
import { folderWith } from "../data/files.js";
import { fuzz } from "../support/fuzz.js";

/** Bytes of their own: a buffer's slices are views. */
const bytesOf = (text: string, encoding: BufferEncoding = "utf8") =>
  new Uint8Array(Buffer.from(text, encoding));
const source = (bytes: Uint8Array) => ({ bytes, where: "a.csv" });

/** How a tool writes a table. */
interface Dialect {
  readonly delimiter: string;
  readonly decimal: string;
  readonly header: "none" | "names" | "numbers" | "comment";
  readonly index: "none" | "pandas" | "R";
  readonly quotes: boolean;
  readonly end: string;
  readonly encoding: "utf8" | "utf-8 with a mark" | "utf16le" | "utf16be";
}

function drawDialect(stream: PhiloxStream): Dialect {
  const pick = <Choice>(...choices: Choice[]): Choice => choices[stream.integer(choices.length)]!;
  const delimiter = pick(",", ";", "\t", " ");
  return {
    delimiter,
    decimal: delimiter === "," ? "." : pick(".", ","),
    header: pick("none", "names", "numbers", "comment"),
    index: pick("none", "pandas", "R"),
    quotes: stream.integer(4) === 0,
    end: pick("\n", "\r\n"),
    encoding: pick("utf8", "utf8", "utf-8 with a mark", "utf16le", "utf16be"),
  };
}

function written(table: readonly (readonly number[])[], dialect: Dialect): Uint8Array {
  const { delimiter, decimal, header, index, quotes, end, encoding } = dialect;
  const quote = (text: string) => (quotes || delimiter === decimal ? `"${text}"` : text);
  const names = table[0]!.map((_, i) => (header === "numbers" ? String(i) : `"x ${i}"`));
  const indexName = index === "none" ? [] : [index === "R" ? '""' : ""];
  const first = {
    none: [],
    names: [[...indexName, ...names].join(delimiter)],
    // A blank can stand for nothing where blanks separate.
    numbers: [[...(delimiter === " " ? [] : indexName), ...names].join(delimiter)],
    comment: [`# ${names.join(delimiter)}`],
  }[header];
  const rows = table.map((row, i) => {
    const own = index === "none" ? [] : [index === "R" ? `"${i + 1}"` : String(i)];
    return [...own, ...row.map((value) => quote(String(value).replace(".", decimal)))].join(delimiter);
  });
  const text = [...first, ...rows].join(end) + end;
  if (encoding === "utf8") return Buffer.from(text);
  if (encoding === "utf-8 with a mark") return Buffer.from(`\ufeff${text}`);
  const wide = Buffer.from(`\ufeff${text}`, "utf16le");
  return encoding === "utf16le" ? wide : wide.swap16();
}

test("random tables in random dialects are read as they were written, or refused", () => {
  const stream = new PhiloxStream(12, "csv dialects");
  let read = 0;
  const rounds = 800;
  for (let round = 0; round < rounds; round++) {
    stream.restart(round);
    const dialect = drawDialect(stream);
    const columns = 2 + stream.integer(4);
    // Fractions in every row and column, so that no value may be taken for a count.
    const table = Array.from({ length: 2 + stream.integer(6) }, () =>
      Array.from(
        { length: columns },
        () => (stream.integer(2 ** 31) - 2 ** 30 + 0.5) / 2 ** stream.integer(40),
      ),
    );
    try {
      const { rows, data } = readNumberTable(source(written(table, dialect)));
      expect([rows, ...data], JSON.stringify(dialect)).toEqual([table.length, ...table.flat()]);
      read += 1;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      expect(error.message).not.toMatch(/[\n\r]/);
    }
  }
  expect(read).toBeGreaterThan(0.9 * rounds);
});

const TABLES = [
  ",x,y\n0,1.5,-2e-3\n1,nan,7\n2,.5,1e9\n",
  '"a";"b"\r\n"0,5";"1"\r\n"2,25";3\r\n',
  "# made\n  1.25 2\n 3 -4.5\n",
  "sep=;\n1;2\n3;4\n",
].map((text) => bytesOf(text));
const WIDE = bytesOf("\ufeffx\ty\r\n1,5\t2\r\n3\t4\r\n", "utf16le");

test("damaged tables of numbers", () => {
  expect(
    fuzz([...TABLES, WIDE], (bytes) => readNumberTable(source(bytes)), 2000, "csv numbers"),
  ).toBeGreaterThan(500);
});

test("damaged tables of texts", () => {
  const names = bytesOf('file,class\n"a, b.png","the ""cat"""\nc.png,"dog\nand more"\n');
  expect(
    fuzz([...TABLES, WIDE, names], (bytes) => readTextTable(source(bytes)), 2000, "csv texts"),
  ).toBeGreaterThan(70);
});

test("damaged images and codes", () => {
  const path = join(folderWith({}), "a.csv");
  const readAs = (read: (path: string) => unknown) => (bytes: Uint8Array) => {
    writeFileSync(path, bytes);
    return read(path);
  };
  const images = [
    "0,1,1,0,7\n1,0,1,1,3\n",
    "label,p0,p1,p2,p3\n3,0,1,1,0\n4,0,255,3,9\n",
    ",0,1,2,3\n0,1,0,1,1\n",
  ];
  const files = images.map((text) => bytesOf(text));
  expect(fuzz(files, readAs(readImageCsv), 600, "csv images")).toBeGreaterThan(180);
  const codes = [bytesOf("0.5,1.5,3,4\n2.5,1e-3,1,2\n"), bytesOf("z0;z1;label\n0,5;1;3\n")];
  expect(fuzz(codes, readAs(readCodes), 600, "csv codes")).toBeGreaterThan(120);
});

test("a quarter of a megabyte of one kind of character, and of lines that look like something", () => {
  const size = 1 << 18;
  const whole = [
    '"',
    ",",
    "1",
    " ",
    "\n",
    "#",
    "\r",
    "é",
    '"a',
    "1,",
    '"1",',
    "1 2\t",
    ";\n",
    '""\n',
    "1,2\n",
    "#1\n",
    "a\n",
  ];
  for (const text of whole) {
    const bytes = Buffer.from(text.repeat(Math.ceil(size / Buffer.byteLength(text))));
    for (const read of [readNumberTable, readTextTable]) oneLineOrValue(() => read(source(bytes)));
  }
});

function oneLineOrValue(read: () => unknown): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof UserError) || /[\n\r]/.test(error.message)) throw error;
  }
}
