import { describe, expect, test } from "vitest";
import { reproductionLines } from "../../../src/cli/commands/reproduce/paper.js";
import { type EchoChoice, paperData } from "../../../src/papers/echo-noise/data.js";
import { noiseFigure } from "../../../src/papers/echo-noise/figures/noise.js";
import type { EchoResults } from "../../../src/papers/echo-noise/measures/index.js";
import { tradeRows } from "../../../src/papers/echo-noise/measures/rows.js";
import { METHOD_NAMES } from "../../../src/papers/echo-noise/methods.js";
import { PRESETS, REPORTED, type Recipe } from "../../../src/papers/echo-noise/recipe.js";
import { imagePlan } from "../../../src/papers/echo-noise/runs.js";
import { judgeStatements } from "../../../src/papers/echo-noise/statements/index.js";
import {
  echoTables,
  factorTable,
  informationText,
  noiseTable,
  tradeTables,
} from "../../../src/papers/echo-noise/tables.js";
import type { TableSection } from "../../../src/report/report.js";
import { hashOf } from "../../../src/reproduction/measured-once.js";
import { differences as differencesOf } from "../../../src/reproduction/reductions.js";
import { reproductionReport, withDifferences } from "../../../src/reproduction/report.js";
import type { PaperTable } from "../../../src/reproduction/tables/table.js";
import { resultsAsPublished } from "./results-as-published.js";

const PAPER: Recipe = { ...PRESETS.paper, preset: "paper" };
const QUICK: Recipe = { ...PRESETS.quick, preset: "quick" };
const data = (["binary-mnist", "omniglot", "fashion-mnist"] as const).map((name) => paperData(name));

function tableOf(table: PaperTable | undefined): TableSection {
  const { section } = table!;
  for (const row of section.rows) expect(row).toHaveLength(section.columns.length);
  return section;
}

/** Several seeds whose distortions differ. */
function ofSeeds(shifts: readonly number[]): EchoResults {
  const all = shifts.map((shift, seed) => resultsAsPublished({ distortion: (x) => x + shift }, seed));
  return {
    images: all.flatMap(({ images }) => images),
    sprites: all.flatMap(({ sprites }) => sprites),
  };
}

describe("Table 1", () => {
  test("one seed: a table a data set, each method with the published numbers, nothing trimmed", () => {
    const sections = tradeTables(resultsAsPublished().images, data);
    expect(sections.map((section) => tableOf(section).caption)).toEqual([
      "Table 1, Binary MNIST. The estimate of I(X;Z) cannot exceed 9.21 nats.",
      "Table 1, Omniglot. The estimate of I(X;Z) cannot exceed 9.21 nats.",
      "Table 1, Fashion-MNIST. The estimate of I(X;Z) cannot exceed 9.21 nats.",
    ]);
    const { rows } = tableOf(sections[1]);
    expect(rows.map(([method]) => method)).toEqual(METHOD_NAMES);
    expect(rows[0]).toEqual([
      "Echo",
      "30.20",
      "30.2",
      "exact",
      "30.2: the rate itself",
      "84.40",
      "84.4",
      "114.60",
      "114.6 ± 0.30",
      "0.0",
      "1, not trimmed",
    ]);
    expect(rows[1]!.slice(3, 5)).toEqual(["upper bound", "at least 9.2"]);
    expect(rows[3]![3]).toBe("Monte Carlo");
  });

  test("ten seeds: the highest and the lowest -ELBO are left out of all means", () => {
    const [row] = tradeRows(ofSeeds([0, 0.1, -0.1, 0.2, -0.2, 0, 0, 0, 50, -7]).images, data);
    expect(row).toMatchObject({ method: "Echo", data: "binary-mnist", runs: 10, trimmed: 2 });
    expect(row!.distortion.mean).toBeCloseTo(62.4, 10);
    expect(row!.negativeElbo.deviation).toBeCloseTo(Math.sqrt(0.1 / 7), 10);
  });

  test("below the ceiling of its estimate, the gap of a bound is reported", () => {
    const rate = { mean: 6, deviation: null };
    const information = { informationNats: 5.25, standardErrorNats: 0.02, ceilingNats: 9.21 };
    expect(informationText({ information, rate, rateEstimator: "upper-bound" })).toBe("5.25, gap 0.75");
    expect(informationText({ information: null, rate, rateEstimator: "monte-carlo" })).toBe("-");
  });
});

test("Table 2: a line for each published cell; the first and the fourth row are the same runs", () => {
  const { rows } = tableOf(factorTable(ofSeeds([0, 1]).sprites, PAPER)[0]);
  expect(rows).toHaveLength(7 * 4);
  expect(rows[0]).toEqual([
    1,
    1,
    0,
    "independent",
    "Echo",
    "0.83 ± 0.00",
    "0.83",
    "0.83 ± 0.00",
    "0.16 ± 0.00",
    "0.16",
    "0.16 ± 0.00",
    2,
  ]);
  expect(rows[12]!.slice(0, 3)).toEqual([4, 1, 0]);
  expect(rows[14]!.slice(5, 10)).toEqual(["0.70 ± 0.00", "0.70", "0.70 ± 0.00", "0.11 ± 0.00", "0.10"]);
  expect(factorTable([], PAPER)).toEqual([]);
});

test("Table 3: the published total correlation, and what chance gives", () => {
  const { rows } = tableOf(noiseTable(resultsAsPublished().images, data)[0]);
  expect(rows).toEqual([
    ["Binary MNIST", "7.30", "7.3", "0.02", 1],
    ["Omniglot", "18.80", "18.8", "0.02", 1],
    ["Fashion-MNIST", "30.20", "30.2", "0.02", 1],
  ]);
});

test("in the terminal: the tables, why a run failed, and what the statements came to", () => {
  const results = resultsAsPublished();
  const choice = { data, recipe: PAPER };
  const [planned] = imagePlan(choice);
  const lines = reproductionLines(
    {
      tables: echoTables(results, choice),
      document: { inputs: "", files: [], claims: judgeStatements(results) },
    },
    [{ planned: planned!, run: undefined, status: "failed", reason: "it broke" }],
  );
  expect(lines.find((line) => /^VAE .* 86\.50 /.test(line))).toMatch(
    /upper bound\s+at least 9\.2\s+86\.50\s+86\.5\s+117\.00\s+117\.0 ± 0\.44\s+0\.0\s+1, not trimmed$/,
  );
  expect(lines.at(-2)).toBe("failed: Echo, Binary MNIST, beta = 1, seed 0: it broke");
  expect(lines.at(-1)).toMatch(/^the paper's statements: \d+ hold, 0 fail, 0 not tested$/);
});

describe("the report", () => {
  const quick: EchoChoice = { data: [{ ...data[0]!, reduction: "a few images" }], recipe: QUICK };
  const whole: EchoChoice = { data, recipe: PAPER };
  const build = (choice: EchoChoice) => {
    const results = resultsAsPublished();
    const differences = differencesOf(REPORTED, choice.recipe, PAPER, choice.data);
    const figure = noiseFigure()!;
    const figures = [
      figure,
      { ...figure, number: 2, concerns: ["images", choice.data[0]!.name] },
      { ...figure, number: 4, concerns: ["sprites"] },
    ].map((one) => withDifferences(one, differences));
    return reproductionReport({
      title: "t",
      subtitle: "s",
      facts: [],
      differences,
      claims: judgeStatements(results),
      figures,
      tables: echoTables(results, choice),
      command: "narrows reproduce echo",
    });
  };

  test("every caption of a quick run says what differs, but for Figure 1, which needs no run, and the table of differences", () => {
    const { sections } = build(quick);
    const captions = sections.flatMap((section) =>
      (section.kind === "panels" && section.number === 1) || section.heading === "What differs from the paper"
        ? []
        : section.kind === "panels" || section.kind === "table"
          ? [section.caption ?? ""]
          : [],
    );
    expect(captions.length).toBeGreaterThan(6);
    for (const caption of captions) {
      expect(caption).toMatch(/Differs from the paper: |See also: What differs from the paper\.$/);
    }
    const table = sections.find(({ heading }) => heading === "What differs from the paper") as TableSection;
    expect(table.rows).toContainEqual(["Binary MNIST", "a few images", "the published set"]);
    expect(table.rows).toContainEqual(["pixels of a sprite", "32 x 32", "64 x 64"]);
  });

  test("the paper's own preset has nothing to say of that", () => {
    expect(JSON.stringify(build(whole))).not.toMatch(/[Dd]iffers from/);
  });

  test("numbers are another's where the choice, a result or the version is", () => {
    const results = resultsAsPublished();
    const of = [
      hashOf("1", whole, results),
      hashOf("1", quick, results),
      hashOf("1", whole, resultsAsPublished({ distortion: (x) => x + 1 })),
      hashOf("2", whole, results),
    ];
    expect(new Set(of).size).toBe(4);
    expect(hashOf("1", whole, resultsAsPublished())).toBe(of[0]);
  });
});
