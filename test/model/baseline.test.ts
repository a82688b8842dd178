import { describe, expect, it } from "vitest";
import { createModel } from "../../src/model/model.js";
import { modelSchema } from "../../src/model/schema.js";
import { ParameterLayout } from "../../src/nn/parameters.js";
import { Scope } from "../../src/nn/scope.js";

const layout = baselineLayout();

function baselineLayout(): ParameterLayout {
  const model = createModel(modelSchema.parse({}), [13, 13, 1]);
  const scope = new Scope();
  model.run(scope, scope.batch("images", [1, 13, 13, 1]), "training");
  return new ParameterLayout(scope.requests.parameters.values());
}

/** The number under the root in 1/sqrt(f), by layer, as PyTorch counts it; weights' shapes as in checkpoints. */
const LAYERS: Record<string, { fan: number; weight: number[] }> = {
  "encoder.0": { fan: 16, weight: [4, 4, 1, 32] },
  "encoder.1": { fan: 288, weight: [3, 3, 32, 64] },
  "encoder.2": { fan: 576, weight: [3, 3, 64, 256] },
  "channel.posterior": { fan: 1024, weight: [1024, 10] },
  "decoder.input": { fan: 5, weight: [5, 1024] },
  "decoder.0": { fan: 576, weight: [3, 3, 64, 256] },
  "decoder.1": { fan: 288, weight: [3, 3, 32, 64] },
  "decoder.2": { fan: 16, weight: [4, 4, 1, 32] },
};

describe("the Corridors baseline", () => {
  it("has the paper's 349,643 parameters", () => {
    expect(layout.size).toBe(349_643);
  });

  it("has the paper's layers, and no others", () => {
    const weights = layout.specs.filter(({ name }) => name.endsWith(".weight"));
    expect(Object.fromEntries(weights.map(({ name, shape }) => [name, shape]))).toEqual(
      Object.fromEntries(Object.entries(LAYERS).map(([name, { weight }]) => [`${name}.weight`, weight])),
    );
    expect(layout.specs).toHaveLength(2 * weights.length);
  });

  describe("initial weights are uniform on +-1/sqrt(f) (A4)", () => {
    const views = layout.views(layout.initialise(1));
    for (const { name } of layout.specs) {
      it(name, () => {
        const layer = name.replace(/\.(weight|bias)$/, "");
        const bound = 1 / Math.sqrt(LAYERS[layer]!.fan);
        const values = Float64Array.from(views[name]!);
        const count = values.length;
        const mean = values.reduce((sum, value) => sum + value, 0) / count;
        const variance = values.reduce((sum, value) => sum + value ** 2, 0) / count;
        expect(values.reduce((maximum, value) => Math.max(maximum, Math.abs(value)), 0)).toBeLessThanOrEqual(
          Math.fround(bound),
        );
        // Five standard errors of a mean and of a second moment of uniform numbers.
        expect(Math.abs(mean)).toBeLessThan((5 * bound) / Math.sqrt(3 * count));
        expect(Math.abs(variance - bound ** 2 / 3)).toBeLessThan(5 * bound ** 2 * Math.sqrt(4 / 45 / count));
      });
    }
  });

  it("initial weights depend on the seed and the parameter's name, not on what else the model holds (A4)", () => {
    const few = createModel(modelSchema.parse({ channel: { type: "gaussian", dimensions: 2 } }), [13, 13, 1]);
    const scope = new Scope();
    few.encode(scope, scope.batch("images", [1, 13, 13, 1]));
    const other = new ParameterLayout(scope.requests.parameters.values());
    const first = layout.views(layout.initialise(1))["encoder.1.weight"];
    expect(other.views(other.initialise(1))["encoder.1.weight"]).toEqual(first);
    expect(other.views(other.initialise(2))["encoder.1.weight"]).not.toEqual(first);
  });
});
