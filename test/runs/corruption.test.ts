import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadRemembering } from "../../src/data/sources/index.js";
import { UserError } from "../../src/errors.js";
import { nodeDevice } from "../../src/onnx/node.js";
import { PhiloxStream } from "../../src/random/stream.js";
import { checkRun } from "../../src/runs/check.js";
import { readManifest } from "../../src/runs/manifest.js";
import { soundRunMetrics } from "../../src/runs/newest.js";
import { createRun, listRuns, openRun } from "../../src/runs/run.js";
import { summarizeRun } from "../../src/runs/summary.js";
import { aboutRun } from "../../src/training/about-run.js";
import { prepareExperiment } from "../../src/training/experiment.js";
import { atSnapshot, snapshotsOf } from "../../src/training/snapshots.js";
import { loadTrainedRun } from "../../src/training/trained-run.js";
import { trainInRun } from "../../src/training/training-run.js";
import { TINY, tinyConfiguration } from "../training/tiny.js";

const root = mkdtempSync(join(tmpdir(), "narrows-corruption-"));
const load = loadRemembering(1);
const RUNS = ["finished", "interrupted"] as const;

async function trainRun(name: string, seed: number, stopAfter: number): Promise<void> {
  const training = { ...TINY.training, snapshotEpochs: [0, 1] };
  const experiment = prepareExperiment(tinyConfiguration({ seed, training }), load);
  const device = await nodeDevice("cpu", 1);
  let steps = 0;
  await trainInRun(createRun(root, name, aboutRun(experiment, "cpu", 1)), experiment, device, {
    shouldStop: () => ++steps >= stopAfter,
  });
}

beforeAll(async () => {
  await trainRun("finished", 0, Number.POSITIVE_INFINITY);
  await trainRun("interrupted", 0, 17);
  // Where damaged files come from that are whole.
  await trainRun("stranger", 1, Number.POSITIVE_INFINITY);
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

const filesOf = (run: string) =>
  readdirSync(join(root, run), { recursive: true, encoding: "utf8" })
    .filter((name) => statSync(join(root, run, name)).isFile())
    .sort();

/** One kind of damage to the file at a path; false where it can change nothing. */
type Damage = (path: string, chance: PhiloxStream, all: readonly string[]) => void;

const pick = <T>(chance: PhiloxStream, from: readonly T[]): T =>
  from[Math.floor(chance.uniform() * from.length)]!;
const place = (chance: PhiloxStream, bytes: Uint8Array) => Math.floor(chance.uniform() * bytes.length);

const DAMAGES: Readonly<Record<string, Damage>> = {
  "a bit flipped": (path, chance) => {
    const bytes = readFileSync(path);
    const at = place(chance, bytes);
    bytes[at]! ^= 1 << Math.floor(chance.uniform() * 8);
    writeFileSync(path, bytes);
  },
  "a digit changed": (path, chance) => {
    const bytes = readFileSync(path);
    const digits = [...bytes.keys()].filter((at) => bytes[at]! >= 0x30 && bytes[at]! <= 0x39);
    const at = digits.length > 0 ? pick(chance, digits) : place(chance, bytes);
    bytes[at] = 0x30 + ((bytes[at]! - 0x30 + 1 + Math.floor(chance.uniform() * 9)) % 10);
    writeFileSync(path, bytes);
  },
  truncated: (path, chance) => {
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.subarray(0, place(chance, bytes)));
  },
  "cut at a line": (path, chance) => {
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.subarray(0, bytes.lastIndexOf("\n", place(chance, bytes)) + 1));
  },
  deleted: (path) => rmSync(path),
  "filled with zeros": (path, chance) => {
    const bytes = readFileSync(path);
    const at = place(chance, bytes);
    const length = 1 + Math.floor(chance.uniform() * 4096);
    writeFileSync(path, bytes.fill(0, at, Math.min(bytes.length, at + length)));
  },
  "swapped with another": (path, chance, all) => {
    const other = pick(
      chance,
      all.filter((name) => name !== path),
    );
    const aside = `${path}.aside`;
    renameSync(path, aside);
    renameSync(other, path);
    renameSync(aside, other);
  },
  "of another run": (path) => {
    const name = path.slice(join(root, "damaged", "/").length);
    const stranger = join(root, "stranger", name);
    const same = existsSync(stranger) ? stranger : join(root, "stranger", "metrics.jsonl");
    cpSync(same, path);
  },
};

/** What the commands that read a run make of it: what they say, or all that they have read. */
function readings() {
  const reported: string[] = [];
  const found: unknown[] = [];
  const ask = (read: () => unknown) => {
    try {
      found.push(read());
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      expect(error.message).toMatch(/^[^\n]+$/);
      reported.push(error.message);
    }
  };
  ask(() => {
    const run = openRun(root, "damaged");
    found.push({ ...run.manifest, name: "" });
    ask(() => {
      const { misfit, ...summary } = summarizeRun(run);
      if (misfit !== undefined) reported.push(misfit);
      return summary;
    });
    ask(() => soundRunMetrics(run));
    ask(() => {
      const trained = loadTrainedRun(run, { load });
      reported.push(...trained.warnings);
      ask(() => snapshotsOf(trained).map((one) => atSnapshot(trained, one).parameters));
      return trained.state;
    });
    reported.push(...checkRun(run).problems);
    return undefined;
  });
  return { reported, found };
}

const bring = (run: string) => {
  rmSync(join(root, "damaged"), { recursive: true, force: true });
  cpSync(join(root, run), join(root, "damaged"), { recursive: true });
};

describe.each(RUNS)("an %s run", (run) => {
  test("has nothing to complain of as it is", () => {
    bring(run);
    expect(readings().reported).toEqual([]);
    expect(checkRun(openRun(root, run))).toMatchObject({ problems: [], hasSums: true });
  });

  test("100 random damages: each is told in one line, or nothing that was read has changed", () => {
    bring(run);
    const whole = readings().found;
    const chance = new PhiloxStream(6, `damages of the ${run} run`);
    const names = filesOf(run);
    const counts = { reported: 0, harmless: 0 };
    for (let k = 0; k < 100; k++) {
      bring(run);
      // Each file in turn, so that large ones are not the only ones hit.
      const name = names[k % names.length]!;
      const kind = pick(chance, Object.keys(DAMAGES));
      const all = names.map((file) => join(root, "damaged", file));
      DAMAGES[kind]!(join(root, "damaged", name), chance, all);
      const { reported, found } = readings();
      if (reported.length > 0) {
        counts.reported++;
        continue;
      }
      counts.harmless++;
      expect(found, `${name} ${kind}`).toEqual(whole);
      const binary = names.filter((file) => /\.onnx$|tfevents/.test(file));
      for (const file of binary) {
        expect(readFileSync(join(root, "damaged", file)), `${name} ${kind}`).toEqual(
          readFileSync(join(root, run, file)),
        );
      }
    }
    // Harmless: the older checkpoint deleted, a file swapped for an equal one.
    expect(counts.reported).toBeGreaterThan(80);
  });
});

test("a digit of a manifest's configuration or of a line of metrics is not shown as true", () => {
  bring("finished");
  const manifest = join(root, "damaged", "manifest.json");
  const text = readFileSync(manifest, "utf8");
  writeFileSync(manifest, text.replace('"gamma": 300', '"gamma": 800'));
  expect(() => openRun(root, "damaged")).toThrow(
    /manifest\.json: it is not as it was written \(its checksum does not fit\)\. Restore [^\n]*narrows check \S+damaged --accept/,
  );
  expect(listRuns(root).find(({ name }) => name === "damaged")).toHaveProperty("unreadable");
  // An editor may lay it out in another way.
  writeFileSync(manifest, JSON.stringify(JSON.parse(text)));
  expect(openRun(root, "damaged").manifest).toEqual(readManifest(join(root, "finished")));
  const metrics = join(root, "damaged", "metrics.jsonl");
  const lines = readFileSync(metrics, "utf8");
  writeFileSync(metrics, lines.replace(/"rateNats":0\.\d/, '"rateNats":0.9'));
  expect(summarizeRun(openRun(root, "damaged")).misfit).toMatch(
    /metrics\.jsonl: the first \d+ lines are not those that were written \(their checksum differs\)$/,
  );
  writeFileSync(metrics, lines.slice(0, lines.lastIndexOf("\n", lines.length - 2) + 1));
  expect(summarizeRun(openRun(root, "damaged")).misfit).toMatch(/: 1 of the \d+ lines that were written/);
});
