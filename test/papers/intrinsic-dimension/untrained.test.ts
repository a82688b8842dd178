import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { nearestNeighbours, prepareRows } from "../../../src/distances/index.js";
import { twoNnFit } from "../../../src/geometry/intrinsic-dimension/index.js";
import { layerSpaces } from "../../../src/layer-geometry/layers.js";
import { measureSpaces } from "../../../src/layer-geometry/spaces.js";
import { nodeDevice } from "../../../src/onnx/node.js";
import { smallMnist } from "../../../src/papers/intrinsic-dimension/data.js";
import { PRESETS } from "../../../src/papers/intrinsic-dimension/recipe.js";
import { networkConfiguration } from "../../../src/papers/intrinsic-dimension/runs.js";
import { PhiloxStream } from "../../../src/random/stream.js";
import { prepareExperiment, requireAutoencoder } from "../../../src/training/experiment.js";

const SHARED = join(import.meta.dirname, "../../../../shared/data/mnist-t10k");
const POINTS = 1000;

// Before any training the code is noise: what the paper's numbers of l5 at epoch 0 are (spec section 1.2).
describe.skipIf(!existsSync(SHARED))(
  "the untrained network of the paper (needs ../shared/data/mnist-t10k)",
  () => {
    test.each([2, 8, 32, 128])(
      "its code of %i dimensions is as noise is, and predicts nothing of the images",
      async (dimensions) => {
        const data = smallMnist(SHARED, POINTS);
        const configuration = networkConfiguration(data, dimensions, {
          ...PRESETS.paper,
          preset: "paper",
          networks: "half",
        });
        const { model, layout, split } = requireAutoencoder(prepareExperiment(configuration), "untrained");
        const device = await nodeDevice("cpu", 1);
        const trained = { model, layout, parameters: layout.initialise(0), seed: 0 };
        const spaces = layerSpaces({ trained, table: split.test, device }, ["input", "code"]);
        const { spaces: measured, imbalances } = await measureSpaces(spaces, [{ from: 1, to: 0 }], {
          device,
        });
        const { fit } = measured[1]!.dimension!;

        const noise = new Float64Array(POINTS * dimensions);
        const stream = new PhiloxStream(1, "noise of its own");
        for (let k = 0; k < noise.length; k++) noise[k] = stream.normal();
        const rows = { name: "noise", count: POINTS, dimension: dimensions, coordinates: noise };
        const pure = twoNnFit(await nearestNeighbours(await prepareRows(rows, { device }), 2, { device }));
        const together = Math.hypot(fit.linkedError!, pure.linkedError!);
        expect(Math.abs(fit.dimension - pure.dimension)).toBeLessThan(3 * together);
        // Far from the K of large codes: points are too few, and would not have found another number.
        expect(together).toBeLessThan(0.15 * fit.dimension);

        const [toInput] = imbalances;
        expect(Math.abs(toInput!.imbalance - 1)).toBeLessThan(3 * toInput!.standardError);
        expect(toInput!.standardError).toBeLessThan(0.05);
      },
    );
  },
);
