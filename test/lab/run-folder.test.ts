import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync, zipSync } from "fflate";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { exported } from "../../site/lab/files/exported.js";
import { readRun } from "../../site/lab/files/read-run.js";
import type { WrittenTraining } from "../../site/lab/files/run-folder.js";
import { experimentIn, shownRun } from "../../site/lab/files/shown-run.js";
import { prepare } from "../../site/lab/training/prepared.js";
import { stimulusTable } from "../../site/lab/training/stimuli.js";
import { Training } from "../../site/lab/training/training.js";
import { configurationSchema } from "../../src/configuration/schema.js";
import { UserError } from "../../src/errors.js";
import { decodeSafetensors } from "../../src/files/safetensors-format.js";
import { type Experiment, FIRST_EXPERIMENT } from "../../src/lab/experiment.js";
import { nodeDevice } from "../../src/onnx/node.js";
import { checkRun } from "../../src/runs/check.js";
import { manifestText, parseManifest } from "../../src/runs/manifest-text.js";
import { openRun, openRunForWriting } from "../../src/runs/run.js";
import { prepareExperiment } from "../../src/training/experiment.js";
import { trainInRun } from "../../src/training/training-run.js";

const EXPERIMENT: Experiment = {
  ...FIRST_EXPERIMENT,
  dimensions: 2,
  task: "E2M1",
  frequencies: { kind: "lower" },
};
const STEPS = 60;

let training: Training;
let written: WrittenTraining;

beforeAll(async () => {
  training = new Training(prepare(EXPERIMENT), await nodeDevice("cpu", 1));
  const history: WrittenTraining["history"][number][] = [];
  await training.train({
    onLog: ({ step, loss, rateNats, distortion, targetRateNats }) =>
      void history.push({
        step,
        loss,
        rateNats: rateNats!,
        distortion: distortion!,
        targetRateNats,
        accuracy: undefined,
      }),
    shouldStop: () => training.state.step >= STEPS,
  });
  const { evaluation } = await training.planePoint();
  written = {
    prepared: training.prepared,
    // The training goes on in a test.
    state: structuredClone(training.state),
    history,
    evaluation,
    device: { device: "wasm", threads: 1 },
    versions: { narrows: "0.2.0", onnxruntime: "1.30.0" },
    time: "2026-12-01T00:00:00.000Z",
  };
  return () => training.release();
}, 60_000);

/** The zip in a folder of its own. */
function zipIn(bytes = exported("run", written).bytes): { readonly runs: string; readonly zip: string } {
  const folder = mkdtempSync(join(tmpdir(), "narrows-lab-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const zip = join(folder, `lab-step-${STEPS}.zip`);
  writeFileSync(zip, bytes);
  return { runs: join(folder, "runs"), zip };
}

describe("the zip of a run", () => {
  test("is a sound run for the terminal, in every file", () => {
    const { runs, zip } = zipIn();
    const run = openRun(runs, zip);
    expect(run).toMatchObject({ name: `lab-step-${STEPS}`, manifest: { status: "interrupted" } });
    expect(checkRun(run)).toMatchObject({ problems: [] });
    // Unpacked once: what has gone on there since is that run.
    expect(openRun(runs, zip).path).toBe(run.path);
  });

  test("is continued by the library with the losses that the page would have had", async () => {
    const { runs, zip } = zipIn();
    const losses: number[] = [];
    const stopAt = STEPS + 40;
    const { run, warnings } = openRunForWriting(runs, zip);
    expect(warnings).toEqual([]);
    const configuration = configurationSchema.parse(run.manifest.configuration);
    const experiment = prepareExperiment(configuration);
    expect(experiment.dataset.fingerprint).toBe(run.manifest.dataset!.fingerprint);
    let step = 0;
    await trainInRun(run, experiment, await nodeDevice("cpu", 1), {
      onStep: (state, _, batch) => {
        step = state.step;
        losses.push(batch.loss);
      },
      shouldStop: () => step >= stopAt,
    });
    const onPage: number[] = [];
    await training.train({
      onStep: (_, __, batch) => void onPage.push(batch.loss),
      shouldStop: () => training.state.step >= stopAt,
    });
    expect(losses).toEqual(onPage);
    expect(losses).toHaveLength(40);
  });

  test("is opened by the page again, where it was", () => {
    const { bytes } = exported("run", written);
    const run = readRun([{ path: "download.zip", bytes }]);
    expect(experimentIn(run)).toEqual({ experiment: EXPERIMENT, isOfTheLab: true });
    expect(run.history.map(({ step }) => step)).toEqual([50]);
    expect(run.checkpoint.step).toBe(written.state.step);
  });

  test("what is no such zip is refused in one line, and nothing is left", () => {
    const { bytes } = exported("run", written);
    const strange = zipSync({
      "lab/manifest.json": new Uint8Array(3),
      "lab/../../evil.sh": new Uint8Array(1),
    });
    for (const [given, says] of [
      [bytes.subarray(0, 3000), /zip|truncated|end/i],
      [strange, /no file of a run/],
      [zipSync({}), /empty|zip/i],
      [zipSync({ "a/manifest.json": new Uint8Array(2), "b/manifest.json": new Uint8Array(2) }), /2 runs/],
      [zipSync({ "a/metrics.jsonl": new Uint8Array(2) }), /no a\/manifest.json/],
    ] as const) {
      const { runs, zip } = zipIn(given);
      expect(() => openRun(runs, zip)).toThrow(says);
      expect(existsSync(runs)).toBe(false);
      expect(() => readRun([{ path: "x.zip", bytes: given }])).toThrow(UserError);
    }
  });

  test("another run of its name is not touched", () => {
    const { runs, zip } = zipIn();
    mkdirSync(join(runs, `lab-step-${STEPS}`), { recursive: true });
    expect(() => openRun(runs, zip)).toThrow(/something else.*Rename/);
  });
});

test("a run of the terminal that the lab could not train is read, and known as such", async () => {
  const { bytes } = exported("run", written);
  const files = Object.entries(unzipSync(bytes)).map(([path, content]) => ({ path, bytes: content }));
  const manifestFile = files.find(({ path }) => path.endsWith("manifest.json"))!;
  const manifest = parseManifest(new TextDecoder().decode(manifestFile.bytes), "manifest.json", "run");
  const configuration = { ...manifest.configuration, optimizer: { learningRate: 0.1 } };
  const other = manifestText({ ...manifest, configuration });
  const changed = files.map((file) =>
    file === manifestFile ? { ...file, bytes: new TextEncoder().encode(other) } : file,
  );
  const run = readRun(changed);
  const { experiment, isOfTheLab } = experimentIn(run);
  expect(isOfTheLab).toBe(false);
  const table = stimulusTable();
  const snapshot = await shownRun(run, experiment, await nodeDevice("cpu", 1), table);
  expect(snapshot.name).toBe(`lab-step-${STEPS}`);
  expect(snapshot.frame.means).toHaveLength(2 * table.count);
  expect(() => readRun(changed.filter(({ path }) => !path.includes("checkpoints")))).toThrow(/no checkpoint/);
  expect(() => readRun([])).toThrow(/no manifest.json/);
});

test("ONNX files and weights are offered too", () => {
  const onnx = Object.keys(unzipSync(exported("onnx", written).bytes)).sort();
  const folder = `lab-step-${STEPS}-onnx`;
  expect(onnx).toEqual([`${folder}/decoder.onnx`, `${folder}/encoder.onnx`, `${folder}/heads.onnx`]);
  const { tensors } = decodeSafetensors(exported("safetensors", written).bytes, "weights");
  const { specs } = written.prepared.layout;
  expect([...tensors.keys()].sort()).toEqual(specs.map(({ name }) => name).sort());
});
