import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { generateCorridors } from "../../../src/data/corridors.js";
import { imageCsvChunks } from "../../../src/data/csv/writer.js";
import { datasetSchema, datasetSources, loadDataset } from "../../../src/data/sources/index.js";
import { folderWith, refusal } from "../files.js";

const folder = mkdtempSync(join(tmpdir(), "narrows-data-"));
afterAll(() => rmSync(folder, { recursive: true }));

const load = (spec: unknown) => loadDataset(datasetSchema.parse(spec));

describe("the door", () => {
  test("drawn and read data are the same data set, with another name", () => {
    const path = join(folder, "c.CSV");
    const drawn = load({ corridors: { samples: 300, seed: 4 } });
    writeFileSync(path, Buffer.concat([...imageCsvChunks(generateCorridors({ samples: 300, seed: 4 }))]));
    const read = load({ file: path, labelNames: ["xU", "xL"] });
    expect({ ...read, causes: undefined }).toEqual({ ...drawn, name: path, causes: undefined });
    expect(drawn.name).toBe("corridors");
  });

  test("D13: the fingerprint of 300 images never changes silently", () => {
    expect(load({ corridors: { samples: 300, seed: 4 } }).fingerprint).toMatchInlineSnapshot(
      `"6b78619b782a4379bbc15e7d8ccf9fc3c225899c2f9a34938ce55ac91ed7eefc"`,
    );
    expect(load({ corridors: { samples: 300, seed: 5 } }).fingerprint).not.toBe(
      load({ corridors: { samples: 300, seed: 4 } }).fingerprint,
    );
  });

  test("a file of another kind is refused", () => {
    const folder = folderWith({ "images.png": "" });
    expect(refusal(() => load({ file: join(folder, "images.png") }), folder)).toBe(
      "images.png: no known format of images. Give a folder of images, an idx file, or a file whose name ends in .csv or .tsv or .txt or .npy or .npz or .zip.",
    );
  });
});

describe("the schema", () => {
  test.each([
    [{}, "", "name exactly one source of data: corridors, sprites"],
    [{ corridors: {}, file: "a.csv" }, "", "got corridors and file"],
    [{ corridors: {}, labels: 2 }, "labels", "has no meaning with corridors"],
    [{ mnist: {}, labels: 2 }, "labels", "has no meaning with mnist"],
    [{ mnist: {}, "fashion-mnist": {} }, "", "got mnist and fashion-mnist"],
    [{ mnist: { binarize: "dynamic" } }, "mnist.binarize", "static"],
    [{ file: "a.zip", size: [28] }, "size", "2"],
    [{ height: 3 }, "", "name exactly one source"],
    [{ corridors: { sample: 3 } }, "corridors", "sample"],
    [{ corridor: {} }, "", "corridor"],
    [{ corridors: { samples: -1 } }, "corridors.samples", ">=1"],
    [{ corridors: { samples: "many" } }, "corridors.samples", "number"],
    [{ corridors: { bias: "left:1/2" } }, "corridors.bias", "a bias is lower or aligned"],
    [{ corridors: { size: 12 } }, "corridors.size", "odd"],
    [{ file: "" }, "file", ">=1"],
    [{ file: "a.csv", height: 0 }, "height", ">=1"],
  ])("%j is refused", (spec, path, message) => {
    const issues = datasetSchema.safeParse(spec).error?.issues ?? [];
    expect(issues[0]?.path.join(".")).toBe(path);
    expect(issues[0]?.message).toContain(message);
  });

  test("fills in the paper's choices", () => {
    expect(datasetSchema.parse({ corridors: {} })).toEqual({ corridors: { seed: 0, size: 13, sigma: 1.2 } });
  });

  test("can be told to editors as JSON Schema", () => {
    const { properties } = z.toJSONSchema(datasetSchema, { io: "input" });
    expect(Object.keys(properties ?? {})).toEqual(datasetSources.flatMap(({ shape }) => Object.keys(shape)));
  });
});
