import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { paperData, smallData } from "../../../src/papers/echo-noise/data.js";
import { PRESETS } from "../../../src/papers/echo-noise/recipe.js";
import { imagePlan } from "../../../src/papers/echo-noise/runs.js";
import { spritesPlan } from "../../../src/papers/echo-noise/sprites.js";
import { checkData } from "../../../src/reproduction/check-data.js";
import { folderWith, idx, load, refusal, sharedData } from "../../data/files.js";

const t10k = (count: number) => ({
  "t10k-images-idx3-ubyte": idx([count, 28, 28], new Uint8Array(count * 784)),
  "t10k-labels-idx1-ubyte": idx([count], new Uint8Array(count)),
});
const below = (folder: string, files: Readonly<Record<string, Uint8Array>>) =>
  Object.fromEntries(Object.entries(files).map(([name, content]) => [`${folder}/${name}`, content]));

test("small images are found in a folder or in those in it, and say what they stand in for", () => {
  const folder = folderWith({ ...below("digits", t10k(20)), ...below("my-fashion", t10k(10)) });
  const [mnist, fashion, ...others] = smallData(folder);
  expect(fashion!.name).toBe("fashion-mnist");
  expect(others).toEqual([]);
  expect(mnist).toMatchObject({
    name: "binary-mnist",
    source: { mnist: { folder: join(folder, "digits"), part: "test", binarize: "static" } },
    split: { train: [0, 16], validation: [16, 20], test: [16, 20] },
    reduction: "MNIST's 20 test images alone, drawn binary once (16 train, 4 test)",
  });
  expect(load(mnist!.source).split).toEqual(mnist!.split);
  // mnist is the stand-in of binary-mnist by another name.
  expect(smallData(folder, ["fashion-mnist"]).map(({ published }) => published)).toEqual(["fashion-mnist"]);
  expect(smallData(folder, ["mnist", "binary-mnist"])).toEqual([mnist]);
});

test("what is asked for and is not there is reported with the command that gets it", () => {
  const folder = folderWith(below("digits", t10k(20)));
  expect(refusal(() => smallData(folder, ["omniglot", "mnist"]), folder)).toBe(
    '--folder FOLDER: it holds none of images_background_small1.zip (Omniglot). Name the folder that holds them, or get them: "narrows datasets get omniglot --out omniglot".',
  );
  expect(refusal(() => smallData(join(folder, "nowhere")))).toMatch(
    /t10k-images-idx3-ubyte \(MNIST\) and no images_background_small1\.zip/,
  );
  mkdirSync(join(folder, "empty"));
  expect(refusal(() => smallData(join(folder, "empty")))).toMatch(/"narrows datasets get mnist --out/);
});

test("published data that are missing are named all at once, each with its command", () => {
  const before = process.cwd();
  process.chdir(folderWith({ "data/omniglot/chardata.mat": new Uint8Array(1) }));
  const choice = {
    data: [paperData("binary-mnist"), paperData("omniglot")],
    recipe: { ...PRESETS.paper, preset: "paper", methods: ["VAE"], seeds: 1 },
  } as const;
  const entries = [...imagePlan(choice), ...spritesPlan(choice)].map((planned) => ({
    planned,
    run: undefined,
    finished: false,
    step: 0,
    totalSteps: undefined,
  }));
  try {
    expect(refusal(() => checkData(entries))).toBe(
      'data/binary-mnist/binarized_mnist_train.amat, data/dsprites/dsprites_ndarray_co1sh3sc6or40x32y32_64x64.npz: no such files. Get them with "narrows datasets get binary-mnist" and "narrows datasets get dsprites", or train on less with --preset quick.',
    );
    checkData(entries.map((entry) => ({ ...entry, finished: true })));
  } finally {
    process.chdir(before);
  }
});

test("the paper's data by name; MNIST drawn here is compared with the same published column, and says so", () => {
  expect(paperData("mnist")).toMatchObject({
    published: "binary-mnist",
    reduction: expect.stringMatching(/drawn binary/),
  });
  expect(paperData("fashion-mnist").reduction).toBeUndefined();
  // In another folder than data each set is in a folder of its name.
  const at = { folder: "/sets" };
  expect(paperData("fashion-mnist", at).source).toEqual({
    "fashion-mnist": { folder: "/sets/fashion-mnist" },
  });
  expect(paperData("mnist", at).source).toMatchObject({ mnist: { folder: "/sets/mnist" } });
  expect(paperData("omniglot", at).source).toEqual({ omniglot: { path: "/sets/omniglot" } });
  expect(paperData("omniglot", { folder: "data" })).toEqual(paperData("omniglot"));
});

test("the small sets that lie next to the repository on some machines", ({ skip }) => {
  const folder = sharedData(".");
  if (!folder) return skip();
  expect(smallData(folder).map(({ name }) => name)).toEqual(["binary-mnist", "omniglot"]);
});
