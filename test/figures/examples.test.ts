/** Each example is drawn and compared with its picture in snapshots/; look at it with `npm run gallery`. */
import { describe, expect, it } from "vitest";
import { FIGURES } from "../../src/figures/index.js";
import { renderSvg } from "../../src/figures/render/svg.js";
import { tableToCsv } from "../../src/figures/table.js";
import { EXAMPLES } from "./examples/index.js";

describe("every example", () => {
  it("covers every registered figure", () => {
    const drawn = new Set(EXAMPLES.map(([, figure]) => figure.name));
    expect([...drawn].sort()).toEqual(Object.keys(FIGURES).sort());
  });

  it.each(EXAMPLES)("%s looks as it did", async (name, figure) => {
    await expect(await renderSvg(figure)).toMatchFileSnapshot(`snapshots/${name}.svg`);
  });

  it.each(EXAMPLES)("%s keeps all its text on the page", async (_name, figure) => {
    const svg = await renderSvg(figure);
    expect(svg).toContain("<text");
    expect(svg).not.toContain("NaN");
    expect(svg).not.toContain("…");
    expect(svg).not.toContain("undefined");
  });

  it.each(EXAMPLES)("%s has a table as wide as its columns", (_name, figure) => {
    const [header, ...rows] = tableToCsv(figure.table).trimEnd().split("\n");
    expect(rows.length).toBeGreaterThan(0);
    expect(header.split(",")).toHaveLength(figure.table.columns.length);
    for (const row of figure.table.rows) expect(row).toHaveLength(figure.table.columns.length);
  });
});
