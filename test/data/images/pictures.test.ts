import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { zipSync } from "fflate";
import { encode } from "jpeg-js";
import { describe, expect, test } from "vitest";
import { folderWith, greyPng, load, png, refusal } from "../files.js";

const colour = (red: number, green: number, blue: number) =>
  png({ width: 1, height: 1, depth: 8, colorType: 2, rows: [[red, green, blue]] });

describe("D18: a folder or an archive of images", () => {
  const files = {
    "cats/b.png": greyPng(2, 3, 20),
    "cats/a.PNG": greyPng(2, 3, 10),
    "birds/owls/z.png": greyPng(2, 3, 30),
    ".hidden/x.png": greyPng(9, 9, 0),
    "__MACOSX/cats/._a.png": "no image",
    "Thumbs.db": "no image",
    "cats/desktop.ini": "no image",
    "birds/.DS_Store": "no image",
  };
  const expected = {
    count: 3,
    imageShape: [2, 3, 1],
    images: Uint8Array.from({ length: 18 }, (_, k) => [30, 10, 20][Math.floor(k / 6)]!),
    scale: 1 / 255,
    labels: Int32Array.of(0, 1, 1),
    labelNames: ["folder"],
    labelClasses: [["birds/owls", "cats"]],
  };

  test("is in the order of names, with the sub-folder as label", () => {
    const folder = folderWith(files);
    expect(load({ file: folder })).toMatchObject({ ...expected, name: folder });
    expect(load({ file: folder, labels: 0 })).toMatchObject({ labels: undefined, labelNames: [] });
    expect(load({ file: folder, labelNames: ["animal"] }).labelNames).toEqual(["animal"]);
  });

  test("is the same data packed as a zip", () => {
    const entries = Object.entries(files).map(([name, content]) => [name, Buffer.from(content)] as const);
    const archive = zipSync(Object.fromEntries(entries.reverse()));
    const zipped = load({ file: join(folderWith({ "a.zip": archive }), "a.zip") });
    expect(zipped).toMatchObject(expected);
    expect(zipped.fingerprint).toBe(load({ file: folderWith(files) }).fingerprint);
  });

  test("has no label where all lie in one sub-folder", () => {
    const folder = folderWith({ "a/1.png": greyPng(1, 1, 0), "a/2.png": greyPng(1, 1, 1) });
    expect(load({ file: folder })).toMatchObject({ labels: undefined, labelNames: [], scale: 1 });
    expect(refusal(() => load({ file: folder, labels: 1 }), folder)).toMatch(/all images lie in one folder/);
  });

  test("has colours only where some pixel has one, or where asked to", () => {
    const grey = folderWith({ "a.png": colour(7, 7, 7), "b.png": greyPng(1, 1, 9) });
    expect(load({ file: grey })).toMatchObject({ imageShape: [1, 1, 1], images: Uint8Array.of(7, 9) });
    expect(load({ file: grey, channels: 3 }).images).toEqual(Uint8Array.of(7, 7, 7, 9, 9, 9));
    const coloured = folderWith({ "a.png": colour(100, 200, 50), "b.png": greyPng(1, 1, 9) });
    expect(load({ file: coloured })).toMatchObject({
      imageShape: [1, 1, 3],
      images: Uint8Array.of(100, 200, 50, 9, 9, 9),
    });
    // 0.299 * 100 + 0.587 * 200 + 0.114 * 50 = 153.
    expect(load({ file: coloured, channels: 1 }).images).toEqual(Uint8Array.of(153, 9));
    expect(refusal(() => load({ file: grey, channels: 2 }))).toMatch(/2 channels are asked for/);
  });

  test("resizes where a size is given", () => {
    const rows = [
      [0, 0, 100],
      [0, 100, 100],
    ];
    const folder = folderWith({
      "a.png": png({ width: 3, height: 2, depth: 8, colorType: 0, rows }),
      "b.png": greyPng(5, 1, 77),
    });
    expect(load({ file: folder, size: [1, 2] })).toMatchObject({
      imageShape: [1, 2, 1],
      // Of the first: (2 * 0 + 0 + 100 * 0.5) / 3 and (0 * 0.5 + 100 * 2.5) / 3, rounded.
      images: Uint8Array.of(17, 83, 77, 77),
    });
  });

  test("reads JPEG, nearly as it was", () => {
    const data = Buffer.alloc(16 * 16 * 4, 255);
    for (let k = 0; k < 256; k++) data.set([200, 100, 50], 4 * k);
    const jpeg = encode({ width: 16, height: 16, data }, 100).data;
    const { imageShape, images } = load({ file: folderWith({ "a.jpg": jpeg }) });
    expect(imageShape).toEqual([16, 16, 3]);
    [200, 100, 50].forEach((value, k) => {
      expect(Math.abs(images[k] - value)).toBeLessThanOrEqual(3);
    });
    const cut = folderWith({ "a.jpg": jpeg.subarray(0, jpeg.length / 2) });
    expect(refusal(() => load({ file: cut }), cut)).toMatch(/^a\.jpg: the image cannot be decoded/);
  });
});

describe("what is refused, in one line", () => {
  test("images whose sizes differ: the first that does, and both sizes", () => {
    const folder = folderWith({
      "a.png": greyPng(2, 3, 1),
      "b.png": greyPng(2, 3, 1),
      "c.png": greyPng(3, 3, 1),
    });
    expect(refusal(() => load({ file: folder }), folder)).toBe(
      "c.png: it has 3 x 3 pixels (height x width), where the first image, a.png, has 2 x 3. Give images of one size, or let them be resized with the option size: [height, width].",
    );
  });

  test("a folder without images", () => {
    const empty = folderWith({ ".hidden": "" });
    expect(refusal(() => load({ file: empty }), empty)).toBe(
      "FOLDER: there are no images. Give a folder or a zip archive with PNG or JPEG files.",
    );
  });

  test("an archive that is cut or damaged", () => {
    const archive = zipSync({ "a.png": greyPng(2, 3, 1) }, { level: 0 });
    const cut = folderWith({ "a.zip": archive.subarray(0, archive.length - 9) });
    expect(refusal(() => load({ file: join(cut, "a.zip") }), cut)).toMatch(
      /^a\.zip: this is not a whole zip archive/,
    );
    const damaged = archive.slice();
    damaged[archive.length >> 1] ^= 1;
    const folder = folderWith({ "a.zip": damaged });
    expect(refusal(() => load({ file: join(folder, "a.zip") }), folder)).toMatch(
      /^a\.zip(:a\.png)?: .*damaged/,
    );
  });

  test("options without a meaning for such files, and files that are not there", () => {
    const folder = folderWith({ "a.png": greyPng(1, 1, 1) });
    expect(refusal(() => load({ file: folder, height: 3 }), folder)).toBe(
      "FOLDER: the option height has no meaning for image files. Remove it; options with a meaning: channels, labels, labelNames, size, skipOthers.",
    );
    expect(refusal(() => load({ file: join(folder, "none") }), folder)).toMatch(
      /^none: no such file or folder\./,
    );
    expect(refusal(() => load({ file: join(folder, "none.zip") }), folder)).toMatch(
      /^none\.zip: no such file/,
    );
    mkdirSync(join(folder, "b.png"));
    expect(refusal(() => load({ file: folder }), folder)).toMatch(/^b\.png: this folder is empty\./);
  });
});
