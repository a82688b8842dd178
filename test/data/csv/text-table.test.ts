import { describe, expect, test } from "vitest";
import { numbersOfColumns, readTextTable, type TextTableOptions } from "../../../src/data/csv/text-table.js";
import { UserError } from "../../../src/errors.js";

const read = (text: string | Uint8Array, options?: TextTableOptions) =>
  readTextTable(
    { bytes: typeof text === "string" ? new TextEncoder().encode(text) : text, where: "t.csv" },
    options,
  );

const NAMED = {
  header: ["file", "class", "age"],
  rows: [
    ["a.png", "cat", "3"],
    ["b c.png", "dog", "4.5"],
  ],
};

describe("D9: tables of texts and numbers", () => {
  test.each([
    ["plain", "file,class,age\na.png,cat,3\nb c.png,dog,4.5\n"],
    [
      "without the last line end, CRLF, empty lines",
      "file,class,age\r\na.png,cat,3\r\nb c.png,dog,4.5\r\n\r\n",
    ],
    ["quoted", '"file","class","age"\n"a.png","cat",3\n"b c.png","dog","4.5"\n'],
    ["pandas with its index", ",file,class,age\n0,a.png,cat,3\n1,b c.png,dog,4.5\n"],
    ["R with row names", '"","file","class","age"\n"1","a.png","cat",3\n"2","b c.png","dog",4.5\n'],
    ["R's write.table", '"file" "class" "age"\n"1" "a.png" "cat" 3\n"2" "b c.png" "dog" 4.5\n'],
    ["semicolons", "file;class;age\na.png;cat;3\nb c.png;dog;4.5\n"],
    ["Excel's declaration", "sep=;\nfile;class;age\na.png;cat;3\nb c.png;dog;4.5\n"],
    ["tabs", "file\tclass\tage\na.png\tcat\t3\nb c.png\tdog\t4.5\n"],
    ["comments before it", "# made by hand\nfile,class,age\na.png,cat,3\nb c.png,dog,4.5\n"],
    ["old Macintosh", "file,class,age\ra.png,cat,3\rb c.png,dog,4.5\r"],
    ["UTF-8 with a mark", "\ufefffile,class,age\na.png,cat,3\nb c.png,dog,4.5\n"],
  ])("%s", (_, text) => {
    expect(read(text)).toMatchObject(NAMED);
  });

  test.each(["utf16le", "utf16be"])("%s, with and without a mark", (encoding) => {
    for (const mark of ["", "\ufeff"]) {
      const bytes = Buffer.from(
        `${mark}file\tclass\tage\r\na.png\tcat\t3\r\nb c.png\tdog\t4.5\r\n`,
        "utf16le",
      );
      expect(read(encoding === "utf16be" ? bytes.swap16() : bytes)).toMatchObject(NAMED);
    }
  });

  test("Windows-1252 is told and read", () => {
    expect(read(Buffer.from("file;größe\na.png;1\n", "latin1"))).toEqual({
      header: ["file", "größe"],
      rows: [["a.png", "1"]],
      lines: [2],
      delimiter: ";",
      notes: [
        { what: "Windows-1252 text" },
        { what: "columns separated by semicolons", option: "delimiter" },
        { what: 'row 1 as a header ("file", "größe")', option: "header" },
      ],
    });
  });

  test("quotes hold delimiters, quotes and line ends; lines are the file's", () => {
    const table = read('file,note\n"a,b.png","says ""hi""\nand more"\n# 1.png,x\nc.png,\n');
    expect(table.rows).toEqual([
      ["a,b.png", 'says "hi"\nand more'],
      ["# 1.png", "x"],
      ["c.png", ""],
    ]);
    expect(table.lines).toEqual([2, 4, 5]);
  });

  test("a table far longer than a block, with a quote over its border", () => {
    const rows = Array.from({ length: 120_000 }, (_, i) => `picture-${i}.png,"a\n${i}"`);
    const table = read(`file,note\n${rows.join("\n")}`);
    expect(table.rows).toHaveLength(120_000);
    expect(table.rows.every(([, note], i) => note === `a\n${i}`)).toBe(true);
  });

  test("without names: said, or seen by the caller", () => {
    const text = "a.png,cat\nb.png,dog\n";
    expect(read(text).header).toEqual(["a.png", "cat"]);
    expect(read(text, { header: false })).toMatchObject({
      header: undefined,
      rows: [
        ["a.png", "cat"],
        ["b.png", "dog"],
      ],
      notes: [],
    });
    expect(read(text, { isRow: ([file]) => file!.endsWith(".png") }).rows).toHaveLength(2);
  });

  test("numbers of a column, or none", () => {
    const table = read("file;x;y\na;0,5;1\nb;1,25;red\n");
    expect(numbersOfColumns(table, [1, 2], "t.csv")).toEqual({
      numbers: new Map([[1, Float64Array.of(0.5, 1.25)]]),
      notes: [{ what: "decimal commas" }],
    });
    const large = read("file,y\na,9007199254740993\nb,9007199254740992\n");
    expect(() => numbersOfColumns(large, [1], "t.csv")).toThrow(
      /t\.csv, row 2, column 2: the integer "9007199254740993" is beyond 2\^53/,
    );
  });

  test("thousands among commas, or both decimal signs in one table, are refused as among numbers alone", () => {
    const numbers = (text: string) => numbersOfColumns(read(text), [1], "t.csv").numbers.get(1);
    expect(() => numbers('file,n\na,950\nb,"1,042"\nc,"12,500"\n')).toThrow(
      /^t\.csv, row 3, column 2: "1,042" may be written with thousands or with a decimal comma/,
    );
    expect(numbers('file,n\na,950\nb,"1,042"\nc,"12,5"\n')).toEqual(Float64Array.of(950, 1.042, 12.5));
    expect(() => numbers('file,n\na,1.5\nb,"2,5"\n')).toThrow(
      /^t\.csv, row 3, column 2: the file has decimal commas and decimal points/,
    );
  });

  test.each([
    ["a short row", "file,class\na.png\n", /^t\.csv, row 2: the row has 1 columns, the first row has 2\. /],
    ["an empty row", "file,class\n\na.png,x\n", /^t\.csv, row 2: the row is empty\. Remove it/],
    ["an open quote", 'file,class\n"a.png,x\n', /^t\.csv, row 2: a quote is opened and never closed/],
    ["text behind quotes", 'file,class\n"a"b,x\n', /^t\.csv, row 2: a cell continues after its quotes/],
    ["nothing", "", /^t\.csv: the file is empty/],
    ["names alone", "file,class\n", /^t\.csv: it has a header and no row below it/],
    [
      "a workbook",
      "PK\u0003\u0004...",
      /this is a zip archive or an Excel workbook, not text\. Save it as CSV/,
    ],
    ["zeros", "a\0b,c\n", /bytes of value 0, so it is not text/],
  ])("%s is refused in one line", (_, text, message) => {
    expect(() => read(text)).toThrow(UserError);
    expect(() => read(text)).toThrow(message);
  });
});
