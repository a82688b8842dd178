import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, test } from "vitest";
import { PhiloxStream } from "../../src/random/stream.js";
import { chromiumPath, IN_A_BROWSER, reportAsSeen, VIEWS } from "../browser.js";
import { idx } from "../data/files.js";
import { commandLine, hasBegun } from "./narrows.js";

const { folder, narrows, narrowsKilled } = commandLine("reproduce-dimension");
const reproduce = (...args: string[]) => narrows("reproduce", "dimension", ...args);

/** Enough for a batch of 256. */
const IMAGES = 400;
mkdirSync(join(folder, "small"));
const stream = new PhiloxStream(0, "dots");
writeFileSync(
  join(folder, "small", "t10k-images-idx3-ubyte"),
  idx(
    [IMAGES, 28, 28],
    Uint8Array.from({ length: IMAGES * 784 }, () => stream.integer(256)),
  ),
);
writeFileSync(
  join(folder, "small", "t10k-labels-idx1-ubyte"),
  idx(
    [IMAGES],
    Uint8Array.from({ length: IMAGES }, (_, image) => image % 10),
  ),
);
const inFolder = (...path: string[]) => join(folder, ...path);

test("a dry run of the paper lists its trainings, and trains none", async () => {
  const { status, stdout, stderr } = await reproduce("--preset", "paper", "--dry-run", "--json");
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(JSON.stringify(JSON.parse(stdout))).toMatch(/cifar10, K = 128, seed 2/);
  expect(existsSync(inFolder("runs"))).toBe(false);
});

test.each([
  [["--folder", "nowhere"], /^narrows: --folder nowhere: it holds no t10k-images-idx3-ubyte/],
  [
    ["--preset", "paper", "--data", "cifar"],
    /^narrows: --data cifar: "cifar" is not known \(did you mean cifar10\?\)/,
  ],
  [["--data", "cifar10"], /^narrows: --folder data: it holds neither data_batch_1.bin/],
  [["--dimensions", "2,x"], /^narrows: --dimensions 2,x: expected a (whole )?number, found "x"/],
  [["--points", "5"], /^narrows: --points 5: 5 is too small/],
  [["--preset", "paper"], /^narrows: .*cifar/],
])("%j is refused in one line", async (args, line) => {
  const { status, stderr } = await reproduce(...args);
  expect(status).toBe(2);
  expect(stderr).toMatch(line);
  expect(stderr.trimEnd()).not.toContain("\n");
  expect(existsSync(inFolder("runs"))).toBe(false);
});

test("trains, measures, draws and reports; and changes nothing the second time", async () => {
  const small = ["--folder", "small", "--dimensions", "2", "--seeds", "1", "--epochs", "1", "--points", "60"];
  const first = await reproduce(...small, "--workers", "2", "--out", "made");
  expect(first.stderr).not.toMatch(/narrows: /);
  expect(first.status).toBe(0);
  expect(first.stdout).toMatch(
    /^Intrinsic dimension of each layer.*\nData +K +Epoch +l0 .* l10\nMNIST +2 +1 +\d/,
  );
  const results = JSON.parse(readFileSync(inFolder("made", "results.json"), "utf8"));
  expect(results.networks).toHaveLength(1);
  const [network] = results.networks;
  expect(network.epochs.map(({ epoch }: { epoch: number }) => epoch)).toEqual([0, 1]);
  const last = network.epochs[1];
  expect(last).toMatchObject({ points: 60, activeUnits: expect.any(Number) });
  expect(last.dimension).toHaveLength(11);
  expect(last.forward).toHaveLength(10);
  expect(last.reconstructions.frechet).toBeGreaterThan(0);
  expect(results.differences).toContainEqual({ what: "epochs", here: "1", paper: "200" });
  expect(readdirSync(inFolder("made", "panels"))).toContain("figure-01-a.png");
  const report = readFileSync(inFolder("made", "report.html"), "utf8");
  expect(report).toContain("MNIST stands in for CIFAR-10");
  expect(report).toContain(
    "Again: narrows reproduce dimension --dimensions 2 --seeds 1 --epochs 1 --points 60 --folder small --out made",
  );

  const second = await reproduce(...small, "--out", "made");
  expect(second.status).toBe(0);
  expect(second.stdout).toMatch(/nothing has changed since/);
  expect(readFileSync(inFolder("made", "report.html"), "utf8")).toBe(report);
});

describe.skipIf(!chromiumPath)(IN_A_BROWSER, () => {
  it.each(VIEWS)(
    "the report, $width pixels wide, $colorScheme, is silent, fits, and has every panel drawn",
    async (view) => {
      const panels = readdirSync(inFolder("made", "panels")).filter((name) => name.endsWith(".svg"));
      expect(panels.length).toBeGreaterThan(10);
      const seen = await reportAsSeen(inFolder("made", "report.html"), view);
      expect(seen).toEqual({ noise: [], scrolls: false, drawn: panels.length });
    },
  );
});

test("Ctrl-C lets the workers save and exits with 130; the same command continues", async () => {
  const asked = [
    "--folder",
    "small",
    "--dimensions",
    "2",
    "--seeds",
    "1",
    "--epochs",
    "90",
    "--workers",
    "1",
    "--runs",
    "stopped",
  ];
  const result = async () => JSON.parse((await reproduce(...asked, "--dry-run", "--json")).stdout);
  const [network] = (await result()).filter(({ name }: { name: string }) => name.includes("K = 2"));
  const begun = () => hasBegun(inFolder("stopped", network.run));
  const stopped = await narrowsKilled(begun, "SIGINT", "reproduce", "dimension", ...asked, "--out", "left");
  expect(stopped.status).toBe(130);
  expect(stopped.stderr).toMatch(/stopped, and saved\nstopped: \d of 2 runs are finished/);
  const after = (await result()).find(({ run }: { run: string }) => run === network.run);
  expect(after).toMatchObject({ state: "continues", totalSteps: network.totalSteps });
  expect(after.stepsLeft).toBeLessThan(network.totalSteps);
  expect(existsSync(inFolder("left", "report.html"))).toBe(false);
});
