/** The report as a reader meets it: drawn by a browser, wide and narrow, by day and by night. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderFigure } from "../../src/figures/render/index.js";
import { renderReport } from "../../src/report/index.js";
import { CHROMIUM_FLAGS, chromiumPath, IN_A_BROWSER, openFile } from "../browser.js";
import { examples as latentMapExamples } from "../figures/examples/latent-map.js";
import { temporaryFolder } from "../runs/temporary-folder.js";
import { exampleReport } from "./example.js";

const { byQuantity } = latentMapExamples;

describe.skipIf(!chromiumPath)(IN_A_BROWSER, () => {
  let browser: Browser;
  let report: string;
  beforeAll(async () => {
    report = await renderReport(exampleReport);
    browser = await chromium.launch({ executablePath: chromiumPath!, args: CHROMIUM_FLAGS });
  });
  afterAll(() => browser.close());

  function open(html: string, width: number, colorScheme: "light" | "dark") {
    const path = join(temporaryFolder(), "page.html");
    writeFileSync(path, html);
    return openFile(browser, path, { width, colorScheme });
  }

  it.each([
    [1280, "light"],
    [480, "dark"],
  ] as const)("a report %i pixels wide, %s, is silent, fits and can be read", async (width, scheme) => {
    const { page, noise } = await open(report, width, scheme);
    const seen = await page.evaluate(() => {
      const label = document.querySelector("figure text")!;
      return {
        scrolls: document.documentElement.scrollWidth > window.innerWidth,
        ink: getComputedStyle(label).fill,
        text: getComputedStyle(document.body).color,
        flat: [...document.querySelectorAll("figure svg")].filter(
          (svg) => svg.getBoundingClientRect().height < 60,
        ).length,
        headings: [...document.querySelectorAll("h1, h2, h3")].map((heading) => heading.tagName),
      };
    });
    expect(noise).toEqual([]);
    expect(seen.scrolls).toBe(false);
    expect(seen.ink).toBe(seen.text);
    expect(seen.flat).toBe(0);
    expect(seen.headings.filter((name) => name === "H1")).toHaveLength(1);
    await page.close();
  });

  it("saves a figure as a stand-alone SVG and its data as CSV", async () => {
    const { page, noise } = await open(report, 1280, "dark");
    const save = async (format: string) => {
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.click(`#figure-3 button[data-save=${format}]`),
      ]);
      expect(download.suggestedFilename()).toBe(`figure-3-reconstructions.${format}`);
      return readFileSync(await download.path(), "utf8");
    };
    expect(await save("csv")).toMatch(/^row,image,y,x,value\ninput,0,0,0,/);
    const svg = await save("svg");
    expect(svg).toMatch(/^<svg[^>]*style="color:#1c2530;background:#fff"/);
    expect(svg).toContain('xmlns="http://www.w3.org/2000/svg"');
    expect(noise).toEqual([]);
    await page.close();
  });

  it("an interactive figure draws itself without a request", async () => {
    const { page, noise } = await open(String(await renderFigure(byQuantity, "html")), 1280, "dark");
    await page.waitForSelector("#figure svg image");
    expect(await page.locator("#figure svg text", { hasText: "C = 0.3 nats" }).count()).toBe(1);
    expect(noise).toEqual([]);
    await page.close();
  });
});
