import { beforeAll, describe, expect, it, test } from "vitest";
import { analyseRuns } from "../../src/analysis/analysis.js";
import { distortionOfRun } from "../../src/analysis/distortion-of-run.js";
import { capacityDistortion, capacityError, latentMap, tuningCurves } from "../../src/analysis/figures.js";
import { analysisReport } from "../../src/analysis/report.js";
import { loadConfiguration } from "../../src/configuration/load.js";
import { sliceDataset } from "../../src/data/split.js";
import { renderReport } from "../../src/report/index.js";
import type { Section } from "../../src/report/report.js";
import type { Runs } from "../../src/run-figures/index.js";
import { dataWith, device, runsOn } from "./small-runs.js";

const digit = (k: number) => k % 10;
const colour = (k: number) => Math.floor(k / 10) % 3;
const size = (k: number) => ((k * 37) % 400) / 400;

/** Words of one paper and its data, which no page of other data may say. */
const PAPER = /corridor|xU|xL|published|\bpaper|Baseline|efficient codes/i;

/** What people and screen readers read of a page. */
function readable(page: string): string {
  const labels = [...page.matchAll(/aria-label="([^"]*)"/g)].map(([, label]) => label);
  return `${page.replace(/<(style|script)[\s\S]*?<\/\1>/g, "").replace(/<[^>]*>/g, " ")}\n${labels.join("\n")}`;
}

const textOf = (sections: readonly Section[]) => sections.flatMap(({ text }) => text ?? []).join("\n");

describe.each([
  ["two labels", dataWith({ digit, colour }), /digit \(categories\), colour \(categories\)/],
  ["one label of numbers", dataWith({ size }), /size \(numbers\)/],
  [
    "five labels",
    dataWith({ digit, colour, size, row: (k) => k % 12, kind: (k) => k % 2 }),
    /row \(numbers\), kind/,
  ],
  ["no labels", dataWith({}), /none/],
  ["images in colour", dataWith({ colour }, { imageShape: [32, 32, 3], count: 200 }), /colour/],
])("the report of data with %s", (_, data, labels) => {
  let text: string;
  let sections: readonly Section[];
  beforeAll(async () => {
    const report = await analysisReport(await analyseRuns(await runsOn(data), device), device);
    ({ sections } = report);
    text = readable(await renderReport(report));
    expect(report.facts?.find(({ name }) => name === "Labels")?.value).toMatch(labels);
  });

  it("speaks of these data and of no paper", () => {
    expect(text.match(PAPER)).toBeNull();
    for (const name of data.labelNames) expect(text.includes(name), name).toBe(true);
  });

  it("shows what can be computed, and says in a line why something is not there", () => {
    const missing = textOf(sections)
      .split("\n")
      // Untrained runs have no curves of their training.
      .filter((line) => line.startsWith("Not shown") && line !== "Not shown: no logged step given.");
    expect(missing).toEqual([]);
    expect(text.includes("image PC1")).toBe(data.labelNames.length === 0);
  });
});

describe("codes of any number of dimensions", () => {
  it.each([1, 2, 32])("%i: all figures are drawn", async (dimensions) => {
    const runs = await runsOn(dataWith({ digit }), { dimensions });
    const analysis = await analyseRuns(runs, device);
    const channels = new Set(tuningCurves(analysis).table.rows.map((row) => row[1]));
    expect(channels.size).toBe(dimensions);
    expect(latentMap(analysis).caption).toContain(dimensions === 1 ? "one dimension" : "dimensions");
    for (const draw of [capacityDistortion, capacityError])
      expect(draw(analysis).table.rows).not.toHaveLength(0);
  });
});

describe("figures of analysed runs", () => {
  it("of one run have no distances between runs; a page of it leaves that section out", async () => {
    const analysis = await analyseRuns(await runsOn(dataWith({ digit }), { capacities: [3] }), device);
    expect(() => capacityDistortion(analysis)).toThrow(/compares two runs\. Name a run of low/);
    const { sections, title } = await analysisReport(analysis, device);
    expect(title).toBe("The code of run-0");
    expect(sections.map(({ heading }) => heading)).not.toContain("Which distances survive");
  });

  it("count the dimensions that vary under a name of their own, with what counts", async () => {
    const analysis = await analyseRuns(await runsOn(dataWith({ digit }), { capacities: [3] }), device);
    const page = readable(await renderReport(await analysisReport(analysis, device)));
    expect(page).toMatch(
      /dimensions that vary\s+\d of 3\s+standard deviation of the mean code over images above 0\.1\s/,
    );
    expect(page).not.toContain("dimensions in use");
  });

  it("say of each rate whether it is exact or an upper bound, and what evaluate warns of the run", async () => {
    const analysis = await analyseRuns(await runsOn(dataWith({ digit }), { capacities: [3] }), device);
    const [run] = analysis.runs;
    const { model } = run.trained;
    const exact = {
      ...run,
      trained: { ...run.trained, model: { ...model, rateEstimator: "exact" as const } },
    };
    const text = async (of: typeof run) =>
      readable(await renderReport(await analysisReport({ ...analysis, runs: [of] }, device)));
    const page = await text(run);
    expect(page).toMatch(/nats\s+upper bound; \d+\.\d\d bits; target 3, gap -/);
    expect(page).toMatch(/Warning: the rate is \d\.\d{3} nats, \d\.\d{3} below C = 3: /);
    expect(await text(exact)).toMatch(/nats\s+exact; \d+\.\d\d bits; target 3, gap -/);
  });

  it("name the seeds of all runs, and speak of the rate limit only where it differs", async () => {
    const reportOf = async (capacities: number[]) =>
      analysisReport(await analyseRuns(await runsOn(dataWith({ digit }), { capacities }), device), device);
    const different = await reportOf([10, 1]);
    expect(different.title).toBe("The effect of the rate limit");
    const alike = await reportOf([3, 3]);
    expect(alike.title).toBe("The codes of run-0 and run-1");
    expect(alike.facts).toContainEqual({ name: "Seeds", value: "0, 1" });
    expect(alike.sections[0]!.heading).toBe("The codes");
    expect(textOf(alike.sections)).toMatch(
      /the run of the lowest rate \(run-\d\) relative to that in the run of the highest rate \(run-\d\)/,
    );
    expect((await reportOf([3, 3, 3])).title).toBe("The codes of 3 runs");
    expect((await reportOf([3])).facts).toContainEqual({ name: "Seed", value: "0" });
  });

  it("want at least two test images, and name the split that has one", async () => {
    const [run] = await runsOn(dataWith({ digit }), { capacities: [3] });
    const { split } = run.experiment;
    const short = { ...split, test: sliceDataset(split.test, [0, 1]) };
    const one = { ...run, experiment: { ...run.experiment, split: short } };
    await expect(analyseRuns([one], device)).rejects.toThrow(
      "run-0, split.test: it has 1 image, and codes are compared on at least 2. Train with a split",
    );
  });

  it("of runs without a target capacity are named after the runs, and refuse an axis of capacities", async () => {
    const analysis = await analyseRuns(
      await runsOn(dataWith({ digit }), { capacities: [null, null] }),
      device,
    );
    expect(analysis.runs.map(({ title }) => title)).toEqual(["run-0", "run-1"]);
    expect(() => capacityError(analysis)).toThrow(/no target capacity\. .*rate-distortion/);
    expect(textOf((await analysisReport(analysis, device)).sections)).toContain(
      "Not shown: its objective has",
    );
  });

  it("have published errors of the runs that a caller knows them for, and of no other", async () => {
    const publishedFor = ({ seed }: { seed: number }) =>
      seed === 1 ? { squaredErrorPerPixel: 0.0123, source: "a paper, Figure 1" } : undefined;
    const analysis = await analyseRuns(await runsOn(dataWith({ digit })), device, { publishedFor });
    const page = await renderReport(await analysisReport(analysis, device));
    expect(page.match(/published: 0\.0123 \(a paper, Figure 1\)/g)).toHaveLength(1);
    expect(capacityError(analysis).table.rows.flat()).toContain(0.0123);
  });

  it("link runs of Corridors to the lab at its address, say their settings without one, and no other run", async () => {
    const [run] = await runsOn(dataWith({ digit }), { capacities: [3] });
    const { configuration } = loadConfiguration("configs/geometry-of-efficient-codes/baseline-quick.yaml", [
      "objective.capacity=0.3",
    ]);
    const analysis = await analyseRuns([run], device);
    const asCorridors = { ...run, experiment: { ...run.experiment, configuration } };
    const corridors = { ...analysis, runs: [{ ...analysis.runs[0]!, trained: asCorridors }] as const };
    const linksOf = async (of: typeof analysis, lab?: string) => {
      const report = await analysisReport(of, device, lab === undefined ? {} : { lab });
      return (await renderReport(report)).match(/<p class="link">.*?<\/p>/g);
    };
    expect(await linksOf(corridors, "https://example.org/lab/")).toEqual([
      '<p class="link"><a href="https://example.org/lab/#rate=0.3&amp;network=paper" rel="noreferrer">An experiment with these settings in the lab</a></p>',
    ]);
    expect(await linksOf(corridors)).toEqual([
      '<p class="link">An experiment with these settings in the lab of Narrows, a web page that trains such codes: add #rate=0.3&amp;network=paper to the address of the lab</p>',
    ]);
    expect(await linksOf(analysis, "https://example.org/lab/")).toBeNull();
  });

  it("of runs that differ in more than the seed are series of their own in the error", async () => {
    const data = dataWith({ digit });
    const [small, twin] = await runsOn(data, { capacities: [3, 3] });
    const [large] = await runsOn(data, { dimensions: 5, capacities: [3] });
    const rows = (runs: Runs) =>
      analyseRuns(runs, device).then((analysis) => capacityError(analysis).table.rows);
    expect((await rows([small, twin!])).map(([series]) => series)).toEqual(["runs"]);
    const named = { ...large, run: { ...large.run, name: "large" } };
    expect((await rows([small, named])).map(([series]) => series)).toEqual([
      "dimensions = 3",
      "dimensions = 5",
    ]);
  });

  it("of a class with one image say that its own cell says nothing, and the page too", async () => {
    const data = dataWith({ rare: (k) => (k === 399 ? 2 : k % 2) });
    const analysis = await analyseRuns(await runsOn(data), device);
    const note =
      "1 of 3 classes of rare have one image only (2): the cell of such a class with itself says nothing, as it compares the image with itself";
    const figure = capacityDistortion(analysis);
    expect(figure.notes).toEqual([note]);
    expect(figure.caption.endsWith(`${note}.`)).toBe(true);
    expect(readable(await renderReport(await analysisReport(analysis, device)))).toContain(note);
    const common = await analyseRuns(await runsOn(dataWith({ digit })), device);
    expect(capacityDistortion(common).notes).toBeUndefined();
  });

  it("over capacities name the runs that have none", async () => {
    const runs = await runsOn(dataWith({ digit }), { capacities: [10, 1, null] });
    const { notes, caption } = capacityError(await analyseRuns(runs, device));
    expect(notes).toEqual(["left out, as their objective has no target capacity: run-2"]);
    expect(caption).toContain("Left out, as their objective has no target capacity: run-2.");
    const all = await runsOn(dataWith({ digit }));
    expect(capacityError(await analyseRuns(all, device)).notes).toBeUndefined();
  });

  it("are refused where channels are drawn on each other and the codes have different numbers of them", async () => {
    const data = dataWith({ digit });
    const [three] = await runsOn(data, { capacities: [3] });
    const [five] = await runsOn(data, { dimensions: 5, capacities: [1] });
    const analysis = await analyseRuns([three, { ...five, run: { ...five.run, name: "five" } }], device);
    expect(() => tuningCurves(analysis)).toThrow(
      "run-0 and five: the codes have 3 and 5 dimensions. Give runs with codes of equally many dimensions.",
    );
    expect(textOf((await analysisReport(analysis, device)).sections)).toMatch(
      /Not shown: the codes have [35] and [35] dimensions\./,
    );
  });

  it("by one of several labels are of that one alone", async () => {
    const analysis = await analyseRuns(await runsOn(dataWith({ digit, colour })), device, {
      labels: ["colour"],
    });
    expect(latentMap(analysis).caption).toContain("by colour");
    expect(latentMap(analysis).caption).not.toContain("digit");
  });
});

describe("the distortion of a run against a baseline", () => {
  const choice = { seed: 0, resamples: 10 };
  const pair = async (data: Parameters<typeof runsOn>[0]) => (await runsOn(data)) as Runs & { 1: Runs[0] };

  it("takes the only label that sorts images, or those that are named", async () => {
    const [baseline, run] = await pair(dataWith({ digit, size }));
    const found = await distortionOfRun(run, baseline, device, choice);
    expect([found.groups.title, found.groups.names]).toEqual(["digit", [...Array(10).keys()].map(String)]);
    const binned = await distortionOfRun(run, baseline, device, { ...choice, labels: ["size"] });
    expect(binned.groups.names).toHaveLength(10);
    expect(Number.isFinite(binned.indices.prototypization.value)).toBe(true);
    const rule = await distortionOfRun(run, baseline, device, { ...choice, labels: ["digit > 4"] });
    expect(rule.groups.labels.classes).toEqual([[0], [1]]);
  });

  test.each([
    [
      "several labels that sort",
      dataWith({ digit, colour }),
      /Give --labels with one or more of digit, colour/,
    ],
  ])("of data with %s asks in one line", async (_, data, message) => {
    const [baseline, run] = await pair(data);
    await expect(distortionOfRun(run, baseline, device, choice)).rejects.toThrow(message);
  });

  it("of data without labels is by the first principal component of the images", async () => {
    const [baseline, run] = await pair(dataWith({}));
    const { groups } = await distortionOfRun(run, baseline, device, choice);
    expect(groups.title).toBe("image PC1");
  });
});

test("a code that has collapsed to one point has a page: what cannot be drawn is named", async () => {
  const runs = await runsOn(dataWith({ digit }));
  const collapsed = runs.map((run) => ({ ...run, parameters: new Float32Array(run.parameters.length) }));
  const analysis = await analyseRuns(collapsed as unknown as Runs, device);
  expect(analysis.runs.map(({ dimensionsInUse }) => dimensionsInUse)).toEqual([0, 0]);
  const { sections } = await analysisReport(analysis, device);
  expect(textOf(sections)).toMatch(/Not shown: every value is 0: a constant code has no tuning curves/);
  await renderReport(await analysisReport(analysis, device));
});
