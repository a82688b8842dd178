import { describe, expect, test } from "vitest";
import { echoLines } from "../../../src/cli/echo-tables.js";
import { paperData } from "../../../src/papers/echo-noise/data.js";
import { noiseFigure } from "../../../src/papers/echo-noise/figures/noise.js";
import { METHOD_NAMES } from "../../../src/papers/echo-noise/methods.js";
import { type EchoChoice, PARTS } from "../../../src/papers/echo-noise/models.js";
import { notedFigures, notesOf } from "../../../src/papers/echo-noise/notes.js";
import { PAPER_RECIPE, QUICK_RECIPE } from "../../../src/papers/echo-noise/recipe.js";
import { echoNumbers, echoReport, inputsOf } from "../../../src/papers/echo-noise/reproduction.js";
import type { EchoResults } from "../../../src/papers/echo-noise/results.js";
import { factorSections } from "../../../src/papers/echo-noise/tables/factors.js";
import { noiseSections } from "../../../src/papers/echo-noise/tables/noise.js";
import { informationText, tradeRows, tradeSections } from "../../../src/papers/echo-noise/tables/rates.js";
import type { Section, TableSection } from "../../../src/report/report.js";
import { resultsAsPublished } from "./results-as-published.js";

const data = (["binary-mnist", "omniglot", "fashion-mnist"] as const).map(paperData);

function tableOf(section: Section | undefined): TableSection {
  if (section?.kind !== "table") throw new Error(`a table was expected, not ${section?.kind}`);
  for (const row of section.rows) expect(row).toHaveLength(section.columns.length);
  return section;
}

/** Several seeds whose distortions differ. */
function ofSeeds(shifts: readonly number[]): EchoResults {
  const all = shifts.map((shift, seed) => resultsAsPublished({ distortion: (x) => x + shift }, seed));
  return {
    preset: "paper",
    images: all.flatMap(({ images }) => images),
    sprites: all.flatMap(({ sprites }) => sprites),
  };
}

describe("Table 1", () => {
  test("one seed: a table a data set, each method beside the published numbers, nothing trimmed", () => {
    const sections = tradeSections(resultsAsPublished().images, data);
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

  test("below the ceiling of its estimate, the gap of a bound is told", () => {
    const rate = { mean: 6, deviation: null };
    const information = { informationNats: 5.25, standardErrorNats: 0.02, ceilingNats: 9.21 };
    expect(informationText({ information, rate, rateEstimator: "upper-bound" })).toBe("5.25, gap 0.75");
    expect(informationText({ information: null, rate, rateEstimator: "monte-carlo" })).toBe("-");
  });
});

test("Table 2: a line for each published cell; the first and the fourth row are the same runs", () => {
  const { rows } = tableOf(factorSections(ofSeeds([0, 1]).sprites, PAPER_RECIPE.sprites)[0]);
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
  expect(factorSections([], PAPER_RECIPE.sprites)).toEqual([]);
});

test("Table 3: beside the published total correlation what chance gives", () => {
  const { rows } = tableOf(noiseSections(resultsAsPublished().images, data)[0]);
  expect(rows).toEqual([
    ["Binary MNIST", "7.30", "7.3", "0.02", 1],
    ["Omniglot", "18.80", "18.8", "0.02", 1],
    ["Fashion-MNIST", "30.20", "30.2", "0.02", 1],
  ]);
});

test("on the terminal: the tables, and why a run failed", () => {
  const results = resultsAsPublished();
  const broken = {
    ...results.images[0]!,
    seed: 1,
    status: "failed" as const,
    reason: "it broke",
    measures: null,
  };
  const lines = echoLines({ ...results, images: [...results.images, broken] }, data);
  expect(lines.find((line) => /^Omniglot\s+VAE /.test(line))).toMatch(
    /upper-bound\s+at least 9\.2\s+86\.50\s+117\.00\s+117\.0\s+1$/,
  );
  expect(lines.at(-1)).toBe("failed: Echo, binary-mnist, beta = 0.3, seed 1: it broke");
});

describe("the report", () => {
  const quick: EchoChoice = {
    parts: PARTS,
    data: [{ ...data[0]!, reduction: "a few images" }],
    recipe: QUICK_RECIPE,
  };
  const whole: EchoChoice = { parts: PARTS, data, recipe: PAPER_RECIPE };
  const build = (choice: EchoChoice) => {
    const results = resultsAsPublished();
    const notes = notesOf(choice.recipe, choice.data);
    const figures = notedFigures(
      [noiseFigure(), { ...noiseFigure(), number: 2 }, { ...noiseFigure(), number: 4 }],
      notes,
      choice.data,
    );
    const { claims } = echoNumbers(choice, results);
    return echoReport(
      choice,
      { results, claims, figures, notes },
      { command: "narrows reproduce echo", version: "0" },
    );
  };

  test("every caption of a quick run says what was reduced, but for Figure 1, which needs no run", () => {
    const { sections, facts } = build(quick);
    const captions = sections.flatMap((section) =>
      section.kind === "panels" && section.number === 1
        ? []
        : section.kind === "panels" || section.kind === "table"
          ? [section.caption ?? ""]
          : [],
    );
    expect(captions.length).toBeGreaterThan(7);
    for (const caption of captions) expect(caption).toMatch(/Reduced against the paper: /);
    expect(facts?.find(({ name }) => name === "Reduced")?.value).toMatch(
      /a few images.*On sprites: .*32 x 32/,
    );
  });

  test("the paper's own preset has nothing to say of that", () => {
    expect(JSON.stringify(build(whole))).not.toMatch(/Reduced against/);
  });

  test("numbers are another's where the choice, a result or the version is", () => {
    const results = resultsAsPublished();
    const of = [
      inputsOf(whole, results, "1"),
      inputsOf(quick, results, "1"),
      inputsOf(whole, resultsAsPublished({ distortion: (x) => x + 1 }), "1"),
      inputsOf(whole, results, "2"),
    ];
    expect(new Set(of).size).toBe(4);
    expect(inputsOf(whole, resultsAsPublished(), "1")).toBe(of[0]);
  });
});
