import { expect, test } from "vitest";
import { datasetSchema, loadDataset } from "../../../src/data/sources/index.js";
import { generateSprites } from "../../../src/data/sprites/generate.js";

const load = (spec: unknown) => loadDataset(datasetSchema.parse(spec));

test("sprites in a configuration are the sprites of the library", () => {
  const spec = {
    factors: { orientation: 3, posX: 4, posY: 4 },
    size: 28,
    subset: "dependent-1290",
    samples: 50,
  };
  expect(load({ sprites: spec })).toMatchObject({ ...generateSprites(spec), name: "sprites" });
  expect(datasetSchema.parse({ sprites: {} })).toEqual({
    sprites: {
      factors: { shape: 3, scale: 4, orientation: 12, posX: 16, posY: 16 },
      size: 64,
      subset: "all",
      seed: 0,
    },
  });
});

test.each([
  [{ sprites: { subset: "half" } }, "sprites.subset", "a subset is all, or dependent- and a seed"],
  [{ sprites: { factors: { shape: 4 } } }, "sprites.factors.shape", "<=3"],
  [{ sprites: { size: 8 } }, "sprites.size", ">=16"],
  [{ dsprites: { samples: 0 } }, "dsprites.samples", ">=1"],
])("%j is refused", (spec, path, message) => {
  const issues = datasetSchema.safeParse(spec).error?.issues ?? [];
  expect(issues[0]?.path.join(".")).toBe(path);
  expect(issues[0]?.message).toContain(message);
});

test("dSprites that are not there: where they belong and what gets them", () => {
  expect(() => load({ dsprites: { file: "nowhere/d.npz" } })).toThrow(
    /^nowhere\/d\.npz: no such file.*narrows datasets get dsprites/,
  );
});
