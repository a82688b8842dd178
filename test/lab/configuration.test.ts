import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { wholeConfiguration } from "../../site/lab/core/whole-configuration.js";
import { yamlOf } from "../../site/lab/core/yaml.js";
import { loadConfiguration } from "../../src/configuration/load.js";
import { type Experiment, FIRST_EXPERIMENT } from "../../src/lab/experiment.js";

const weights = Array.from({ length: 169 }, (_, cell) => cell % 4);
const EXPERIMENTS: readonly Partial<Experiment>[] = [
  {},
  { network: "paper", frequencies: { kind: "lower" }, task: "xU < xL", seed: 3 },
  { channel: "echo", limit: { kind: "beta", beta: 0.5 }, frequencies: { kind: "drawn", weights } },
];

test.each(EXPERIMENTS)("the YAML is what the page trains, every default filled in: %j", async (settings) => {
  const experiment = { ...FIRST_EXPERIMENT, ...settings };
  const folder = mkdtempSync(join(tmpdir(), "narrows-lab-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "lab.yaml");
  writeFileSync(file, await yamlOf(experiment, "https://example.org/#rate=3"));
  const { configuration } = loadConfiguration(file);
  expect(JSON.parse(JSON.stringify(wholeConfiguration(experiment)))).toEqual(
    JSON.parse(JSON.stringify(configuration)),
  );
});
