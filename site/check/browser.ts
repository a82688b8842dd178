import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { inBrowserOn } from "./served.js";
import { watchedPage } from "./watched-page.js";

/** One page of each kind. */
const PAGES = [
  "index",
  "tutorials/squeeze",
  "tutorials/rate-distortion",
  "how-to/labels",
  "reference/commands/index",
  "reference/commands/sweep",
  "reference/configuration/model-encoder",
  "reference/api/information",
  "definitions/geometry",
  "papers/geometry",
  "background/files",
  "gallery/index",
];
const WIDTHS = [1280, 390];
const SCHEMES = ["light", "dark"] as const;

/**
 * Opens pages of a built site on a wide and on a narrow screen, in light and in dark, and tries the live chart and the search.
 * @param pictures A folder for pictures of all these pages, to be looked at; none are taken by default.
 * @returns One line for each thing that is wrong; undefined where there is no Chromium.
 */
export async function problemsInBrowser(
  folder: string,
  base: string,
  pictures?: string,
): Promise<string[] | undefined> {
  return inBrowserOn(folder, base, async (browser, address) => {
    const problems: string[] = [];
    for (const colorScheme of SCHEMES) {
      for (const width of WIDTHS) {
        const viewport = { width, height: 900 };
        const {
          page,
          problems: seen,
          close,
        } = await watchedPage(browser, address, { viewport, colorScheme });
        for (const name of PAGES) {
          await page.goto(`${address}${base}${name}.html`, { waitUntil: "networkidle" });
          const at = `${name}, ${width} px, ${colorScheme}`;
          problems.push(...(await layoutProblems(page)).map((problem) => `${at}: ${problem}`));
          if (pictures === undefined) continue;
          mkdirSync(pictures, { recursive: true });
          const file = `${name.replaceAll("/", "-")}-${width}-${colorScheme}.png`;
          await page.screenshot({ path: join(pictures, file) });
        }
        problems.push(...seen);
        await close();
      }
    }
    for (const [k, width] of WIDTHS.entries()) {
      const options = { viewport: { width, height: 900 }, colorScheme: SCHEMES[k]! };
      const { page, problems: seen, close } = await watchedPage(browser, address, options);
      problems.push(...(await tryBound(page, `${address}${base}tutorials/rate-distortion.html`)));
      if (pictures !== undefined)
        await page.locator("div.bound").screenshot({ path: join(pictures, `bound-${width}.png`) });
      if (k === 0) problems.push(...(await trySearch(page)));
      problems.push(...seen);
      await close();
    }
    return problems;
  });
}

/** What is wider than the screen, and pictures that did not load. */
function layoutProblems(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth)
      found.push(`the page is ${scrollWidth} px wide on a screen of ${clientWidth} px`);
    for (const block of document.querySelectorAll<HTMLElement>(
      ".vp-doc pre, .vp-doc table, .vp-doc .figure-view",
    )) {
      const isCut = block.scrollWidth > block.clientWidth && getComputedStyle(block).overflowX === "visible";
      if (isCut) found.push(`a block is wider than its place: ${block.textContent?.slice(0, 40)}`);
    }
    for (const image of document.querySelectorAll("img")) {
      if (image.complete && image.naturalWidth === 0 && image.offsetParent !== null)
        found.push(`${image.src} is not drawn`);
    }
    return found;
  });
}

/** Moves a slider of the live chart: the chart is another one then. */
async function tryBound(page: Page, url: string): Promise<string[]> {
  await page.goto(url, { waitUntil: "networkidle" });
  const chart = page.locator(".figure-view svg");
  await chart.waitFor();
  const before = await chart.innerHTML();
  await page.getByLabel("frequency of picture 1").fill("20");
  try {
    await page.waitForFunction(
      (old) => document.querySelector(".figure-view svg")?.innerHTML !== old,
      before,
    );
    return [];
  } catch {
    return ["the live chart does not follow its sliders"];
  }
}

/** Searches for a word of the definitions. */
async function trySearch(page: Page): Promise<string[]> {
  const result = page.locator("#localsearch-list a").first();
  try {
    await page.locator("#local-search button").click();
    await page.locator("#localsearch-input").fill("orthogonalization");
    await result.waitFor();
    return [];
  } catch {
    return ["the search finds no page on orthogonalization"];
  }
}
