import { appendFileSync, copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { commandLine } from "../cli/narrows.js";

// Every example of examples/parts in one model, through the command line as it is built.

const EXAMPLES = join(import.meta.dirname, "../../examples/parts");
const { folder, narrows } = commandLine("own-parts");

const FILES = readdirSync(EXAMPLES).filter((file) => file.endsWith(".ts"));
const CONFIGURATION = `
name: own
parts: [${FILES.filter((file) => !file.endsWith("-figure.ts")).join(", ")}]
data: { gratings: { size: 8, orientations: 4, frequencies: 2, phases: 8 } }
model:
  encoder: { type: tanh, units: [16] }
  channel: { type: uniform, dimensions: 3, width: 0.5 }
  marginal: { type: laplace }
  decoder: { type: linear }
  likelihood: { type: gaussian, deviation: 0.2 }
  objective: { type: free-nats, freeNats: 1 }
  regularizers: [{ type: sparse, weight: 0.1 }]
training: { steps: 24, epochs: 50, batchSize: 16, checkpointEverySteps: 6 }
`;

const bytes = (run: string, file: string) => readFileSync(join(folder, "runs", run, file));
const trained = (...options: string[]) =>
  narrows("train", "own.yaml", "--threads", "1", "--run", ...(options as [string]));

beforeAll(async () => {
  for (const file of FILES) copyFileSync(join(EXAMPLES, file), join(folder, file));
  writeFileSync(join(folder, "own.yaml"), CONFIGURATION);
  expect(await trained("whole")).toMatchObject({ status: 0 });
});

test("a model of own parts of every kind trains, and what it used is recorded", async () => {
  const { stdout } = await narrows("show", "whole", "--json");
  const shown = JSON.parse(stdout);
  expect(shown.status).toBe("finished");
  expect(shown.parts.map(({ file }: { file: string }) => file)).toContain("uniform-channel.ts");
  expect(shown.parts.every(({ sha256 }: { sha256: string }) => /^[0-9a-f]{64}$/.test(sha256))).toBe(true);
  expect(shown.ownMetrics).toEqual({
    codeNorm: { label: "distance of the code from 0", unit: "", digits: 3 },
  });
  expect(shown.validation.own.codeNorm).toBeGreaterThan(0);
  // rate + distortion is the negative ELBO, as the likelihood says.
  const { rateNats, distortion, negativeElboNats } = shown.validation;
  expect(negativeElboNats).toBeCloseTo(rateNats + distortion, 6);
  expect((await narrows("show", "whole")).stdout).toMatch(/distance of the code from 0 +\d\.\d{3}/);
});

test("the metric is what it says: the mean norm of the codes that encode writes", async () => {
  await narrows("encode", "whole", "--split", "validation", "--mean", "--out", "codes.csv");
  const [, ...rows] = readFileSync(join(folder, "codes.csv"), "utf8").trim().split("\n");
  const norms = rows.map((row) => Math.hypot(...row.split(",").slice(0, 3).map(Number)));
  const evaluated = JSON.parse((await narrows("evaluate", "whole", "--json")).stdout);
  expect(evaluated.codeNorm).toBeCloseTo(norms.reduce((sum, norm) => sum + norm, 0) / norms.length, 5);
});

test("a run that was stopped resumes to the same bytes, and is exported", async () => {
  expect(await trained("part", "--set", "training.steps=12")).toMatchObject({ status: 0 });
  expect(await narrows("resume", "part", "--threads", "1", "--set", "training.steps=24")).toMatchObject({
    status: 0,
  });
  for (const file of ["encoder.onnx", "decoder.onnx", "checkpoints/step-00000024.safetensors"]) {
    expect(existsSync(join(folder, "runs", "whole", file)), file).toBe(true);
  }
  expect(bytes("part", "decoder.onnx")).toEqual(bytes("whole", "decoder.onnx"));
});

test("--with gives a file that the configuration does not name; help and narrows parts describe it", async () => {
  const { stdout } = await narrows("train", "--with", "uniform-channel.ts", "--help");
  expect(stdout).toContain("channel      gaussian, echo, iaf, uniform");
  expect(stdout).toContain("width       number (default: 1); width of the noise, in units of the code");
  const { stdout: listed } = await narrows(
    ...["parts", "likelihood", "--with", "gaussian-likelihood.ts", "--json"],
  );
  expect(JSON.parse(listed).map(({ type }: { type: string }) => type)).toEqual([
    "mse",
    "bernoulli",
    "gaussian",
  ]);
  expect((await narrows("parts", "--with", "gratings-data.ts")).stdout).toContain("data gratings: ");
  expect((await narrows("schema", "--with", "uniform-channel.ts")).stdout).toContain("width of the noise");
  expect(
    await narrows(
      ...["train", "own.yaml", "--with", "code-norm-figure.ts", "--run", "more", "--threads", "1"],
      ...["--set", "training.steps=2", "--set", "channel.width=0.25"],
    ),
  ).toMatchObject({ status: 0 });
  expect(JSON.parse((await narrows("show", "more", "--json")).stdout).parts.at(-1).file).toBe(
    "code-norm-figure.ts",
  );
});

test("settings of own parts are checked like those of Narrows, with the place", async () => {
  const { status, stderr } = await trained("bad", "--set", "channel.width=-1");
  expect(status).toBe(2);
  expect(stderr).toContain("--set channel.width=-1: model.channel.width: -1 is too small");
  expect((await trained("bad", "--set", "channel.wdith=1")).stderr).toContain("did you mean");
  expect((await trained("bad", "--set", "channel.type=unifrom")).stderr).toContain("did you mean uniform");
  expect((await trained("bad", "--set", "data.gratings.size=2")).stderr).toContain("is too small");
});

test("a sweep trains own parts in worker processes", async () => {
  const swept = await narrows(
    ...["sweep", "own.yaml", "--grid", "channel.width=0.5,1", "--set", "training.steps=4", "--json"],
  );
  expect(swept.status).toBe(0);
  expect(JSON.parse(swept.stdout)).toHaveLength(2);
});

test("an own figure is a command of its own", async () => {
  expect((await narrows("figure", "--with", "code-norm-figure.ts", "--help")).stdout).toContain("code-norms");
  expect(
    await narrows(
      ...[
        "figure",
        "code-norms",
        "whole",
        "--with",
        "code-norm-figure.ts",
        "--bins",
        "8",
        "--out",
        "norms.csv",
      ],
    ),
  ).toMatchObject({ status: 0 });
  expect(readFileSync(join(folder, "norms.csv"), "utf8")).toMatch(/^run,norm\nwhole,/);
});

test("a file that has changed or is gone is named, and accepted on request", async () => {
  expect(await trained("changed", "--set", "training.steps=2")).toMatchObject({ status: 0 });
  const file = join(folder, "uniform-channel.ts");
  const before = readFileSync(file);
  appendFileSync(file, "// changed\n");
  const refused = await narrows("resume", "changed", "--set", "training.steps=4");
  expect(refused.status).toBe(2);
  expect(refused.stderr).toContain(
    "uniform-channel.ts, which defines parts of it, is not the file that it was trained with",
  );
  expect(await narrows("check", "changed", "--accept")).toMatchObject({ status: 0 });
  expect(await narrows("resume", "changed", "--set", "training.steps=4")).toMatchObject({ status: 0 });
  writeFileSync(file, before);
  writeFileSync(join(folder, "short.ts"), readFileSync(join(folder, "code-norm-metric.ts")));
  await trained("gone", "--with", "short.ts", "--set", "training.steps=2", "--set", "parts=[short.ts]");
  expect((await narrows("evaluate", "gone")).stderr).not.toContain("Error:");
});

const BROKEN: readonly (readonly [name: string, text: string, says: string])[] = [
  ["nothing.ts", "export const x = 1;\n", "it defines no part, source of data, metric or figure"],
  ["syntax.ts", "export default {\n", "it cannot be run: "],
  ["throws.js", "throw new Error('on purpose');\n", "it cannot be run: on purpose"],
  [
    "whole.ts",
    'import { definePart } from "narrows";\nexport default definePart({});\n',
    'Import what a part is made of from "narrows/parts"',
  ],
  ["part.py", "", "no file of TypeScript or JavaScript"],
  [
    "taken.ts",
    'import { defineMetric } from "narrows/parts";\nexport default defineMetric({ name: "rateNats", label: "r", measure: (_, { rateNats }) => rateNats });\n',
    "metric rateNats: there is a number of this name already",
  ],
  [
    "twice.ts",
    'import { definePart } from "narrows/parts";\nexport default definePart({ kind: "regularizer", type: "mmd", about: "", settings: {}, make: () => ({ penalty: (_, code) => code }) });\n',
    "regularizer mmd: there is a regularizer of this type already",
  ],
];

test.each(BROKEN)("%s is refused in one line", async (name, text, says) => {
  writeFileSync(join(folder, name), text);
  const { status, stderr } = await narrows("train", "own.yaml", "--with", name, "--run", "broken");
  expect(stderr).toContain(says);
  expect(stderr.trim().split("\n")).toHaveLength(1);
  expect(status).toBe(2);
});

test("a file that is not there is refused in one line", async () => {
  const { status, stderr } = await narrows("train", "own.yaml", "--with", "absent.ts");
  expect(status).toBe(2);
  expect(stderr).toContain("absent.ts: parts of your own are defined there, and there is no such file");
});
