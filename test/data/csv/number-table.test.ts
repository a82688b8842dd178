import { describe, expect, test } from "vitest";
import { readNumberTable } from "../../../src/data/csv/number-table.js";
import type { LabelledCsvOptions } from "../../../src/data/file-keys.js";
import { UserError } from "../../../src/errors.js";

const bytesOf = (text: string | Uint8Array) =>
  typeof text === "string" ? new TextEncoder().encode(text) : text;
const read = (text: string | Uint8Array, options?: LabelledCsvOptions) =>
  readNumberTable({ bytes: bytesOf(text), where: "a.csv" }, options);
/** Rows of numbers as a file would have them. */
const rows = (
  table: readonly (readonly number[])[],
  delimiter: string,
  text = (value: number) => String(value),
) => table.map((row) => row.map(text).join(delimiter)).join("\n");

const TABLE = [
  [-1.25, 0.5, 3],
  [0.75, -2.5, 1e-7],
  [12, 0.125, -0.5],
];
const PLAIN = rows(TABLE, ",");
const german = (value: number) => String(value).replace(".", ",");
const exponents = (value: number) => value.toExponential(18).replace(/e([+-])(\d)$/, "e$10$2");
const quoted = (value: number) => `"${value}"`;
const named = (row: readonly number[], i: number) => `"${i + 1}"`.concat(" ", row.join(" "));
const indexed = (start: number, delimiter: string, text?: (value: number) => string) =>
  TABLE.map((row, i) => `${start + i}${delimiter}${rows([row], delimiter, text)}`).join("\n");
const utf16 = (text: string, mark = "\ufeff") => Buffer.from(mark + text, "utf16le");

describe("D9: what tools write by default", () => {
  test.each<[string, string | Uint8Array, RegExp | undefined]>([
    ["numpy.savetxt", rows(TABLE, " ", exponents), /spaces/],
    ["numpy.savetxt with a comma", rows(TABLE, ",", exponents), undefined],
    ["numpy.savetxt with a header", `# x y z\n${rows(TABLE, " ", exponents)}`, /spaces/],
    ["numpy.savetxt with a width", rows(TABLE, " ", (value) => String(value).padStart(12)), /spaces/],
    ["pandas.to_csv", `,0,1,2\n${indexed(0, ",")}`, /row 1 as a header .*column 1 left out/],
    ["pandas.to_csv of names", `,x,y,z\n${indexed(0, ",")}`, /\("", "x", "y", "z"\).*column 1/],
    ["pandas.to_csv, read and written again", `Unnamed: 0,x,y,z\n${indexed(0, ",")}`, /column 1/],
    ["pandas.to_csv without index", `0,1,2\n${PLAIN}`, /row 1 as a header/],
    ["pandas.to_csv without header", indexed(0, ","), /column 1 left out as an index: it counts from 0 to 2/],
    ["pandas.to_csv, German", `;x;y;z\n${indexed(0, ";", german)}`, /semicolons.*decimal commas/],
    [
      "pandas.to_csv, decimal comma between commas",
      `x,y,z\n${rows(TABLE, ",", (v) => `"${german(v)}"`)}`,
      /decimal commas/,
    ],
    [
      "pandas.to_csv, filtered",
      `,x,y,z\n7,${rows([TABLE[0]!], ",")}\n3,${rows(TABLE.slice(1, 2), ",")}\n9,${rows(TABLE.slice(2), ",")}`,
      /column 1/,
    ],
    ["pandas.to_csv, names quoted alone", `"0","1","2"\n${PLAIN}`, /row 1 as a header/],
    [
      "R's write.csv",
      `"","V1","V2","V3"\n${TABLE.map((row, i) => `"${i + 1}",${row.join()}`).join("\n")}`,
      /header/,
    ],
    ["R's write.csv without row names", `"V1","V2","V3"\n${PLAIN}`, /row 1 as a header/],
    [
      "R's write.csv2",
      `"";"V1";"V2";"V3"\n${TABLE.map((row, i) => `"${i + 1}";${row.map(german).join(";")}`).join("\n")}`,
      /decimal commas/,
    ],
    ["R's write.table", `"V1" "V2" "V3"\n${TABLE.map(named).join("\n")}`, /spaces.*column 1/],
    ["R's write.table without names of columns", TABLE.map(named).join("\n"), /column 1 left out/],
    ["Excel, UTF-8", `\ufeffx,y,z\r\n${PLAIN.replaceAll("\n", "\r\n")}\r\n`, /row 1 as a header/],
    ["Excel, empty rows behind", `${PLAIN}\r\n,,\r\n,,\r\n`, undefined],
    ["Excel, semicolons", `${rows(TABLE, ";").replaceAll("\n", "\r\n")}\r\n`, /semicolons/],
    [
      "Excel, Unicode text",
      utf16(`x\ty\tz\r\n${rows(TABLE, "\t").replaceAll("\n", "\r\n")}\r\n`),
      /UTF-16 text.*tabs/,
    ],
    ["UTF-16 without a mark", utf16(rows(TABLE, ","), ""), /UTF-16/],
    ["UTF-16, the other byte order", utf16(rows(TABLE, ",")).swap16(), /UTF-16/],
    ["German Excel", rows(TABLE, ";", german).replaceAll("\n", "\r\n"), /semicolons, decimal commas/],
    [
      "German Excel, Windows-1252",
      Buffer.from(`Größe;Höhe;z\r\n${rows(TABLE, ";", german)}`, "latin1"),
      /Windows-1252.*"Größe"/,
    ],
    ["German Excel, Unicode text", utf16(rows(TABLE, "\t", german)), /tabs, decimal commas/],
    ["Excel's declaration", `sep=;\r\n${rows(TABLE, ";")}`, /semicolons/],
    ["numbers in quotes", rows(TABLE, ",", quoted), /numbers in quotes/],
  ])("%s", (_, text, notice) => {
    const table = read(text);
    expect([table.rows, table.columns]).toEqual([3, 3]);
    expect([...table.data]).toEqual(TABLE.flat());
    if (notice) expect(table.notice).toMatch(notice);
    else expect(table.notice).toBeUndefined();
    expect(table.notice ?? "").not.toContain("\n");
  });

  test("a table of many blocks, each number to the last bit", () => {
    const values = Array.from({ length: 200_000 }, (_, i) => Math.sin(i) * 10 ** ((i % 35) - 20));
    const text = values.map((value, i) => `${value}${i % 4 === 3 ? "\n" : ";"}`).join("");
    const { data, columns } = read(text);
    expect(columns).toBe(4);
    expect(data.every((value, i) => value === values[i])).toBe(true);
  });
});

describe("D9: what is ambiguous is decided by a rule, said, and can be said otherwise", () => {
  test("a first row 0, 1, ... above others is a header; alone, or of a matrix of distances, it is values", () => {
    expect(read("0,1\n3,4\n")).toMatchObject({ rows: 1, notice: expect.stringContaining('("0", "1")') });
    expect(read("0,1\n3,4\n", { header: false })).toMatchObject({ rows: 2, notice: undefined });
    expect(read("0,1\n")).toMatchObject({ rows: 1, notice: expect.stringContaining("row 1 as values") });
    expect(read("0,1\n1,0\n")).toMatchObject({ rows: 2, notice: expect.stringContaining("row 1 as values") });
    expect(read("0\n2\n1\n")).toMatchObject({ rows: 3, notice: expect.stringContaining("row 1 as values") });
    expect(read("0\n0.5\n0.25\n")).toMatchObject({ rows: 2, header: ["0"] });
    expect(read("1,2,3\n0.5,0.25,0.1\n")).toMatchObject({ rows: 1, header: ["1", "2", "3"] });
    expect(read("1,2,3\n4,5,6\n")).toMatchObject({ rows: 2, notice: undefined });
  });

  test("a count beside fractions is an index; beside integers alone it is refused until said", () => {
    expect(read("0,0.5\n1,0.25\n")).toMatchObject({ columns: 1 });
    expect(read("0,0.5\n1,0.25\n", { index: false })).toMatchObject({ columns: 2, notice: undefined });
    expect(read("0,0.5\n2,0.25\n")).toMatchObject({ columns: 2, notice: undefined });
    const counted = "5,3\n1,7\n2,1\n3,4\n".replace("5,3\n", "0,3\n");
    expect(() => read(counted)).toThrow(
      /column 1: it counts from 0 to 3.*index: yes to leave it out, no to keep it/,
    );
    expect(read(counted, { index: true })).toMatchObject({ columns: 1 });
    expect(read(counted, { index: false })).toMatchObject({ columns: 2 });
  });

  test("a count under another name beside fractions is refused until said", () => {
    const named = (name: string, options = {}) => read(`${name},x\n0,0.5\n1,0.25\n2,0.75\n`, options);
    expect(named("id")).toMatchObject({ columns: 1 });
    expect(() => named("subject")).toThrow(
      /column 1: it counts from 0 to 2 \("subject"\), so it may be an index or a value\. .*index: yes/,
    );
    expect(named("subject", { index: true })).toMatchObject({ columns: 1 });
    expect(named("subject", { index: false })).toMatchObject({ columns: 2 });
    expect(read("subject,x\n0,1\n1,2\n2,5\n")).toMatchObject({ columns: 2 });
    expect(read("t,x\n0,0.5\n1,0.25\n3,0.75\n")).toMatchObject({ columns: 2 });
  });

  test("a count that ends late is a value", () => {
    const long = Array.from({ length: 3000 }, (_, i) => `${i},${i / 7}`).join("\n");
    expect(read(long)).toMatchObject({ rows: 3000, columns: 1 });
    expect(read(`${long}\n0,0.5`)).toMatchObject({ rows: 3001, columns: 2 });
  });

  test("a single column with decimal commas is refused until said", () => {
    for (const text of ["0,5\n1,05\n", "x\n0,5\n1,7\n", "0,5\n3\n1,7\n", "1,5E-03\n2,25E-01\n"]) {
      expect(() => read(text), text).toThrow(
        /may be one number with a decimal comma, or two columns.*semicolon/,
      );
    }
    expect(read("0,5\n1,05\n", { delimiter: "semicolon" })).toMatchObject({
      columns: 1,
      data: Float64Array.of(0.5, 1.05),
    });
    expect(read("0,5\n1,05\n", { delimiter: "comma" })).toMatchObject({ columns: 2 });
  });

  test("several columns with decimal commas and commas between them are refused until said", () => {
    for (const text of ["0,5,1,05\n2,5,3,25\n", "-0,5,1,7\n3,5,2,1\n", "1,5,2,5e-05\n1,5,2,5\n"]) {
      expect(() => read(text), text).toThrow(/may be one number with a decimal comma, or two columns/);
      expect(read(text, { delimiter: "comma" })).toMatchObject({ columns: 4 });
    }
    expect(read("0,5,1,7\n3,5,2,1\n")).toMatchObject({ columns: 4 });
  });

  test("a column of labels among values is refused until said", () => {
    const text = "x,y,label\n0.5,1.5,0\n2.5,3.5,1\n";
    expect(() => read(text)).toThrow(
      /column 3: a column called "label".*label to leave it out, none to keep it/,
    );
    expect(read(text, { labelColumn: "label" })).toMatchObject({ columns: 2, header: ["x", "y"] });
    expect(read(text, { labelColumn: "none" })).toMatchObject({ columns: 3 });
    const words = "x,y,kind\n0.5,1.5,cat\n2.5,3.5,dog\n";
    expect(() => read(words)).toThrow(/row 2, column 3: "cat" is not a number.*labelColumn: behind/);
    expect(read(words, { labelColumn: "behind" })).toMatchObject({ columns: 2 });
    expect(read(words, { labelColumn: "kind" })).toMatchObject({ columns: 2 });
    expect(() => read(words, { labelColumn: "sort" })).toThrow(/there is no column "sort"/);
  });
});

describe("D9: refused in one line", () => {
  test.each<[string, string | Uint8Array, RegExp]>([
    ["an empty cell", "1,2\n3,\n", /^a\.csv, row 2, column 2: the value is missing\. Fill it in/],
    ["NA", "x,y\n1,2\nNA,3\n", /^a\.csv, row 3, column 1: "NA" means a missing value/],
    ["an error of Excel", "1,2\n#N/A,3\n", /row 2, column 1: "#N\/A" means a missing value/],
    [
      "integers that would merge",
      "id,x\n9007199254740993,1.5\n",
      /row 2, column 1: the integer .* is beyond 2\^53/,
    ],
    [
      "thousands",
      '"1,234","5,678"\n"2,345","6,789"\n',
      /row 1, column 1: "1,234" may be written with thousands/,
    ],
    ["German thousands", "1.234,5;2\n", /row 1, column 1: "1\.234,5" is not a number/],
    ["two decimal signs", "1,5;2.5\n", /row 1, column 2: the file has decimal commas and decimal points/],
    ["too large", "1e999,2\n", /row 1, column 1: "1e999" is not a number/],
    ["a word among numbers", "1.5,2\n3,x\n", /row 2, column 2: "x" is not a number/],
    ["a mistyped first row", "1.5,2x\n3,4\n", /row 1, column 2: "2x" is not a number/],
    ["a quote over lines", '1,2\n"3,4\n', /row 2, column 1: /],
    ["a row too short", "1,2,3\n4,5\n", /row 2: the row has 2 columns, the first row has 3/],
    ["a workbook", Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0), /a zip archive or an Excel workbook, not text/],
    ["zeros", new Uint8Array(3 << 20), /bytes of value 0/],
    ["names alone", "x,y\n", /it has a header and no row below it/],
    [
      "pandas' index, saved twice",
      ",Unnamed: 0,x\n0,0,1.5\n1,1,2.5\n",
      /^a\.csv, column 2: it is called "Unnamed: 0", as pandas calls an index that was saved and read again/,
    ],
    ["a name twice", "x,y,x\n1.5,2,3\n", /^a\.csv, row 1: two columns are called "x"\. Give every column/],
    ["half of UTF-16", utf16("1,2\n3,4\n").subarray(0, 13), /UTF-16LE text, but has bytes that are not/],
  ])("%s", (_, text, message) => {
    expect(() => read(text)).toThrow(UserError);
    expect(() => read(text)).toThrow(message);
    expect(() => read(text)).toThrow(/^[^\n]+$/);
  });

  test("an unknown delimiter", () => {
    expect(() => read("1,2\n", { delimiter: "colons" })).toThrow(
      /"colons" separates no columns.*comma, semicolon/,
    );
    expect(read("1|2\n", { delimiter: "|" })).toMatchObject({ columns: 2 });
  });
});
