import { describe, expect, it } from "vitest";
import { renderReportPdf } from "../../src/report/index.js";
import { exampleReport } from "./example.js";

const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1");
const pagesOf = (bytes: Uint8Array) => Number(textOf(bytes).match(/\/Type \/Pages\s*\/Count (\d+)/)?.[1]);

describe("a report on paper", () => {
  it("prints every kind of section, with its fonts inside, and the same bytes again", async () => {
    const paper = await renderReportPdf(exampleReport);
    expect(textOf(paper)).toMatch(/^%PDF-/);
    expect(textOf(paper)).toContain("Arimo-Regular");
    expect(textOf(paper)).toContain("Arimo-Bold");
    expect(pagesOf(paper)).toBeGreaterThan(4);
    const short = { ...exampleReport, sections: exampleReport.sections.slice(0, 1) };
    expect(Buffer.compare(await renderReportPdf(short), await renderReportPdf(short))).toBe(0);
  });

  it("continues a long table on further pages", async () => {
    const rows = (count: number) =>
      Array.from({ length: count }, (_, k): [number, string] => [k, "a value of some length"]);
    const columns = [{ title: "key" }, { title: "value" }];
    const pages = async (count: number) =>
      pagesOf(
        await renderReportPdf({ title: "Long", sections: [{ kind: "table", columns, rows: rows(count) }] }),
      );
    expect(await pages(5)).toBe(1);
    expect(await pages(120)).toBe(4);
  });
});
