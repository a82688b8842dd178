import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { readSafetensors } from "../../src/files/safetensors.js";
import { decodeSafetensors, encodeSafetensors } from "../../src/files/safetensors-format.js";
import { sha256 as sumOf } from "../../src/files/sha256.js";
import type { NumericArray } from "../../src/numeric-array.js";
import { readManifest } from "../../src/runs/manifest.js";
import { TINY } from "../training/tiny.js";
import { commandLine } from "./narrows.js";

// model.initialisation.file: a training that begins with given weights (rule A11).

const { folder, narrows } = commandLine("initial-weights");
const inFolder = (...path: string[]) => join(folder, ...path);
const BEGIN = join("checkpoints", "step-00000000.safetensors");
const parametersOf = (run: string) =>
  new Map(
    [...readSafetensors(inFolder("runs", run, BEGIN)).tensors].filter(
      ([name]) => !name.startsWith("optimizer."),
    ),
  );
const write = (file: string, tensors: ReadonlyMap<string, NumericArray>) =>
  writeFileSync(inFolder(file), Buffer.concat(encodeSafetensors(tensors)));
const refusal = async (...args: string[]) => {
  const { status, stderr } = await narrows("train", "tiny.yaml", ...args);
  expect(status).toBe(2);
  return stderr.split("\n").find((line) => line.startsWith("narrows: "))!;
};
const from = (file: string) => ["--set", `model.initialisation.file=${file}`];

beforeAll(async () => {
  // One step, so that the checkpoint before it stays.
  writeFileSync(inFolder("tiny.yaml"), stringify({ ...TINY, training: { ...TINY.training, steps: 1 } }));
  const first = await narrows("train", "tiny.yaml", "--run", "first");
  expect(first).toMatchObject({ status: 0 });
  cpSync(inFolder("runs", "first", BEGIN), inFolder("first.safetensors"));
});

test("the weights of a checkpoint begin a training of another seed, whose manifest names file and sum", async () => {
  const { status } = await narrows(
    ...["train", "tiny.yaml", "--set", "seed=5", "--run", "second", ...from("first.safetensors")],
  );
  expect(status).toBe(0);
  expect(parametersOf("second")).toEqual(parametersOf("first"));
  const { initialWeights, configuration } = readManifest(inFolder("runs", "second"));
  const sha256 = sumOf(readFileSync(inFolder("first.safetensors")));
  expect(initialWeights).toEqual({ file: "first.safetensors", sha256 });
  expect(configuration).toMatchObject({ model: { initialisation: { file: "first.safetensors" } } });
  expect((await narrows("show", "second")).stdout).toMatch(
    new RegExp(`^initial weights +from first\\.safetensors \\(SHA-256 ${sha256}\\)$`, "m"),
  );
  // Begun, a run has its weights: it is continued and measured without the file.
  cpSync(inFolder("first.safetensors"), inFolder("kept"));
  writeFileSync(inFolder("first.safetensors"), "gone");
  expect((await narrows("resume", "second", "--set", "training.steps=2")).status).toBe(0);
  expect((await narrows("evaluate", "second")).status).toBe(0);
  cpSync(inFolder("kept"), inFolder("first.safetensors"));
});

test("~ in the path of weights is the home folder", async () => {
  const { HOME } = process.env;
  process.env.HOME = inFolder("home");
  try {
    cpSync(inFolder("first.safetensors"), inFolder("home", "first.safetensors"));
    // The second time the sweep finds the run that it made: the sum of the file is compared too.
    for (const isTrained of [true, false]) {
      const { status, stderr } = await narrows("sweep", "tiny.yaml", ...from("~/first.safetensors"));
      expect({ status, isTrained: stderr.includes("begins") }).toEqual({ status: 0, isTrained });
    }
  } finally {
    process.env.HOME = HOME;
  }
  expect(parametersOf("tiny-s0")).toEqual(parametersOf("first"));
  const { file } = readManifest(inFolder("runs", "tiny-s0")).initialWeights!;
  expect(file).toBe("~/first.safetensors");
});

test("a file that a configuration names is looked for from the working folder, then next to it", async () => {
  mkdirSync(inFolder("other"));
  cpSync(inFolder("first.safetensors"), inFolder("other", "begin.pt"));
  const model = { ...TINY.model, initialisation: { file: "begin.pt" } };
  writeFileSync(
    inFolder("other", "from-file.yaml"),
    stringify({ ...TINY, model, training: { ...TINY.training, steps: 1 } }),
  );
  expect((await narrows("train", join("other", "from-file.yaml"), "--run", "third")).status).toBe(0);
  expect(parametersOf("third")).toEqual(parametersOf("first"));
  expect(readManifest(inFolder("runs", "third")).initialWeights?.file).toBe(join("other", "begin.pt"));
  // Drawn again where the file is taken away.
  const drawn = ["--set", "model.initialisation=", "--run", "drawn"];
  expect((await narrows("train", join("other", "from-file.yaml"), ...drawn)).status).toBe(0);
  expect(readManifest(inFolder("runs", "drawn")).initialWeights).toBeUndefined();
});

test("a sweep trains again where the file of the same name holds other weights", async () => {
  const sweep = () =>
    narrows("sweep", "tiny.yaml", "--grid", "seed=0,1", ...from("swept.safetensors"), "--runs", "swept");
  cpSync(inFolder("first.safetensors"), inFolder("swept.safetensors"));
  expect((await sweep()).stdout).toMatch(/2 runs|2 of 2|trained/);
  const before = (await narrows("runs", "--runs", "swept", "--json")).stdout;
  await sweep();
  expect((await narrows("runs", "--runs", "swept", "--json")).stdout).toBe(before);
  const halved = [...parametersOf("first")].map(
    ([name, { shape, data }]) => [name, { shape, data: data.map((value) => value / 2) }] as const,
  );
  write("swept.safetensors", new Map(halved));
  await sweep();
  expect(JSON.parse((await narrows("runs", "--runs", "swept", "--json")).stdout)).toHaveLength(4);
});

describe("a file that does not fit is refused in one line, before there is a run", () => {
  const changed = (change: (tensors: Map<string, NumericArray>) => void) => {
    const { tensors } = decodeSafetensors(readFileSync(inFolder("first.safetensors")), "first");
    change(tensors);
    write("changed.safetensors", tensors);
    return refusal(...from("changed.safetensors"), "--run", "refused");
  };

  test("which parameter is missing, unknown or of another shape", async () => {
    expect(
      await changed((tensors) => {
        tensors.delete("encoder.0.bias");
        tensors.set("encoder.7.bias", tensors.get("decoder.0.bias")!);
        const { shape, data } = tensors.get("encoder.0.weight")!;
        tensors.set("encoder.0.weight", { shape: shape.toReversed(), data });
      }),
    ).toBe(
      'narrows: changed.safetensors: it lacks "encoder.0.bias"; it holds "encoder.7.bias", which the model has not; ' +
        "encoder.0.weight has shape [8, 169], and the model needs [169, 8] (in Narrows' names and shapes). " +
        "Give the parameters of this very model (docs/files.md), or change the model to that of the file.",
    );
    expect((await narrows("runs")).stdout).not.toContain("refused");
  });

  test("a checkpoint of the authors' code for another model", async () => {
    cpSync(join(import.meta.dirname, "../import/fixtures/tiny-vae.ckpt"), inFolder("tiny-vae.ckpt"));
    expect(await refusal(...from("tiny-vae.ckpt"))).toMatch(
      /^narrows: tiny-vae\.ckpt: it holds a classifier "clf", which is no head of the model\. /,
    );
    const heads = "model.heads=[{name: E2M1, task: E2M1}]";
    expect(await refusal(...from("tiny-vae.ckpt"), "--set", heads)).toMatch(
      /: it holds "encoder\.1\.weight", .* and 4 more, which the model has not; encoder\.0\.weight has shape \[4, 4, 1, 2\], and the model needs \[169, 8\]; 9 more have other shapes \(/,
    );
  });

  test("a name, and a file that is not there", async () => {
    expect(await refusal("--set", "model.initialisation=xavier")).toBe(
      'narrows: --set model.initialisation=xavier: model.initialisation: "xavier" is not known. ' +
        "Give uniform-by-fan, glorot, he, or {file: weights.safetensors}.",
    );
    expect(await refusal("--set", "model.initialisation.fiel=x")).toContain(
      "unknown key model.initialisation.fiel (did you mean model.initialisation.file?)",
    );
    expect(await refusal(...from("none.pt"))).toMatch(/^narrows: none\.pt: no such file or folder/);
  });
});
