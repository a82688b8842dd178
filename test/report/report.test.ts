import { describe, expect, it } from "vitest";
import { renderReport } from "../../src/report/index.js";
import { exampleReport } from "./example.js";

describe("a report", () => {
  const attack = `</script><img src=x onerror="alert(1)">'&`;

  it("is the same for the same data, and small", async () => {
    const page = await renderReport(exampleReport);
    expect(await renderReport(exampleReport)).toBe(page);
    expect(page.length).toBeLessThan(1_500_000);
  });

  it("numbers its figures in order and gives each a name that can be read out", async () => {
    const page = await renderReport(exampleReport);
    const numbers = [...page.matchAll(/<figcaption><b>Figure (\d+)\./g)].map(([, number]) => Number(number));
    const panels = page.match(/<figure id="panel-5-(?:a|b|c1)"/g);
    expect(panels).toHaveLength(3);
    expect(numbers).toEqual(numbers.map((_, k) => k + 1));
    expect(numbers.length).toBeGreaterThan(8);
    expect(page.match(/<svg/g)).toHaveLength(numbers.length + 3);
    expect(page.match(/<svg[^>]*role="img" aria-label="[^"]{20,}"/g)).toHaveLength(numbers.length + 3);
    expect(page).toContain("<b>Figure 5. One model at two capacities.</b>");
    expect(page).toMatch(/<figure id="panel-5-c1" class="panel wide"/);
    expect(page).toMatch(/<figure id="panel-5-b" class="panel"/);
    const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("asks nothing of the network", async () => {
    const page = await renderReport(exampleReport);
    expect(page).toContain("default-src 'none'");
    expect(page).not.toMatch(/(?:src|href)="(?!data:|#)/);
    expect(page).not.toMatch(/url\((?!#)/);
  });

  it("escapes whatever it is given", async () => {
    const [figure] = exampleReport.sections.flatMap((section) =>
      section.kind === "figures" ? section.figures : [],
    );
    const page = await renderReport({
      title: attack,
      subtitle: attack,
      facts: [{ name: attack, value: attack }],
      footer: attack,
      sections: [
        { kind: "prose", heading: attack, text: [attack] },
        { kind: "key-figures", keyFigures: [{ label: attack, value: attack, unit: attack, note: attack }] },
        { kind: "table", columns: [{ title: attack }], rows: [[attack]], caption: attack },
        { kind: "table", columns: [{ title: attack }], rows: [[attack]], caption: attack, folded: true },
        { kind: "comparison", sides: [{ title: attack, subtitle: attack, figures: [] }] },
        {
          kind: "panels",
          number: 1,
          title: attack,
          caption: attack,
          panels: [{ letter: attack, title: attack, figure: { ...figure!, title: attack, caption: attack } }],
        },
        {
          kind: "figures",
          figures: [
            {
              ...figure,
              name: attack,
              title: attack,
              caption: attack,
              table: { columns: [attack], rows: [[attack]] },
            },
          ],
        },
      ],
    });
    expect(page).not.toContain("<img");
    expect(page.match(/<\/script>/g)).toHaveLength(3);
    expect(page).not.toContain('onerror="alert');
    expect(page.split("&lt;/script&gt;").length).toBeGreaterThan(15);
  });
});
