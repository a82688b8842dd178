import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { stringify } from "yaml";
import { writeArray } from "../../src/data/arrays/index.js";
import { PhiloxStream } from "../../src/random/stream.js";
import { TINY } from "../training/tiny.js";
import { commandLine } from "./narrows.js";

const { folder, narrows } = commandLine("earlier-names");
const save = (name: string, shape: number[], value: (at: number) => number) =>
  writeArray(join(folder, name), {
    shape,
    data: Float64Array.from({ length: shape[0]! * (shape[1] ?? 1) }, (_, k) => value(k)),
  });

beforeAll(async () => {
  const stream = new PhiloxStream(0, "earlier names");
  save("a.npy", [40, 3], () => stream.normal());
  save("b.npy", [40, 3], () => stream.normal());
  save("y.npy", [40], (k) => k % 2);
  writeFileSync(join(folder, "tiny.yaml"), stringify(TINY));
  expect((await narrows("train", "tiny.yaml", "--threads", "1", "--run", "run")).status).toBe(0);
});

const OF_RUN = "--threads 1";

// What was typed in the release before, what is typed now, and what the note says is now.
test.each([
  [
    "measure distortion --latents a.npy --reference b.npy --labels y.npy",
    "measure distortion-matrix --codes a.npy --reference b.npy --labels y.npy",
    ["narrows measure distortion-matrix", "--codes"],
  ],
  [
    "measure indices --latents a.npy --reference b.npy --labels y.npy --resamples 3",
    "measure distortion-indices --codes a.npy --reference b.npy --labels y.npy --resamples 3",
    ["narrows measure distortion-indices", "--codes"],
  ],
  [
    `measure distortions run --baseline run --classes E2M1 --resamples 3 ${OF_RUN}`,
    `measure distortion-indices run --baseline run --labels E2M1 --resamples 3 ${OF_RUN}`,
    ["narrows measure distortion-indices", "--labels"],
  ],
  [
    "measure tuning --latents a.npy --labels y.npy",
    "measure tuning --codes a.npy --labels y.npy",
    ["--codes"],
  ],
  ["measure mds --points a.npy", "measure mds --codes a.npy", ["--codes"]],
  ["measure pca --points a.npy", "measure pca --codes a.npy", ["--codes"]],
  [
    "measure mig --codes a.npy --factors y.npy --samples 30",
    "measure mig --codes a.npy --labels y.npy --rows 30",
    ["--labels", "--rows"],
  ],
  [
    "measure factor-vae --codes a.npy --factors y.npy --votes 20",
    "measure factor-vae --codes a.npy --labels y.npy --votes 20",
    ["--labels"],
  ],
  [`measure mig run --rows test ${OF_RUN}`, `measure mig run --split test ${OF_RUN}`, ["--split"]],
  [
    `measure total-correlation run --rows test ${OF_RUN}`,
    `measure total-correlation run --split test ${OF_RUN}`,
    ["--split"],
  ],
  ["measure intrinsic-dimension --points a.npy", "measure intrinsic-dimension --codes a.npy", ["--codes"]],
  [
    "measure information-imbalance --b b.npy --a a.npy",
    "measure information-imbalance --codes a.npy --codes b.npy",
    ["--codes", "--codes"],
  ],
  [
    "measure feature-weights --a a.npy --b b.npy --steps 3",
    "measure feature-weights --codes a.npy --reference b.npy --steps 3",
    ["--codes", "--reference"],
  ],
  [
    "measure quality --x a.npy --y b.npy --blocks 5",
    "measure quality --codes a.npy --reference b.npy --blocks 5",
    ["--codes", "--reference"],
  ],
  [
    `measure quality run --first 20 --blocks 5 ${OF_RUN}`,
    `measure quality run --rows 20 --blocks 5 ${OF_RUN}`,
    ["--rows"],
  ],
  [
    `measure layers run --rows train --first 20 ${OF_RUN}`,
    `measure layers run --split train --rows 20 ${OF_RUN}`,
    ["--split", "--rows"],
  ],
  [
    `figure layers run --rows train --first 20 --force --out layers.csv ${OF_RUN}`,
    `figure layers run --split train --rows 20 --force --out layers.csv ${OF_RUN}`,
    ["--split", "--rows"],
  ],
  [
    "bound corridors --size 5 --rates 1 --figure bound.csv --force",
    "bound corridors --size 5 --rates 1 --out bound.csv --force",
    ["--out"],
  ],
])("narrows %s", async (before, now, names) => {
  const [then, today] = [
    await narrows(...before.split(" "), "--json"),
    await narrows(...now.split(" "), "--json"),
  ];
  expect(today).toMatchObject({ status: 0 });
  expect({ ...then, stderr: "" }).toEqual({ ...today, stderr: "" });
  const notes = then.stderr.split("\n").filter((line) => line.startsWith("note: "));
  expect(
    notes.map((note) => / is now (.*); the old name works until the next release$/.exec(note)?.[1]).sort(),
  ).toEqual([...names].sort());
  expect(today.stderr).not.toContain("note: ");
});
