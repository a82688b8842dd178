import { expect, it } from "vitest";
import { loadConfiguration } from "../../src/configuration/load.js";
import { prepareExperiment } from "../../src/training/experiment.js";
import { messageOf } from "../configuration/files.js";

const refusal = (...overrides: string[]) =>
  messageOf(() =>
    prepareExperiment(
      loadConfiguration(undefined, ["data.corridors.samples=200", ...overrides]).configuration,
    ),
  );

it.each([
  "encoder={type: dense, units: [1e9]}",
  "decoder={type: dense, units: [1e9]}",
  "channel.dimensions=1e9",
  "channel={type: echo, dimensions: 1e9}",
  "channel={type: echo, terms: 1e9}",
  "channel={type: iaf, flow: {hidden: [1e9]}}",
  "channel={type: iaf, flow: {steps: 1e9}}",
  "marginal={type: vamp, pseudoInputs: 1e9}",
  "encoder={layers: [{channels: 1e9, kernel: 3}]}",
  "encoder={layers: [{channels: 4, kernel: 1e9}]}",
  "encoder={layers: [{channels: 4, kernel: 3, padding: 1e9}]}",
  "regularizers=[{type: total-correlation, hidden: [1e9]}]",
  "training.batchSize=1e9",
  "training.evaluationBatchSize=1e9",
  "training.metricBatchSize=1e9",
  "training.epochs=1e15",
])("%s names the key and the most", (override) => {
  expect(refusal(override)).toMatch(/ is too great.*Give a number of at most \d+\.$/);
});

it("models whose layers are each within the bounds, and all together are too large", () => {
  expect(refusal("encoder={type: dense, units: [65536, 65536]}", "decoder={type: dense, units: [4]}")).toBe(
    "model: it has 4,306,830,191 parameters, and 268,435,456 are the maximum. Give fewer units, channels or dimensions: the largest is encoder.1.weight, [65536, 65536].",
  );
  expect(refusal("channel={type: iaf, dimensions: 4, flow: {hidden: [65536, 65536]}}")).toMatch(
    /a flow's layer of 65536 x 65536 weights is larger than a model may be/,
  );
});

it("more images than memory holds", () => {
  expect(refusal("data.corridors.samples=4e9")).toMatch(/memory/);
  expect(refusal("data.corridors.samples=1e12")).toMatch(
    /data\.corridors\.samples: 1000000000000 is too great/,
  );
});
