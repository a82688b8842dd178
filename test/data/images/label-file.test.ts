import { join } from "node:path";
import { zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { folderWith, greyPng, load, refusal } from "../files.js";

const PICTURES = {
  "cats/a.png": greyPng(1, 1, 10),
  "cats/b.png": greyPng(1, 1, 20),
  "dogs/c.png": greyPng(1, 1, 30),
};
const folderOf = (labels: string | Uint8Array, name = "labels.csv") =>
  folderWith({ ...PICTURES, [name]: labels });

describe("D29: a table of labels beside the images", () => {
  const expected = {
    images: Uint8Array.of(10, 20, 30),
    labels: Float64Array.of(1, 0.5, 0, 2, 1, -3),
    labelNames: ["kind", "age"],
    labelClasses: [["cat", "dog"], undefined],
  };

  test.each<[string, string, string?]>([
    ["by paths, in any order", "file,kind,age\ndogs/c.png,dog,-3\ncats/a.png,dog,0.5\ncats/b.png,cat,2\n"],
    ["by names that are alone", "file,kind,age\nc.png,dog,-3\na.png,dog,0.5\nb.png,cat,2\n"],
    ["by names without ending", "file,kind,age\nc,dog,-3\na,dog,0.5\nb,cat,2\n"],
    [
      "as Windows writes paths",
      "file;kind;age\r\ndogs\\c.png;dog;-3\r\ncats\\a.png;dog;0,5\r\n.\\cats\\b.png;cat;2\r\n",
    ],
    ["semicolons and decimal commas", "file;kind;age\nc.png;dog;-3,0\na.png;dog;0,5\nb.png;cat;2,0\n"],
    ["the names in another column", "kind,name,age\ndog,c.png,-3\ndog,a.png,0.5\ncat,b.png,2\n"],
    ["pandas with its index", ",file,kind,age\n0,c.png,dog,-3.0\n1,a.png,dog,0.5\n2,b.png,cat,2.0\n"],
    [
      "absolute paths of another machine",
      "file,kind,age\n/x/y/c.png,dog,-3\n/x/cats/a.png,dog,0.5\nC:\\b.png,cat,2\n",
    ],
    ["tabs", "file\tkind\tage\nc.png\tdog\t-3\na.png\tdog\t0.5\nb.png\tcat\t2\n", "labels.tsv"],
  ])("%s", (_, text, name) => {
    const folder = folderOf(text, name);
    expect(load({ file: folder })).toMatchObject(expected);
    const files = Object.entries({ ...PICTURES, [name ?? "labels.csv"]: Buffer.from(text) });
    for (const top of ["", "pics/"]) {
      const archive = zipSync(Object.fromEntries(files.map(([path, content]) => [top + path, content])));
      expect(load({ file: join(folderWith({ "a.zip": archive }), "a.zip") })).toMatchObject(expected);
    }
  });

  test("without a header its columns are numbered, or named by the options; whole numbers stay whole", () => {
    const folder = folderOf("a.png,1,2\nb.png,3,4\nc.png,5,6\n");
    expect(load({ file: folder })).toMatchObject({
      labels: Int32Array.of(1, 2, 3, 4, 5, 6),
      labelNames: ["label1", "label2"],
    });
    expect(load({ file: folder, labelNames: ["x", "y"] }).labelNames).toEqual(["x", "y"]);
    expect(load({ file: folder, labels: 0 })).toMatchObject({ labels: undefined, labelNames: [] });
    const { warnings } = load({ file: folderOf("file;k\na;1\nb;2\nc;3\n") });
    expect(warnings).toHaveLength(1);
    expect(warnings![0]).toMatch(
      /labels\.csv: read with columns separated by semicolons, row 1 as a header \("file", "k"\), column file as the names of images, each the name without ending$/,
    );
  });

  test.each<[string, string, RegExp]>([
    [
      "a row without an image",
      "file,k\na.png,1\nx.png,2\n",
      /^labels\.csv, row 3: "x\.png" is the name of no image, or of several/,
    ],
    [
      "images without a row",
      "file,k\nb.png,2\n",
      /^labels\.csv: it has no row for the image cats\/a\.png, nor for 1 other\./,
    ],
    [
      "an image twice",
      "file,k\na.png,1\ncats/a.png,1\n",
      /^labels\.csv, row 3: the image cats\/a\.png has a row already, 2\./,
    ],
    [
      "no names of images",
      "file,k\nx,1\ny,2\n",
      /^labels\.csv: no column names the images, the first of which is cats\/a\.png/,
    ],
    [
      "nothing but names",
      "file\na.png\nb.png\nc.png\n",
      /^labels\.csv: it has no column other than the names of images/,
    ],
    [
      "a missing name",
      "file,k\na.png,x\nb.png,\nc.png,y\n",
      /^labels\.csv, row 3, column k: the label is missing/,
    ],
    [
      "a missing number",
      "file,k\na.png,1\nb.png,\nc.png,3\n",
      /^labels\.csv, row 3, column k: the label is missing/,
    ],
    [
      "what is no number among numbers",
      "file,k\na.png,1\nb.png,?\nc.png,3\n",
      /^labels\.csv, row 3, column k: "\?" means a missing label/,
    ],
    [
      "a word among numbers",
      "file,k\na.png,1\nb.png,x\nc.png,3\n",
      /^labels\.csv, row 3, column k: "x" is among/,
    ],
    ...["NA", "nan", "#N/A", "None", "-"].map((cell): [string, string, RegExp] => [
      `${cell} among names`,
      `file,k\na.png,x\nb.png,${cell}\nc.png,y\n`,
      /^labels\.csv, row 3, column k: ".*" means a missing label/,
    ]),
    [
      "two columns of one name",
      "file,k,k\na.png,1,2\nb.png,1,2\nc.png,1,2\n",
      /^labels\.csv, row 1: two columns are called "k"/,
    ],
    [
      "thousands",
      'file,k\na.png,950\nb.png,"1,042"\nc.png,"12,500"\n',
      /^labels\.csv, row 3, column 2: "1,042" may be written with thousands/,
    ],
    [
      "millions",
      'file,k\na.png,950\nb.png,"1,042,000"\nc.png,"2,000,000"\n',
      /^labels\.csv, row 3, column k: "1,042,000" is written with thousands/,
    ],
    [
      "names in capitals beside a number that is one without ending",
      "file,rank\nA.PNG,1\nB.PNG,2\nC.PNG,3\n",
      /^labels\.csv, row 2, column file: "A\.PNG" is the name of no image, the first of which is cats\/a\.png/,
    ],
    ["what is not finite", "file,k\na.png,1\nb.png,nan\nc.png,3\n", /^labels\.csv, row 3, column k: /],
    [
      "another number of labels",
      "file,k\na.png,1\nb.png,2\nc.png,3\n",
      /^labels\.csv: 2 labels are asked for, and there is one: k\./,
    ],
  ])("refused: %s", (kind, text, line) => {
    const folder = folderOf(text);
    const labels = kind.startsWith("another number") ? { labels: 2 } : {};
    expect(refusal(() => load({ file: folder, ...labels }), folder)).toMatch(line);
  });

  test("a column of file names goes before numbers that are names without ending", () => {
    const numbered = (labels: string) =>
      load({
        file: folderWith({ "0.png": greyPng(1, 1, 1), "1.png": greyPng(1, 1, 2), "labels.csv": labels }),
      });
    expect(numbered("id,path,kind\n0,/d/1.png,one\n1,/d/0.png,zero\n")).toMatchObject({
      labels: Int32Array.of(1, 1, 0, 0),
      labelNames: ["id", "kind"],
      warnings: [expect.stringMatching(/column path as the names of images, each the end of a path$/)],
    });
    expect(() => numbered("index,file\n0,1.jpg\n1,0.jpg\n")).toThrow(
      /column file: "1\.jpg" is the name of no image/,
    );
  });

  test("classes called none, and a minus beside a plus, are no missing ones; accents may be encoded in two ways", () => {
    const kinds = (a: string, b: string) =>
      load({ file: folderOf(`file,k\na.png,${a}\nb.png,${b}\nc.png,${b}\n`) }).labelClasses;
    expect(kinds("none", "mild")).toEqual([["mild", "none"]]);
    expect(kinds("-", "+")).toEqual([["+", "-"]]);
    const accented = folderWith({
      "e\u0301.png": greyPng(1, 1, 1),
      "f.png": greyPng(1, 1, 2),
      "labels.csv": "file,k\n\u00e9.png,1\nf.png,2\n",
    });
    expect(load({ file: accented }).labels).toEqual(Int32Array.of(1, 2));
  });

  test("names of several images, two tables, and a table below some images are refused", () => {
    const twice = folderWith({
      ...PICTURES,
      "dogs/a.png": greyPng(1, 1, 1),
      "labels.csv": "file,k\na.png,1\nb,1\nc,1\n",
    });
    expect(refusal(() => load({ file: twice }), twice)).toMatch(
      /row 2: "a\.png" is the name of no image, or of several/,
    );
    const two = folderWith({ ...PICTURES, "labels.csv": "", "cats/labels.tsv": "" });
    expect(refusal(() => load({ file: two }), two)).toMatch(
      /there (is another table|are two tables) of labels/,
    );
    const below = folderWith({ ...PICTURES, "cats/labels.csv": "" });
    expect(refusal(() => load({ file: below }), below)).toMatch(
      /^cats\/labels\.csv: this table of labels lies below some images, such as dogs\/c\.png/,
    );
  });
});
