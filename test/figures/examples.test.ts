/** Each example is drawn and compared with its picture in snapshots/; look at it with `npm run gallery`. */
import { describe, expect, it } from "vitest";
import { FIGURES, type FigureSpec } from "../../src/figures/index.js";
import { renderSvg } from "../../src/figures/render/svg.js";
import { tableToCsv } from "../../src/figures/table.js";
import { EXAMPLES } from "./examples/index.js";

/** Both tests of an example look at the same drawing. */
const drawings = new Map<string, Promise<string>>();
function drawn(name: string, figure: FigureSpec): Promise<string> {
  const known = drawings.get(name) ?? renderSvg(figure);
  drawings.set(name, known);
  return known;
}

describe("every example", () => {
  it("covers every registered figure", () => {
    const drawn = new Set(EXAMPLES.map(([, figure]) => figure.name));
    expect([...drawn].sort()).toEqual(Object.keys(FIGURES).sort());
  });

  it.each(EXAMPLES)("%s looks as it did", async (name, figure) => {
    await expect(await drawn(name, figure)).toMatchFileSnapshot(`snapshots/${name}.svg`);
  });

  it.each(EXAMPLES)("%s keeps all its text on the page", async (name, figure) => {
    const svg = await drawn(name, figure);
    expect(svg).toContain("<text");
    expect(svg).not.toContain("NaN");
    expect(svg).not.toContain("…");
    expect(svg).not.toContain("undefined");
  });

  it.each(EXAMPLES)("%s has a table as wide as its columns", (_name, figure) => {
    const [header, ...rows] = tableToCsv(figure.table).trimEnd().split("\n");
    expect(rows.length).toBeGreaterThan(0);
    expect(header.split(",")).toHaveLength(figure.table.columns.length);
    const widths = new Set(figure.table.rows.map((row) => row.length));
    expect([...widths]).toEqual([figure.table.columns.length]);
  });
});
