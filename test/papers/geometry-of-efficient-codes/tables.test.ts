import { describe, expect, test } from "vitest";
import {
  dimensionsTable,
  indicesTables,
  squeezeTable,
} from "../../../src/papers/geometry-of-efficient-codes/code-tables.js";
import { indicesTable } from "../../../src/papers/geometry-of-efficient-codes/measures/indices-table.js";
import { squeezes } from "../../../src/papers/geometry-of-efficient-codes/measures/squeeze.js";
import { judgeStatements } from "../../../src/papers/geometry-of-efficient-codes/statements/index.js";
import { reconstructionTable, taskTable } from "../../../src/papers/geometry-of-efficient-codes/tables.js";
import type { Section, TableSection } from "../../../src/report/report.js";
import { claimsSections } from "../../../src/reproduction/statements/sections.js";
import { besideInterval, brief, decimals, signed } from "../../../src/reproduction/tables/cells.js";
import type { PaperTable } from "../../../src/reproduction/tables/table.js";
import { constructedAtlas, plain } from "./atlases.js";
import { resultsAsPublished } from "./results-as-published.js";

/** The section of a table, or of the only one of a list. */
function tableOf(table: PaperTable | readonly PaperTable[] | Section | undefined): TableSection {
  const [one] = table === undefined || !Array.isArray(table) ? [table] : table;
  const section: Section | undefined = one && ("section" in one ? one.section : one);
  if (section?.kind !== "table") throw new Error(`a table was expected, not ${section?.kind}`);
  for (const row of section.rows) expect(row).toHaveLength(section.columns.length);
  return section;
}

test("numbers as they are written", () => {
  expect([0.12345, -0.00001, 0, Number.NaN, Infinity, -Infinity].map((x) => decimals(x, 3))).toEqual([
    "0.123",
    "0.000",
    "0.000",
    "undefined",
    "infinite",
    "-infinite",
  ]);
  expect([0.004, -0.004, 0.0001, 0].map((x) => signed(x, 3))).toEqual(["+0.004", "-0.004", "0.000", "0.000"]);
  expect([3, 0.012345, 0.98765, 0].map(brief)).toEqual(["3", "0.0123", "0.988", "0"]);
});

describe("Fig. 3 and Fig. 6 in numbers", () => {
  const one = resultsAsPublished();
  const seeds = [0, 1, 2].map((seed) =>
    resultsAsPublished({ mse: (x) => x + 0.001 * seed, joint: (x) => x - 0.1 * seed }, seed),
  );
  const all = {
    models: seeds.flatMap(({ models }) => models),
    frozen: seeds.flatMap(({ frozen }) => frozen),
  };

  test("one row a model and capacity, each beside the published value", () => {
    const { rows } = tableOf(reconstructionTable(one.models));
    expect(rows).toHaveLength(40);
    expect(rows[0]).toEqual(["Baseline", 0.3, "0.1449", "0.1449", "0.0000", "0.31", "+0.01", "finished"]);
  });

  test("several seeds: mean and standard deviation, and how many runs", () => {
    const { rows } = tableOf(reconstructionTable(all.models));
    expect(rows).toHaveLength(40);
    expect(rows[0]).toEqual([
      "Baseline",
      0.3,
      "0.1459 ± 0.0010",
      "0.1449",
      "+0.0010",
      "0.1434 to 0.1484",
      "inside",
      "0.31 ± 0.00",
      "+0.01",
      "3 finished",
    ]);
  });

  test("what is not finished has dashes and says why it is empty", () => {
    const failed = all.models.map((result, k) =>
      k === 0
        ? { ...result, status: "failed" as const, squaredErrorPerPixel: null, rateNats: null, gapNats: null }
        : result,
    );
    const { rows } = tableOf(reconstructionTable(failed));
    expect(rows[0]!.at(2)).toBe("0.1464 ± 0.0007");
    expect(rows[0]!.at(-1)).toBe("1 failed, 2 finished");
    const waiting = {
      ...one.models[0]!,
      status: "waiting" as const,
      squaredErrorPerPixel: null,
      rateNats: null,
    };
    expect(tableOf(reconstructionTable([{ ...waiting, gapNats: null }])).rows).toEqual([
      ["Baseline", 0.3, "-", "0.1449", "-", "-", "-", "waiting"],
    ]);
  });

  test("panels of Fig. 6 in their order, both F1, accuracy, and the published one", () => {
    const { rows } = tableOf(taskTable(one.models, one.frozen));
    const panels = rows.map(([panel]) => panel);
    expect([...new Set(panels)]).toEqual(["A", "B", "C", "D1", "D2", "D3", "D4"]);
    expect(["A", "B", "C", "D1"].map((panel) => panels.filter((one) => one === panel).length)).toEqual([
      20, 20, 20, 15,
    ]);
    expect(rows[0]).toEqual([
      "A",
      "Baseline",
      "E2M1",
      0.3,
      "0.692",
      "0.692",
      "0.000",
      "0.702",
      "0.900",
      "finished",
    ]);
    const joint = tableOf(taskTable(all.models, all.frozen)).rows.find(([panel]) => panel === "B")!;
    expect(joint.slice(4, 9)).toEqual(["0.731 ± 0.100", "0.831", "-0.100", "0.483 to 0.980", "inside"]);
    // t(0.975, 2) = 4.303: 0.731 +- 4.303 * 0.01 / sqrt(3).
    expect(besideInterval([0.721, 0.731, 0.741], 0.831, 3)).toBe("outside by +0.075");
    expect(besideInterval([0.731], 0.831, 3)).toBe("-");
  });
});

describe("the page of statements", () => {
  test("verdicts are words, numbers stand beside the published ones, what is missing is named", () => {
    const claims = judgeStatements(resultsAsPublished());
    const [counts, statements, rules] = claimsSections(claims);
    if (counts?.kind !== "key-figures") throw new Error("key figures were expected");
    const [holds, fails, notTested] = counts.keyFigures.map(({ value }) => Number(value));
    expect([holds, fails]).toEqual([17, 0]);
    expect(holds! + fails! + notTested!).toBe(claims.length);
    const { rows } = tableOf(statements);
    const row = (id: string) => rows[claims.findIndex((claim) => claim.id === id)]!;
    expect(row("e2m3-solved-jointly")).toEqual([
      "holds",
      "holds",
      "Trained together with the code, E2M3 is solved from 1 nat on.",
      "E2M3 at 1 nat: 0.874 (published 0.874); E2M3 at 3 nats: 0.872 (published 0.872); E2M3 at 6 nats: 0.86 (published 0.86); E2M3 at 10 nats: 0.871 (published 0.871) (F1, mean over batches of 32)",
      "holds in 1 of 1",
    ]);
    expect(row("squeeze-draws-together")).toEqual([
      "not tested",
      "holds",
      "Squeezed from 10 to 0.3 nats, the code of every model draws together.",
      "missing: the codes of Baseline at 0.3 and 10 nats; the codes of E1M1 at 0.3 and 10 nats; the codes of E1M2 at 0.3 and 10 nats; and 5 more",
      "-",
    ]);
    expect(tableOf(rules).rows.map(([, , , id]) => id)).toEqual(claims.map(({ id }) => id));
  });
});

describe("the tables of indices", () => {
  const atlas = constructedAtlas([
    ...([0, 1] as const).flatMap((seed) => [
      {
        model: "Baseline" as const,
        capacityNats: 0.3,
        seed,
        code: (p: readonly [number, number]) => plain(p).map((x) => x / 2),
      },
      { model: "Baseline" as const, capacityNats: 10, seed, code: plain },
      {
        model: "E2M1" as const,
        capacityNats: 0.3,
        seed,
        code: ([xU, xL]: readonly [number, number]) => [
          ...plain([xU, xL])
            .slice(0, 2)
            .map((x) => x / 4),
          xU <= xL ? 1 : -1,
        ],
      },
    ]),
    { model: "E2M4", capacityNats: 1, seed: 0, code: plain },
  ]);
  const of = (...seeds: number[]) => ({
    ...atlas,
    codes: atlas.codes.filter(({ seed }) => seeds.includes(seed)),
  });

  test("a table for each index: a verdict in words, the value and its interval, and the published one", () => {
    const tables = indicesTables(indicesTable(of(0), { resamples: 40 }));
    const [prototypization, specialization, orthogonalization, factorization, numbers] = tables.map(tableOf);
    expect(tables).toHaveLength(5);
    for (const table of [prototypization!, orthogonalization!]) {
      expect(table.rows).toHaveLength(1);
      const [model, capacity, ours, published] = table.rows[0]!;
      expect([model, capacity]).toEqual(["E2M1", 0.3]);
      for (const text of [ours, published])
        expect(text).toMatch(/^above 0: \d\.\d\d \[\d\.\d\d, \d\.\d\d\]$/);
    }
    expect(orthogonalization!.rows[0]![3]).toBe("above 0: 2.37 [2.16, 2.61]");
    expect(specialization!.rows[0]!.slice(2)).toEqual([
      "xU ≤ xL",
      expect.stringContaining("["),
      expect.stringMatching(/^not significant: -0\.23 \[-0\.41, -0\.07\]$/),
    ]);
    expect(factorization!.rows[0]![3]).toMatch(/^below 0: /);
    expect(prototypization!.text!.join(" ")).toContain("With one seed");
    expect(prototypization!.text!).toContain(
      "Left out, because there is no Baseline of their capacity and seed: E2M4 at 1 nats, seed 0.",
    );
    expect(prototypization!.text!.at(-1)).toBe(
      "Prototypization lies above 0 in E2M1 (0.3 nats); below 0 nowhere.",
    );
    expect(numbers!.rows).toHaveLength(4);
  });

  test("over several seeds their deviation and Student's interval", () => {
    const several = tableOf(indicesTables(indicesTable(of(0, 1), { resamples: 40 }))[0]);
    expect(several.text!.join(" ")).toContain("Student's interval");
    expect(several.rows[0]![2]).toMatch(/: \d\.\d\d ± \d\.\d\d \[/);
  });

  test("E2M5 is compared in the classes of each of its tasks, and the published code is next to it", () => {
    const codes = constructedAtlas(
      (["Baseline", "E2M5"] as const).map((model) => ({ model, capacityNats: 10, seed: 0, code: plain })),
    );
    const { rows } = tableOf(indicesTables(indicesTable(codes, { resamples: 20 }))[2]);
    expect(rows.map(([model]) => model)).toEqual([
      "E2M5",
      ...["E2M1", "E2M2", "E2M3"].map((task) => `E2M5 in classes of ${task}`),
    ]);
    expect(rows.map((row) => String(row.at(-1)).replace(/:.*/, ""))).toEqual([
      "not significant",
      ...Array(3).fill("above 0"),
    ]);
  });

  test("an undefined index is a word; a capacity that was not published has a dash", () => {
    const table = indicesTable(of(0), { resamples: 0 });
    const rows = indicesTables(table)
      .slice(0, 4)
      .map((one) => tableOf(one).rows[0]!);
    expect(rows.map((row) => row.at(-2))).toEqual(Array(4).fill("undefined"));
    const other = constructedAtlas(
      (["Baseline", "E2M1"] as const).map((model) => ({ model, capacityNats: 3, seed: 0, code: plain })),
    );
    expect(tableOf(indicesTables(indicesTable(other, { resamples: 20 }))[0]).rows[0]!.at(-1)).toBe("-");
  });

  test("dimensions in use: a row a model, a column a capacity, the published ones next to theirs", () => {
    const { columns, rows } = tableOf(dimensionsTable(of(0).codes));
    expect(columns.map(({ title }) => title)).toEqual([
      "Model",
      ...["0.3 nats", "published", "1 nat", "10 nats", "published"],
    ]);
    expect(rows).toEqual([
      ["Baseline", "2", "2", "-", "2", "2"],
      ["E2M1", "3", "1", "-", "-", "3"],
      ["E2M4", "-", "4", "2", "-", "5"],
    ]);
    expect(tableOf(dimensionsTable(of(0, 1).codes)).rows[0]![1]).toBe("2.0 ± 0.0");
    expect(dimensionsTable([])).toEqual([]);
  });

  test("the squeeze: a row a model; nothing without codes", () => {
    const [section] = squeezeTable(squeezes(atlas, 20));
    const { rows } = tableOf(section);
    expect(rows).toHaveLength(1);
    expect(rows[0]![0]).toBe("Baseline");
    expect(rows[0]![1]).toMatch(/^0\.\d{3} ± 0\.\d{3}$/);
    expect(rows[0]![2]).toBe("0.526");
    expect(squeezeTable([])).toEqual([]);
  });
});
