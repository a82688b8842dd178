import { readFileSync } from "node:fs";
import { it } from "vitest";
import { authorsLayer, isAuthorsFile } from "../../src/configuration/authors.js";
import { loadConfiguration } from "../../src/configuration/load.js";
import { resolveLayers } from "../../src/configuration/resolve.js";
import { yamlLayer } from "../../src/configuration/yaml.js";
import { PhiloxStream } from "../../src/random/stream.js";
import { messageOf } from "./files.js";

const SEEDS = [
  readFileSync("configs/geometry-of-efficient-codes/baseline.yaml", "utf8").replaceAll(/#.*/g, ""),
  readFileSync("configs/intrinsic-dimension/vae.yaml", "utf8"),
  "model_params: {latent_dim: 2, gamma: 1_0.0}\ndata_params: {data_path: x.csv, train_val_test_split: [1_0, 2_0]}\nexp_params: {LR: 1.0e-4, kld_weight: 1}\ntrainer_params: {max_epochs: 1}\n",
  "a: &a {b: [1, 2]}\nc: {<<: *a, d: yes}\ne: |\n  text\n",
];
const PIECES = [
  ..."{}[],:&*!|>%@`\"'#?-\n\t \u0000\u0007\ud800\uffff",
  ...[
    "<<: *a\n",
    "&a ",
    "*a",
    "!!int ",
    "__proto__: 1\n",
    "constructor: {}\n",
    "null",
    "1e999",
    "0x",
    "75_000",
    "---\n",
  ],
  ...[
    "type: ",
    "{type:beta}",
    "- ",
    ".inf",
    "1:30",
    "? [a]\n: b\n",
    "\u001b[31m",
    "[".repeat(80),
    "9".repeat(400),
  ],
];

/** A text with some pieces put in, taken out, or repeated. */
function mutated(stream: PhiloxStream, text: string): string {
  let result = text;
  for (let left = 1 + stream.integer(6); left > 0; left--) {
    const at = stream.integer(result.length + 1);
    const end = Math.min(result.length, at + stream.integer(12));
    const piece = PIECES[stream.integer(PIECES.length)]!;
    const way = stream.integer(4);
    if (way === 0) result = result.slice(0, at) + piece + result.slice(at);
    else if (way === 1) result = result.slice(0, at) + result.slice(end);
    else if (way === 2) result = result.slice(0, at) + piece + result.slice(end);
    else result = result.slice(0, end) + result.slice(at);
  }
  return result;
}

/** A value, or a UserError of one line; anything else is thrown on. */
function valueOrLine(action: () => unknown): void {
  let failed = true;
  const read = () => {
    action();
    failed = false;
  };
  try {
    messageOf(read);
  } catch (error) {
    if (failed) throw error;
  }
}

it("a mutated configuration is read, or refused in one line", () => {
  const stream = new PhiloxStream(12, "fuzz of configurations");
  for (let round = 0; round < 600; round++) {
    const text = mutated(stream, SEEDS[round % SEEDS.length]!);
    valueOrLine(() => {
      const file = yamlLayer("fuzz.yaml", text, isAuthorsFile);
      const isTheirs = isAuthorsFile(Object.keys(file.values));
      resolveLayers([isTheirs ? authorsLayer("fuzz.yaml", file).layer : file]);
    });
  }
});

it("a mutated --set is read, or refused in one line", () => {
  const stream = new PhiloxStream(12, "fuzz of overrides");
  const overrides = [
    "objective.capacity=3",
    "model.encoder.layers.1={channels: 3, kernel: 2}",
    "optimizer.schedule={type: linear}",
    "data.file=x.csv",
    "preset=burgess",
    "split={order: shuffled, train: [0, 3], validation: [3, 5]}",
  ];
  for (let round = 0; round < 300; round++) {
    const override = mutated(stream, overrides[round % overrides.length]!);
    valueOrLine(() => loadConfiguration(undefined, [override]));
  }
});
