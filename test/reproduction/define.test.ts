/** A paper of two numbers and no run: what the framework makes of a definition. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { reproduceCommand } from "../../src/cli/commands/reproduce/paper.js";
import { noiseFigure } from "../../src/papers/echo-noise/figures/noise.js";
import { reproduction as echo } from "../../src/papers/echo-noise/index.js";
import type { PlannedRun } from "../../src/plans/plan.js";
import { defineReproduction } from "../../src/reproduction/define.js";
import { epochs as epochsSetting, seeds } from "../../src/reproduction/definition.js";
import { paperFigure } from "../../src/reproduction/figures/paper-figure.js";
import type { DataSet } from "../../src/reproduction/reductions.js";
import { judgeAll } from "../../src/reproduction/statements/judge.js";
import { rising } from "../../src/reproduction/statements/numbers.js";
import { numbers, paperTable, words } from "../../src/reproduction/tables/table.js";
import { SeedView } from "../../src/reproduction/view.js";
import { whole } from "../../src/settings/index.js";
import { folderWith } from "../data/files.js";

class View extends SeedView {
  value(name: string): number {
    return this.meanOr(name === "c" ? [] : [name === "a" ? 1 : 2], `a run of ${name}`);
  }
}

const order = (id: string, names: readonly string[]) => ({
  id,
  statement: `${names.join(" is below ")}.`,
  rule: "The numbers rise.",
  check: (view: View) => rising(...names.map((name) => ({ label: name, value: view.value(name) }))),
});

interface Values {
  readonly seeds: number;
  readonly epochs: number;
  readonly steps?: number;
  readonly rate: number;
}

const paper = defineReproduction<Values, DataSet, PlannedRun, Pick<Values, "epochs" | "steps">>({
  name: "toy",
  title: "A toy",
  noun: "model",
  details: "Nothing is trained.",
  examples: ["narrows reproduce toy"],
  asPublished: "As published.",
  presets: {
    paper: { seeds: 3, epochs: 200, rate: 0.1 },
    day: { seeds: 3, epochs: 200, steps: 50, rate: 0.1 },
    quick: { seeds: 3, epochs: 20, rate: 0.1 },
  },
  settings: {
    seeds,
    epochs: epochsSetting,
    steps: whole({ about: "steps in place of epochs", minimum: 1, maximum: 100 }),
  },
  open: { steps: "those of the epochs" },
  replaces: { epochs: "steps" },
  reported: { epochs: { what: "epochs" }, steps: { what: "steps" }, rate: { what: "learning rate" } },
  data: () => [{ name: "digits", title: "Digits", reduction: "a few of them" }],
  plan: () => [],
  outlook: () => ({ secondsAfter: 1, shows: "Figure 2" }),
  measure: async ({ recipe: { epochs, steps } }) => ({ epochs, ...(steps === undefined ? {} : { steps }) }),
  statements: () =>
    judgeAll(
      [order("ab", ["a", "b"]), order("ba", ["b", "a"]), order("bc", ["b", "c"])],
      (own) => new View(own),
      [0],
    ),
  tables: (results) =>
    paperTable(
      { caption: "Epochs.", concerns: [], terminal: true },
      [results],
      [words("What", () => "epochs"), numbers("Count", (row) => row.epochs)],
    ),
  figures: async () => [
    paperFigure(2, {
      title: "Second",
      caption: "A cloud.",
      panels: [
        { title: "first", spec: noiseFigure()!.panels[0]!.spec, needs: "nothing", rows: null },
        { title: "second", spec: undefined, needs: "a run" },
      ],
    }),
    undefined,
  ],
});

test("settings are flags, whose help has the defaults of the presets, each once", () => {
  expect(paper.settings.epochs!.defaultText).toBe("20 for quick; 200 for day and paper");
  expect(paper.settings.seeds!.defaultText).toBe("3");
  expect(paper.settings.steps!.defaultText).toBe("those of the epochs for quick and paper; 50 for day");
  expect(echo.settings.oneSeed!.defaultText).toMatch(/^none for quick and paper; VAE-MAF,.* for day$/);
  expect(Object.keys(reproduceCommand(paper).settings)).toEqual(
    expect.arrayContaining([
      "preset",
      "seeds",
      "epochs",
      "workers",
      "device",
      "threads",
      "runs",
      "out",
      "force",
      "dryRun",
      "json",
    ]),
  );
});

describe("what is written", () => {
  const options = {
    device: "cpu",
    force: false,
    command: "narrows reproduce toy --epochs 7",
    progress: () => undefined,
  } as const;
  const writer = () => {
    const folder = folderWith({});
    return (values = {}, more = {}) =>
      paper
        .prepare({ preset: "quick", epochs: 7, ...values }, folder)
        .write([], { ...options, out: join(folder, "out"), ...more });
  };

  test("a value of the user takes the place of the preset's; what differs from the paper is a table and a sentence; the same again changes nothing, unless it is forced", async () => {
    const write = writer();
    const { written, files } = await write();
    expect(written).toBe(true);
    const document = JSON.parse(readFileSync(files.results, "utf8"));
    expect(document.recipe).toEqual({ preset: "quick", seeds: 3, epochs: 7, rate: 0.1 });
    expect(document.differences).toEqual([
      { what: "Digits", here: "a few of them", paper: "the published set", concerns: ["digits"] },
      { what: "epochs", here: "7", paper: "200" },
    ]);
    expect(document.claims.map(({ id, verdict }: Record<string, string>) => [id, verdict])).toEqual([
      ["ab", "holds"],
      ["ba", "fails"],
      ["bc", "not tested"],
    ]);
    expect(document.claims[2].missing).toEqual(["a run of c"]);
    const page = readFileSync(files.report, "utf8");
    expect(page).toContain(
      "A cloud. Not drawn: B needs a run. Differs from the paper: Digits: a few of them (paper: the published set); epochs: 7 (paper: 200).",
    );
    expect(page).toContain("Epochs. See also: What differs from the paper.");
    expect(page).toContain("Again: narrows reproduce toy --epochs 7");
    expect(existsSync(join(files.panels, "figure-02-a.svg"))).toBe(true);
    expect(page).toContain("Not trained as published: &quot;What differs from the paper&quot; says where.");
    expect((await write()).written).toBe(false);
    expect((await write({}, { force: true })).written).toBe(true);
  });

  test("a value that takes the place of another leaves it out, unless both are given", async () => {
    const recipeOf = async (values: object) =>
      (await writer()({ preset: "day", epochs: undefined, ...values })).document;
    expect(await recipeOf({})).toMatchObject({ recipe: { epochs: 200, steps: 50 } });
    const epochsAlone = await recipeOf({ epochs: 7 });
    expect(epochsAlone).toMatchObject({ epochs: 7 });
    expect(epochsAlone).not.toHaveProperty("steps");
    expect(await recipeOf({ epochs: 7, steps: 9 })).toMatchObject({ epochs: 7, steps: 9 });
  });
});
