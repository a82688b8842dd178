import { existsSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { paperFigures } from "../../../../src/papers/geometry-of-efficient-codes/figures/index.js";
import { renderReport } from "../../../../src/report/index.js";
import type { PaperFigure } from "../../../../src/reproduction/figures/paper-figure.js";
import { reproductionSections } from "../../../../src/reproduction/figures/sections.js";
import { writePanels } from "../../../../src/reproduction/figures/write.js";
import { temporaryFolder } from "../../../runs/temporary-folder.js";
import { constructedAtlas, constructedErrors, constructedFrozen, constructedModels } from "./constructed.js";

const lettersOf = (figures: readonly PaperFigure[]) =>
  Object.fromEntries(
    figures.map(({ number, panels }) => [number, panels.map(({ letter }) => letter).join(" ")]),
  );

describe("all figures of the paper", () => {
  let figures: PaperFigure[];
  beforeAll(() => {
    figures = paperFigures({
      atlas: constructedAtlas(),
      models: constructedModels(),
      frozen: constructedFrozen(),
      errors: constructedErrors(),
    });
  });

  it("are 1 to 11, with the paper's letters", () => {
    expect(lettersOf(figures)).toEqual({
      1: "D1 D2 E1 E2 E3 E4",
      2: "A B",
      3: "A B",
      6: "A B C D1 D2 D3 D4",
      ...Object.fromEntries([4, 5, 7, 8, 9, 10, 11].map((number) => [number, "A B C D E F G H I J K L"])),
    });
    for (const { caption } of figures) expect(caption).not.toMatch(/undefined|NaN|missing|Not drawn/i);
    for (const { panels } of figures)
      for (const { title } of panels) expect(title).not.toMatch(/undefined|NaN/);
  });

  it("show what they were given: seeds as mean and 95 % interval, and the published value", () => {
    const [three, six] = [3, 6].map((wanted) => figures.find(({ number }) => number === wanted)!);
    const [one] = figures;
    const rare = one!.panels[0]!.spec.table.rows.find(
      ([series, , capacity]) => series === "E1M1, rare" && capacity === 3,
    )!;
    expect(rare[3]).toBeCloseTo(1.1 * (0.05 + 0.1 * Math.exp(-1)), 10);
    const [measured, published] = ["measured", "published"].map(
      (source) =>
        three!.panels[0]!.spec.table.rows.find(
          ([series, kind, capacity]) => series === "E2M5" && kind === source && capacity === 3,
        )!,
    );
    const mean = 0.05 + 0.1 * Math.exp(-1) + 0.014;
    // Student's t with 2 degrees of freedom stays within 4.302653 with a probability of 95 %.
    const half = (4.302652729749464 * 0.001) / Math.sqrt(3);
    for (const [k, value] of [mean, mean - half, mean + half, 3].entries()) {
      expect(measured![3 + k]).toBeCloseTo(value, 10);
    }
    expect(published![3]).toBeCloseTo(mean, 12);
    const difference = three!.panels[1]!.spec.table.rows.find(
      ([series, capacity]) => series === "E2M5" && capacity === 3,
    )!;
    expect(difference[2]).toBeCloseTo(0, 12);
    expect(difference[4]).toBeCloseTo(half, 10);

    const joint = six!.panels.find(({ letter }) => letter === "B")!.rows!;
    expect(joint.columns.slice(0, 4)).toEqual(["series", "source", "capacityNats", "f1BatchMean"]);
    expect(joint.rows).toHaveLength(2 * 20);
    const [batches, others] = ["measured", "published"].map(
      (source) =>
        joint.rows.find(([task, kind, capacity]) => task === "E2M3" && kind === source && capacity === 6)![3],
    );
    const f1 = 1 - 0.6 * Math.exp(-6 / 4);
    expect(batches).toBeCloseTo(f1 - 0.02, 12);
    expect(others).toBeCloseTo(f1, 12);
  });

  it("have a class matrix that is 0 for a code like the Baseline's, and one that tells a bent code", () => {
    const matrices = (number: number) =>
      figures
        .find((figure) => figure.number === number)!
        .panels.find(({ letter }) => letter === "E")!
        .spec.table.rows.map((row) => row.slice(2).map(Number));
    const bent = matrices(7);
    expect(bent).toHaveLength(2);
    // The classes were moved apart: between them distances grew.
    expect(bent[0]![1]).toBeGreaterThan(0.05);
    expect(matrices(10)).toHaveLength(25);
  });

  it("make a page on which every panel stands once, drawn whole, with its tables", async () => {
    const page = await renderReport({ title: "Reproduction", sections: reproductionSections(figures) });
    const panels = figures.flatMap((figure) => figure.panels);
    expect(page.match(/<figure /g)).toHaveLength(panels.length);
    expect(page.match(/<svg/g)).toHaveLength(panels.length);
    for (const [, drawing] of page.matchAll(/<svg(.*?)<\/svg>/gs)) {
      expect(drawing!.replace(/base64,[^"]*/g, "")).not.toMatch(/NaN|undefined|…/);
      expect(drawing!.length).toBeGreaterThan(4000);
    }
    const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(page).toContain('id="panel-6-d4"');
    expect(page).toContain("<b>Figure 11. The geometry of E2M5, next to the Baseline&#39;s.</b>");
    expect(page.match(/<details>/g)).toHaveLength(6 + 1 + 2 + 7);
  });

  it("are written as SVG and PNG by number and letter", async () => {
    const folder = temporaryFolder();
    const paths = await writePanels(figures.slice(2, 4), folder);
    expect(paths).toHaveLength(2 * (2 + 12));
    expect(paths[0]).toBe(`${folder}/figure-03-a.svg`);
    for (const path of paths) expect(existsSync(path)).toBe(true);
    expect(readFileSync(paths[1]!).subarray(1, 4).toString()).toBe("PNG");
  });
});

describe("some of the data", () => {
  it("make the figures they suffice for, and captions say what is missing", () => {
    const figures = paperFigures({
      atlas: constructedAtlas(["E1M2", "E2M3"], [3]),
      models: constructedModels(["E2M3"]),
    });
    expect(lettersOf(figures)).toEqual({ 2: "A B", 3: "A B", 5: "C H", 6: "B", 9: "C H" });
    const captions = Object.fromEntries(figures.map(({ number, caption }) => [number, caption]));
    expect(captions[3]).toContain(
      "Missing, because they were not trained: Baseline, E1M1, E1M2, E2M1, E2M2, E2M4, E2M5.",
    );
    expect(captions[5]).toContain("The Baseline is missing: it was not trained.");
    expect(captions[5]).toContain("E needs a Baseline of the same capacity and seed");
    expect(captions[6]).toMatch(
      /Not drawn: A needs classifiers on the code of Baseline; C needs .* D4 needs/,
    );
    expect(captions[9]).toContain("Not drawn: D needs a second capacity of the model");
  });

  it("none make none, also when every run failed", () => {
    expect(paperFigures({})).toEqual([]);
    const failed = constructedModels(["E2M1"]).map((result) => ({
      ...result,
      squaredErrorPerPixel: null,
      tasks: result.tasks.map((task) => ({ ...task, f1BatchMean: null })),
    }));
    expect(paperFigures({ models: failed, frozen: [] })).toEqual([]);
  });

  it("hold a collapsed code: its panels are left out, and the caption says why", () => {
    const atlas = constructedAtlas(["Baseline", "E1M1"]);
    const codes = atlas.codes.map((code) =>
      code.model === "E1M1" && code.capacityNats === 0.3
        ? { ...code, points: { ...code.points, coordinates: code.points.coordinates.map(() => 0.5) } }
        : code,
    );
    const figures = paperFigures({ atlas: { ...atlas, codes } });
    expect(lettersOf(figures)[4]).toBe("A B C D E F G H J K L");
    expect(figures[1]!.caption).toContain(
      "Not drawn: I needs a code that has not collapsed (every value is 0.5",
    );
  });

  it("are drawn of the lowest seed there is where the wanted one is not", () => {
    const atlas = constructedAtlas(["Baseline"]);
    const codes = atlas.codes.map((code) => ({ ...code, seed: 4 }));
    const [, figure] = paperFigures({ atlas: { ...atlas, codes }, seed: 1 });
    expect(figure!.caption).toContain("seed 4");
    expect(figure!.caption).toContain("E1M1 is missing: it was not trained.");
  });
});
