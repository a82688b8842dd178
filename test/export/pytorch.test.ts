import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { encodeSafetensors } from "../../src/files/safetensors-format.js";
import { isAutoencoder } from "../../src/model/kinds.js";
import { Scope } from "../../src/nn/scope.js";
import type { NumericArray } from "../../src/numeric-array.js";
import { nodeDevice } from "../../src/onnx/node.js";
import { torchModule } from "../../src/torch/export/module.js";
import { decodeCodes } from "../../src/training/decode.js";
import { encodeTable } from "../../src/training/encode.js";
import { mapRows } from "../../src/training/map-rows.js";
import { temporaryFolder } from "../runs/temporary-folder.js";
import { channelsFirst } from "./channels-first.js";
import { NETWORKS, someImages, untrained } from "./networks.js";
import { hasPython, runPython } from "./python.js";

const COUNT = 11;
const device = await nodeDevice("cpu", 1);
const written = Object.entries(NETWORKS).filter(([name]) => !name.includes("inverse"));

/** Everything that Narrows computes of some images, in PyTorch's layout. */
async function expectedOf(name: string): Promise<ReadonlyMap<string, NumericArray<Float32Array>>> {
  const { imageShape } = NETWORKS[name]!;
  const { model, settings, ...trained } = untrained(NETWORKS[name]!);
  const table = someImages(COUNT, imageShape);
  const [height, width, channels] = imageShape;
  const asImages = (data: Float32Array) => ({
    shape: [COUNT, channels, height, width],
    data: channelsFirst(data, imageShape),
  });
  const isOfCodes = settings.type === "classifier" && !settings.encoder;
  const images = isOfCodes ? { shape: [COUNT, imageShape[2]], data: table.images } : asImages(table.images);
  const logits = async (values: NumericArray<Float32Array>) => {
    const outputs = await mapRows({ model, ...trained }, device, {
      count: COUNT,
      build: (_, batchSize) => model.parts.heads!(new Scope(), batchSize, "NHWC"),
      noisePurpose: "none",
      isOfImages: false,
      fillRows: (rows, into) =>
        rows.forEach((row, i) => {
          const size = values.data.length / COUNT;
          into.set(values.data.subarray(row * size, (row + 1) * size), i * size);
        }),
    });
    return Object.entries(outputs).map(([head, data]) => [`head.${head}`, data] as const);
  };
  if (!isAutoencoder(model)) {
    const heads = await logits({ shape: images.shape, data: table.images });
    return new Map([[isOfCodes ? "codes" : "images", images], ...heads]);
  }
  const { mean, posterior, rateNats, dimensionRateNats } = await encodeTable(
    { model, ...trained },
    device,
    table,
  );
  const decoded = await decodeCodes({ model, ...trained }, device, mean);
  const spread = posterior?.logVariance ?? {
    shape: dimensionRateNats!.shape,
    data: dimensionRateNats!.data.map((nats) => -nats),
  };
  return new Map([
    ["images", images],
    ["mean", mean],
    ["spread", spread],
    ["decoded", asImages(Float32Array.from(decoded.data))],
    ...(model.rateEstimator === "monte-carlo" ? [] : [["rate", rateNats] as const]),
    ...(model.heads.length > 0 ? await logits(mean) : []),
  ]);
}

describe.skipIf(!hasPython(["torch", "safetensors"]))("in PyTorch", () => {
  test("every network gives the numbers of Narrows", { timeout: 300_000 }, async () => {
    const folder = temporaryFolder();
    for (const [index, [name, network]] of written.entries()) {
      const { settings, model, ...trained } = untrained(network);
      const { source, tensors } = torchModule(settings, model, trained, name);
      const own = join(folder, `network${index}`);
      mkdirSync(own);
      writeFileSync(join(own, "model.py"), source);
      const expected = await expectedOf(name);
      writeFileSync(join(own, "model.safetensors"), Buffer.concat(encodeSafetensors(tensors)));
      writeFileSync(join(own, "expected.safetensors"), Buffer.concat(encodeSafetensors(expected)));
    }
    const printed = runPython(
      folder,
      `
import importlib, json, torch
from safetensors.torch import load_file
torch.manual_seed(0)
off = {}
for index, name in enumerate(${JSON.stringify(written.map(([name]) => name))}):
    module = importlib.import_module(f"network{index}.model")
    model = module.load()
    expected = load_file(f"network{index}/expected.safetensors")
    with torch.no_grad():
        found = {}
        if hasattr(model, "encode"):
            found["mean"], found["spread"] = model.encode(expected["images"])
            found["decoded"] = model.decode(found["mean"])
            if hasattr(model, "rate_nats"):
                found["rate"] = model.rate_nats(found["mean"], found["spread"])
            assert model.sample(found["mean"], found["spread"]).shape == found["mean"].shape
            assert torch.equal(model(expected["images"]), found["decoded"])
        if hasattr(model, "classify"):
            seen = found.get("mean", expected.get("codes", expected.get("images")))
            found.update({f"head.{head}": logits for head, logits in model.classify(seen).items()})
    assert set(found) == set(expected) - ({"images"} if "codes" not in expected else {"codes"}), (name, set(found), set(expected))
    off[name] = {
        key: float((value - expected[key]).abs().max() / max(1, expected[key].abs().max()))
        if value.shape == expected[key].shape else 1e9
        for key, value in found.items()
    }
print(json.dumps(off))
`,
    );
    const off = JSON.parse(printed) as Record<string, Record<string, number>>;
    expect(Object.keys(off)).toEqual(written.map(([name]) => name));
    const tooFar = Object.entries(off).flatMap(([name, differences]) =>
      Object.entries(differences).flatMap(([key, difference]) =>
        difference < 1e-5 ? [] : [`${name}: ${key} differs by ${difference}`],
      ),
    );
    expect(tooFar).toEqual([]);
  });
});
