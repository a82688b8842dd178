import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decode } from "fast-png";
import { afterAll, describe, expect, it } from "vitest";
import {
  formatOfPath,
  movingFormatOfPath,
  renderFigure,
  writeFigure,
} from "../../src/figures/render/index.js";
import { svgToPng } from "../../src/figures/render/png.js";
import { renderSvg } from "../../src/figures/render/svg.js";
import { withProcessorTime } from "../support/processor-time.js";
import { curves as capacityCurvesExamples } from "./examples/capacity-curves.js";
import { examples as distortionMatrixExamples } from "./examples/distortion-matrix.js";
import { examples as latentMapExamples } from "./examples/latent-map.js";

const { capacityMatrices, classMatrices } = distortionMatrixExamples;
const { byClass } = latentMapExamples;
const { withPublished } = capacityCurvesExamples;

const folder = mkdtempSync(join(tmpdir(), "narrows-figures-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("rendering", () => {
  it("gives the same bytes whatever was drawn before and at the same time", async () => {
    const alone = await renderSvg(byClass);
    const [, again] = await Promise.all([
      renderSvg(withPublished),
      renderSvg(byClass),
      renderSvg(classMatrices),
    ]);
    expect(again).toBe(alone);
    for (const format of ["png", "pdf"] as const) {
      expect(await renderFigure(classMatrices, format)).toEqual(await renderFigure(classMatrices, format));
    }
  });

  it("prefixes every id and every reference to it", async () => {
    const svg = await renderSvg(classMatrices, { idPrefix: "figure-7-" });
    const ids = [...svg.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    const uses = [...svg.matchAll(/url\(#([^)]+)\)/g)].map(([, id]) => id);
    expect(ids.length).toBeGreaterThan(0);
    expect(uses.length).toBeGreaterThan(0);
    for (const id of [...ids, ...uses]) expect(id).toMatch(/^figure-7-/);
    for (const use of uses) expect(ids).toContain(use);
  });

  it("draws text without any font of the system", async () => {
    const svg = await renderSvg(withPublished);
    const pixels = (text: string) => Array.from(decode(svgToPng(text, 1)).data);
    const withText = pixels(svg);
    const withoutText = pixels(svg.replace(/<text[^>]*>[^<]*<\/text>/g, ""));
    const changed = withText.reduce((count, value, k) => count + (value === withoutText[k] ? 0 : 1), 0);
    expect(changed).toBeGreaterThan(3000);
  });

  it("measures text as the font is", async () => {
    // Advance widths of Arial and Arimo at 1000 units per em: W 944, i 222, digits 556.
    const { fontFiles, textMeasure } = await import("../../src/figures/render/fonts.js");
    const measure = textMeasure(fontFiles());
    expect(measure("W", 1000, false)).toBeCloseTo(944, -1);
    expect(measure("iiii", 1000, false)).toBeCloseTo(888, -1);
    expect(measure("0123456789", 1000, true)).toBeCloseTo(5560, -1);
  });

  it("embeds its font in a PDF of the figure's own size", async () => {
    const svg = await renderSvg(classMatrices);
    const width = Number(svg.match(/ width="([\d.]+)"/)?.[1]);
    const pdf = Buffer.from((await renderFigure(classMatrices, "pdf")) as Uint8Array).toString("latin1");
    expect(pdf).toMatch(/^%PDF-/);
    expect(pdf).toContain("Arimo-Regular");
    expect(Number(pdf.match(/MediaBox \[0 0 ([\d.]+)/)?.[1])).toBeCloseTo(width * 0.75, 1);
  });

  it("turns two 169 x 169 matrices into a PNG in a moment", async () => {
    await renderFigure(classMatrices, "png");
    const { milliseconds } = await withProcessorTime(() => renderFigure(capacityMatrices, "png"));
    expect(milliseconds).toBeLessThan(10_000); // 700 when measured alone
  });

  it("draws dark figures in light ink on dark paper", async () => {
    const dark = await renderSvg(withPublished, { theme: "dark" });
    expect(dark).toContain('fill="#14181d"');
    expect(dark).not.toContain("#1c2530");
    expect(await renderSvg(withPublished, { theme: "inherit" })).toContain("currentColor");
  });

  it("asks nothing of the network in a page", async () => {
    const html = String(await renderFigure(byClass, "html"));
    const page = html.replace(/<script>[\s\S]*?<\/script>/g, "");
    expect(page).not.toMatch(/(?:src|href)="(?!data:)/);
    expect(html.match(/<script/g)).toHaveLength(2);
    expect(html).toContain("default-src 'none'");
  });
});

describe("writeFigure", () => {
  it.each([
    ["svg", "<svg"],
    ["png", "\x89PNG"],
    ["pdf", "%PDF"],
    ["html", "<!doctype html>"],
    ["csv", "panel,row,"],
  ])("writes .%s by the extension", async (extension, start) => {
    const path = join(folder, `figure.${extension}`);
    await writeFigure(path, classMatrices);
    expect(readFileSync(path).toString("latin1").slice(0, start.length)).toBe(start);
  });

  it("takes an extension in capitals", () => {
    expect(formatOfPath("Figure 1.PDF")).toBe("pdf");
  });

  it.each(["figure.pgn", "figure"])("refuses %s in one line that names the known formats", async (name) => {
    const path = join(folder, name);
    await expect(writeFigure(path, classMatrices)).rejects.toThrow(
      /^.*figure.*\.svg, \.png, \.pdf, \.html, \.csv.*$/,
    );
    expect(existsSync(path)).toBe(false);
  });

  it("tells figures that move from those that stand still by the extension", () => {
    expect(movingFormatOfPath("a.png")).toBe("png");
    expect(movingFormatOfPath("a.GIF")).toBe("gif");
    expect(movingFormatOfPath("a.apng")).toBe("apng");
    expect(() => movingFormatOfPath("a.mp4")).toThrow(/\.mp4.*\.csv, \.apng, \.gif/);
    expect(() => formatOfPath("a.gif")).toThrow(/stands still.*one of \.svg/);
  });

  it("leaves nothing beside a file it could not write", async () => {
    const path = join(folder, "figure.svg", "inside.svg");
    await writeFigure(join(folder, "figure.svg"), classMatrices);
    await expect(writeFigure(path, classMatrices)).rejects.toThrow(
      "figure.svg: a part of this path is a file",
    );
    expect(readdirSync(folder).filter((file) => file.endsWith(".tmp"))).toEqual([]);
  });
});
