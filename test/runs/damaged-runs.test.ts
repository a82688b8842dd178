import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { loadRemembering } from "../../src/data/sources/index.js";
import { UserError } from "../../src/errors.js";
import { ownIdentity } from "../../src/files/process-identity.js";
import { nodeDevice } from "../../src/onnx/node.js";
import { acceptRun } from "../../src/runs/accept.js";
import { checkRun } from "../../src/runs/check.js";
import {
  checkpointPath,
  listCheckpoints,
  readCheckpoint,
  writeCheckpoint,
} from "../../src/runs/checkpoints.js";
import { runLayout } from "../../src/runs/layout.js";
import { readManifest, updateManifest } from "../../src/runs/manifest.js";
import { createRun, openRun, openRunForWriting } from "../../src/runs/run.js";
import { summarizeRun } from "../../src/runs/summary.js";
import { aboutRun } from "../../src/training/about-run.js";
import { prepareExperiment } from "../../src/training/experiment.js";
import { snapshotsOf } from "../../src/training/snapshots.js";
import { experimentOfRun, loadTrainedRun } from "../../src/training/trained-run.js";
import { trainInRun } from "../../src/training/training-run.js";
import { TINY, tinyConfiguration } from "../training/tiny.js";

const root = mkdtempSync(join(tmpdir(), "narrows-damaged-"));
const files = runLayout(join(root, "run"));
const load = loadRemembering(1);

beforeAll(async () => {
  const training = { ...TINY.training, snapshotEpochs: [1] };
  const experiment = prepareExperiment(tinyConfiguration({ training }), load);
  const device = await nodeDevice("cpu", 1);
  const about = aboutRun(experiment, "cpu", 1);
  await trainInRun(createRun(root, "whole", about), experiment, device);
  let steps = 0;
  const shouldStop = () => ++steps >= 17;
  await trainInRun(createRun(root, "stopped", about), experiment, device, { shouldStop });
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

beforeEach(() => rmSync(join(root, "run"), { recursive: true, force: true }));

const take = (from: "whole" | "stopped") => cpSync(join(root, from), join(root, "run"), { recursive: true });

/** Trains to the end; returns what was warned of. */
async function resume(): Promise<readonly string[]> {
  const { run, warnings } = openRunForWriting(root, "run");
  await trainInRun(run, experimentOfRun(run, { load }), await nodeDevice("cpu", 1));
  return warnings;
}

function expectTheSameEnd(): void {
  for (const file of ["metrics.jsonl", "encoder.onnx", "checkpoints/step-00000033.safetensors"]) {
    expect(readFileSync(join(root, "run", file)), file).toEqual(readFileSync(join(root, "whole", file)));
  }
  expect(checkRun(openRun(root, "run")).problems).toEqual([]);
  expect(openRun(root, "run").manifest.status).toBe("finished");
}

/** As a process leaves it that was killed after some lines of the next steps, the last one torn. */
function killedAfterLines(): void {
  const { integrity } = readManifest(join(root, "run"));
  updateManifest(join(root, "run"), {
    status: "running",
    reason: undefined,
    integrity: { ...integrity!, complete: false },
  });
  const more = readFileSync(join(root, "whole", "metrics.jsonl")).subarray(integrity!.metrics.bytes);
  appendFileSync(files.metrics, more.subarray(0, more.length - 20));
  appendFileSync(
    readdirSync(join(root, "run"))
      .map((name) => join(root, "run", name))
      .find((path) => path.includes("tfevents"))!,
    "half a rec",
  );
  writeFileSync(files.lock, JSON.stringify({ ...ownIdentity(), startToken: "earlier" }));
}

test("lines after the last checkpoint, and a torn one, are no damage: a process was killed", async () => {
  take("stopped");
  killedAfterLines();
  expect(summarizeRun(openRun(root, "run")).misfit).toBeUndefined();
  expect(checkRun(openRun(root, "run")).problems).toEqual([]);
  expect(loadTrainedRun(openRun(root, "run"), { load }).warnings).toEqual([]);
  expect(await resume()).toEqual([]);
  expectTheSameEnd();
});

test.each(["deleted", "cut to nothing", "with a digit changed in its first line"])(
  "metrics %s: no training continues over it, until it is accepted",
  async (damage) => {
    take("stopped");
    if (damage === "deleted") rmSync(files.metrics);
    else if (damage === "cut to nothing") truncateSync(files.metrics);
    else {
      const text = readFileSync(files.metrics, "utf8");
      writeFileSync(
        files.metrics,
        text.replace(/\d,/, (digit) => `${(Number(digit[0]) + 1) % 10},`),
      );
    }
    expect(loadTrainedRun(openRun(root, "run"), { load }).warnings).toEqual([
      expect.stringMatching(/^\S+metrics\.jsonl: /),
    ]);
    await expect(resume()).rejects.toThrow(
      /run: no checkpoint fits the run's other files \(\S+metrics\.jsonl: [^\n]+\)\. [^\n]+"narrows check \S+run --accept"\.$/,
    );
    expect(readdirSync(files.checkpoints).sort()).toEqual(
      readdirSync(join(root, "stopped", "checkpoints")).sort(),
    );
    acceptRun(root, "run");
    expect(checkRun(openRun(root, "run")).problems).toEqual([]);
    expect(await resume()).toEqual([]);
    expect(checkRun(openRun(root, "run")).problems).toEqual([]);
  },
);

test("metrics cut after an older checkpoint: training continues from that one, says so, and ends with the same bytes", async () => {
  take("whole");
  const [newest, older] = listCheckpoints(files.checkpoints);
  expect([newest?.step, older?.step]).toEqual([33, 28]);
  const lines = readFileSync(files.metrics, "utf8").split("\n");
  writeFileSync(
    files.metrics,
    lines
      .slice(
        0,
        lines.findIndex((line) => line.includes('"step":30')),
      )
      .join("\n"),
  );
  appendFileSync(files.metrics, "\n");
  expect(summarizeRun(openRun(root, "run")).misfit).toMatch(/lines that were written are missing$/);
  expect(await resume()).toEqual([expect.stringMatching(/step-00000033\S+: skipped, because of \S+metrics/)]);
  expectTheSameEnd();
});

test.each(["missing", "damaged"])(
  "the last checkpoint %s: the run is not measured at an older step",
  async (how) => {
    take("whole");
    const path = checkpointPath(files.checkpoints, 33);
    if (how === "missing") rmSync(path);
    else truncateSync(path, 300);
    expect(() => loadTrainedRun(openRun(root, "run"), { load })).toThrow(
      /run: the run is finished at step 33, and its newest readable checkpoint is of step 28 [^\n]+"narrows resume \S+run", /,
    );
    expect(checkRun(openRun(root, "run")).problems).toEqual([expect.stringContaining("step-00000033")]);
    expect(await resume()).toEqual([expect.stringContaining("step-00000033")]);
    expectTheSameEnd();
  },
);

test("a finished run whose last checkpoint is lost for good can be taken as an interrupted one", () => {
  take("whole");
  rmSync(checkpointPath(files.checkpoints, 33));
  acceptRun(root, "run");
  expect(openRun(root, "run").manifest).toMatchObject({
    status: "interrupted",
    reason: "its checkpoint of step 33 is lost",
  });
  expect(loadTrainedRun(openRun(root, "run"), { load })).toMatchObject({ warnings: [], state: { step: 28 } });
});

test("the newest checkpoint of an interrupted run missing: it is said, and training ends with the same bytes", async () => {
  take("stopped");
  rmSync(checkpointPath(files.checkpoints, 17));
  const message = /step-00000017\.safetensors: it is missing; the one of step 14 is taken$/;
  expect(loadTrainedRun(openRun(root, "run"), { load }).warnings).toEqual([expect.stringMatching(message)]);
  expect(await resume()).toEqual([expect.stringMatching(message)]);
  expectTheSameEnd();
});

test("checkpoints of another run, or under another step's name, are not taken", () => {
  take("whole");
  const { tensors, metadata } = readCheckpoint(checkpointPath(files.checkpoints, 33), 33);
  const other = { tensors, metadata: { ...metadata, recipeCrc32: "00000000" } };
  writeCheckpoint(files.checkpoints, 33, other);
  expect(() => loadTrainedRun(openRun(root, "run"), { load })).toThrow(/its configuration is not the one/);
  writeCheckpoint(files.checkpoints, 34, { tensors, metadata });
  expect(() => readCheckpoint(checkpointPath(files.checkpoints, 34), 34)).toThrow(
    /it is the checkpoint of step 33/,
  );
});

test("a snapshot that is missing is not passed over", () => {
  take("whole");
  rmSync(checkpointPath(files.snapshots, 11));
  expect(() => snapshotsOf(loadTrainedRun(openRun(root, "run"), { load }))).toThrow(
    /step-00000011\.safetensors: the snapshot is missing/,
  );
  acceptRun(root, "run");
  expect(snapshotsOf(loadTrainedRun(openRun(root, "run"), { load }))).toEqual([]);
});

test("a manifest that was changed on purpose is refused until it is accepted", () => {
  take("whole");
  writeFileSync(files.manifest, readFileSync(files.manifest, "utf8").replace('"gamma": 300', '"gamma": 301'));
  expect(() => openRun(root, "run")).toThrow(UserError);
  expect(acceptRun(root, "run")).toEqual([
    expect.stringMatching(/run: its checksums are those of its files as they are now$/),
  ]);
  expect(checkRun(openRun(root, "run")).problems).toEqual([]);
  expect(loadTrainedRun(openRun(root, "run"), { load }).warnings).toEqual([]);
});

test("a run of an earlier version, without checksums, is read and resumed, and has them from then on", async () => {
  take("stopped");
  const { checksum, integrity, ...manifest } = JSON.parse(readFileSync(files.manifest, "utf8"));
  expect([checksum, integrity]).not.toContain(undefined);
  writeFileSync(files.manifest, JSON.stringify(manifest, null, 2));
  for (const { step, path } of listCheckpoints(files.checkpoints)) {
    const { tensors, metadata } = readCheckpoint(path, step);
    const { metricsLines, metricsBytes, metricsCrc32, recipeCrc32, ...before } = metadata;
    expect([metricsLines, metricsBytes, metricsCrc32, recipeCrc32]).not.toContain(undefined);
    writeCheckpoint(files.checkpoints, step, { tensors, metadata: before });
  }
  expect(summarizeRun(openRun(root, "run")).misfit).toBeUndefined();
  expect(checkRun(openRun(root, "run"))).toMatchObject({ problems: [], hasSums: false });
  expect(loadTrainedRun(openRun(root, "run"), { load }).warnings).toEqual([]);
  expect(await resume()).toEqual([]);
  expectTheSameEnd();
});
