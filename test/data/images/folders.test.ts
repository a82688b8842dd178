import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { zipSync } from "fflate";
import { encode } from "jpeg-js";
import { describe, expect, test } from "vitest";
import { folderWith, greyPng, load, refusal } from "../files.js";

const grey = (value: number) => greyPng(1, 1, value);
const jpeg = encode({ width: 1, height: 1, data: Buffer.from([7, 7, 7, 255]) }, 100).data;

/** The same files as a folder and as an archive, with what is refused of each. */
function bothWays(files: Readonly<Record<string, string | Uint8Array>>) {
  const folder = folderWith(files);
  const packed = Object.entries(files).map(([name, content]) => [name, Buffer.from(content)] as const);
  const zipped = folderWith({ "a.zip": zipSync(Object.fromEntries(packed)) });
  return [
    { file: folder, refused: (spec: object) => refusal(() => load({ file: folder, ...spec }), folder) },
    {
      file: join(zipped, "a.zip"),
      refused: (spec: object) =>
        refusal(() => load({ file: join(zipped, "a.zip"), ...spec }), zipped).replace(/^a\.zip:/, ""),
    },
  ];
}

describe("D18: what is not read of a folder or an archive is named", () => {
  const files = {
    "s1/0.png": grey(10),
    "s2/0.pgm": "P5",
    "s2/1.pgm": "P5",
    "s3/0.png": grey(30),
    "s3/1.jfif": jpeg,
    "s3/2.JPE": jpeg,
  };

  test("the first, and how many others; passed over where asked to, without another number for any folder", () => {
    for (const { file, refused } of bothWays(files)) {
      expect(refused({})).toBe(
        "s2/0.pgm: this file is not read, nor is 1 other: images are PNG (.png) and JPEG files (.jpg, .jpeg, .jpe, .jfif), labels lie in labels.csv or labels.tsv. Save it as PNG, take it out of there, or skip such files with --skip-others (skipOthers: true in a configuration).",
      );
      expect(load({ file, skipOthers: true })).toMatchObject({
        images: Uint8Array.of(10, 30, 7, 7),
        labels: Int32Array.of(0, 2, 2, 2),
        labelClasses: [["s1", "s2", "s3"]],
        warnings: [`${file}: skipped s2/0.pgm and 1 more, as skipOthers says`],
      });
    }
  });

  test.each([
    "ppm",
    "pbm",
    "pnm",
    "jp2",
    "ico",
    "tga",
    "svg",
    "webp",
    "gif",
    "bmp",
    "tif",
    "heic",
    "txt",
    "md",
    "zip",
    "",
  ])("of any kind: .%s", (ending) => {
    for (const { refused } of bothWays({ "a.png": grey(1), [`b${ending && `.${ending}`}`]: "x" })) {
      expect(refused({})).toMatch(/^b(\.\w+)?: this file is not read: images are PNG/);
    }
  });

  test("notes at the top take no place among the folders", () => {
    for (const { file } of bothWays({ "a/1.png": grey(1), "b/1.png": grey(2), "notes.txt": "" })) {
      expect(load({ file, skipOthers: true }).labelClasses).toEqual([["a", "b"]]);
    }
  });

  test("an empty folder, in an archive too", () => {
    const folder = folderWith({ "a/1.png": grey(1), "c/1.png": grey(2) });
    mkdirSync(join(folder, "b"));
    const remedy =
      /b\/?: this folder is empty\. Remove it, put the images of its class there, or skip it with --skip-others/;
    expect(refusal(() => load({ file: folder }), folder)).toMatch(remedy);
    expect(load({ file: folder, skipOthers: true }).labels).toEqual(Int32Array.of(0, 2));
    const archive = zipSync({
      "a/1.png": grey(1),
      "b/": new Uint8Array(0),
      "c/1.png": grey(2),
      "c/": new Uint8Array(0),
    });
    const zipped = join(folderWith({ "a.zip": archive }), "a.zip");
    expect(refusal(() => load({ file: zipped }))).toMatch(remedy);
    expect(load({ file: zipped, skipOthers: true }).labels).toEqual(Int32Array.of(0, 2));
  });

  test("a file is read by what is in it, whatever its ending says", () => {
    const { images } = load({ file: folderWith({ "a.jpg": grey(9), "b.png": new Uint8Array(jpeg) }) });
    expect(images).toEqual(Uint8Array.of(9, 7));
    const folder = folderWith({ "a.png": "P5 1 1 255 x" });
    expect(refusal(() => load({ file: folder }), folder)).toMatch(/^a\.png: it is neither a PNG nor a JPEG/);
  });
});

describe("links in a folder of images", () => {
  test("are followed, to files and to folders", () => {
    const elsewhere = folderWith({ "x/1.png": grey(1), "2.png": grey(2) });
    const folder = folderWith({ "b/3.png": grey(3) });
    symlinkSync(join(elsewhere, "x"), join(folder, "a"));
    symlinkSync(join(elsewhere, "2.png"), join(folder, "b", "2.png"));
    expect(load({ file: folder })).toMatchObject({
      images: Uint8Array.of(1, 2, 3),
      labelClasses: [["a", "b"]],
    });
  });

  test("that lead round in a circle, or to a folder twice, are refused at the second sight of it", () => {
    const circle = folderWith({ "a/1.png": grey(1) });
    symlinkSync("..", join(circle, "a", "up"));
    expect(refusal(() => load({ file: circle }), circle)).toMatch(
      /^a\/up: links lead to this folder twice: it is FOLDER, too\. Remove the link\.$/,
    );
    // Each of 40 folders holds two links to the next: 2^40 ways to the last.
    const doubled = folderWith({ "1.png": grey(1) });
    for (let k = 0; k < 40; k++) mkdirSync(join(doubled, `f${k}`));
    for (let k = 0; k < 39; k++) {
      for (const name of ["l", "r"]) symlinkSync(join(doubled, `f${k + 1}`), join(doubled, `f${k}`, name));
    }
    expect(refusal(() => load({ file: doubled }), doubled)).toMatch(/links lead to this folder twice/);
    const broken = folderWith({ "1.png": grey(1) });
    symlinkSync("nowhere.png", join(broken, "2.png"));
    expect(refusal(() => load({ file: broken }), broken)).toMatch(/^2\.png: no such file or folder\./);
  });
});
