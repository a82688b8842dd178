import { cpSync, existsSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { METRIC_NAMES } from "../../src/model/metrics.js";
import { writeCheckpoint } from "../../src/runs/checkpoints.js";
import { runLayout } from "../../src/runs/layout.js";
import { updateManifest } from "../../src/runs/manifest.js";
import { closeRun, createRun } from "../../src/runs/run.js";
import { keptSummary, summarizeRuns } from "../../src/runs/summary.js";
import { addTag } from "../../src/runs/tags.js";
import { temporaryFolder } from "./temporary-folder.js";

const line = (step: number, rateNats: number) =>
  `${JSON.stringify({ step, epoch: 0, split: "validation", loss: 1, rateNats })}\n`;

/** A finished run with two evaluations, and the places of its files. */
function finishedRun() {
  const root = temporaryFolder();
  const versions = { narrows: "0.1.0", node: "20", onnxruntime: "1.30", platform: "linux-x64" };
  const run = createRun(root, "a", { configuration: { training: { epochs: 2 } }, versions });
  const files = runLayout(run.path);
  writeFileSync(files.metrics, line(5, 1) + line(10, 2.5));
  writeCheckpoint(files.checkpoints, 10, { tensors: new Map(), metadata: {} });
  updateManifest(run.path, { status: "finished" });
  closeRun(run);
  return { root, run, files };
}

/** The one listing of a folder with one run. */
const listed = (root: string) => summarizeRuns(root)[0]!;

test("a list reads what a first one has kept, and it is the same", () => {
  const { root, files } = finishedRun();
  const first = listed(root);
  expect(first).toMatchObject({
    name: "a",
    manifest: { status: "finished" },
    tags: [],
    summary: { step: 10, epoch: 1, epochs: 2, validation: { rateNats: 2.5 }, damagedLines: 0 },
  });
  const written = statSync(files.summary).mtimeMs;
  expect(listed(root)).toEqual(JSON.parse(JSON.stringify(first)));
  expect(statSync(files.summary).mtimeMs).toBe(written);
});

test("every metric of the table is in a summary", () => {
  const { root, files } = finishedRun();
  const measured = Object.fromEntries(METRIC_NAMES.map((name, k) => [name, k]));
  const evaluation = { step: 12, epoch: 0, split: "validation", ...measured };
  writeFileSync(files.metrics, `${JSON.stringify(evaluation)}\n`, { flag: "a" });
  expect(listed(root)).toMatchObject({ summary: { validation: measured } });
});

test.each<[string, (run: ReturnType<typeof finishedRun>) => void, object]>([
  [
    "a line of metrics more",
    ({ files }) => writeFileSync(files.metrics, line(11, 3), { flag: "a" }),
    { summary: { step: 11, validation: { rateNats: 3 } } },
  ],
  [
    "a digit flipped under the old size and time",
    ({ files }) => {
      const { atime, mtime } = statSync(files.metrics);
      writeFileSync(files.metrics, readFileSync(files.metrics, "utf8").replace("2.5", "7.5"));
      utimesSync(files.metrics, atime, mtime);
    },
    { summary: { validation: { rateNats: 7.5 } } },
  ],
  ["metrics that are gone", ({ files }) => rmSync(files.metrics), { summary: { epoch: 0 } }],
  [
    "a newer checkpoint",
    ({ files }) => writeCheckpoint(files.checkpoints, 12, { tensors: new Map(), metadata: {} }),
    { summary: { step: 12 } },
  ],
  [
    "another status",
    ({ run }) => updateManifest(run.path, { status: "failed" }),
    { manifest: { status: "failed" } },
  ],
  ["a tag", ({ run }) => addTag(run, "paper"), { tags: ["paper"] }],
  [
    "a damaged manifest",
    ({ files }) => writeFileSync(files.manifest, "{"),
    { unreadable: "this is not JSON" },
  ],
])("%s is seen at once", (_, change, expected) => {
  const made = finishedRun();
  listed(made.root);
  change(made);
  expect(listed(made.root)).toMatchObject(expected);
});

test("a damaged summary is not believed, whatever the damage", () => {
  const { root, files } = finishedRun();
  const first = JSON.stringify(listed(root));
  const sound = readFileSync(files.summary);
  const damages = [
    Buffer.alloc(0),
    sound.subarray(0, 50),
    Buffer.from("null\nnull"),
    // The rate as a list shows it.
    Buffer.from(sound.toString().replace('"rateNats":2.5', '"rateNats":0.5')),
    ...Array.from({ length: 40 }, (_, k) => {
      const copy = Buffer.from(sound);
      copy[Math.floor((k * sound.length) / 40)]! ^= 1;
      return copy;
    }),
  ];
  for (const damage of damages) {
    writeFileSync(files.summary, damage);
    expect(JSON.stringify(listed(root))).toBe(first);
    // It was mended on the way.
    expect(readFileSync(files.summary).equals(sound)).toBe(true);
  }
});

test("a summary that came along with a copied run is made anew from the copy's files", () => {
  const { root, run } = finishedRun();
  listed(root);
  const copy = join(root, "b");
  cpSync(run.path, copy, { recursive: true, preserveTimestamps: true });
  // As a stranger would, who wants another number shown.
  const { metrics, summary } = runLayout(copy);
  writeFileSync(metrics, line(5, 1) + line(10, 9.5));
  const kept = readFileSync(summary);
  expect(keptSummary(copy).summary.validation?.rateNats).toBe(9.5);
  expect(readFileSync(summary).equals(kept)).toBe(false);
});

test("a run in training is read each time, and one that was killed is listed as interrupted", () => {
  const { root, run, files } = finishedRun();
  updateManifest(run.path, { status: "running" });
  writeFileSync(files.lock, JSON.stringify({ host: "nowhere.example", pid: 1, startToken: "" }));
  expect(listed(root)).toMatchObject({ manifest: { status: "running" } });
  rmSync(files.lock);
  expect(listed(root)).toMatchObject({ manifest: { status: "interrupted" } });
  expect(existsSync(files.summary)).toBe(true);
});
