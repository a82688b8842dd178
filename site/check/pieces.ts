import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Locator, Page } from "playwright-core";
import type { KindName } from "../lab/pieces/kinds.js";
import { axeProblems, sidewaysScroll } from "./lab/visit.js";
import { pieceOn, usePieces } from "./piece-uses.js";
import { inBrowserOn } from "./served.js";

/** Pages with pieces, and those of each in their order. */
const PAGES: readonly (readonly [page: string, kinds: readonly KindName[]])[] = [
  ["tutorials/squeeze", ["map", "tuning"]],
  ["tutorials/rate-distortion", ["plane"]],
  ["background/bound", ["plane"]],
  ["definitions/rates", ["gaussian-rate", "tuning"]],
  ["definitions/geometry", ["map"]],
  ["definitions/schedules", ["target"]],
];
/** VitePress's own button for the search: axe reads the key beside its word as part of the word. */
const THEME = ["#local-search"];
const VIEWS = [
  { width: 1280, colorScheme: "light" },
  { width: 390, colorScheme: "dark" },
  { width: 390, colorScheme: "light" },
] as const;

/**
 * Opens the pages with live pieces in a Chromium, uses each piece, trains, and leaves a page while one trains.
 * @param folder The built site, served below `base`.
 * @param pictures A folder for a picture of each piece; none are taken by default.
 * @returns One line for each thing that is wrong; undefined where there is no Chromium.
 */
export async function problemsOfPieces(
  folder: string,
  base: string,
  pictures?: string,
): Promise<string[] | undefined> {
  return inBrowserOn(folder, base, async (browser, address) => {
    const found: string[] = [];
    for (const view of VIEWS) {
      const { page, problems, leave } = await open(browser, address, view);
      for (const [name, kinds] of PAGES) {
        await page.goto(`${address}${base}${name}.html`);
        const at = `${name}, ${view.width} px, ${view.colorScheme}`;
        for (const kind of kinds) problems.push(...(await look(page, kind, at, pictures)));
        const faults = await axeProblems(page, THEME);
        problems.push(...faults.map((fault) => `${at}: ${fault}`));
      }
      found.push(...problems);
      await leave();
    }
    const { page, problems, leave } = await open(browser, address, { width: 1280, colorScheme: "light" });
    found.push(...(await usePieces(page, `${address}${base}`)), ...problems);
    await leave();
    return found;
  });
}

/** A page in a context of its own. What takes long on a slow machine is no fault. */
async function open(
  browser: Browser,
  address: string,
  { width, colorScheme }: { readonly width: number; readonly colorScheme: "light" | "dark" },
) {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme,
    reducedMotion: "reduce",
  });
  context.setDefaultTimeout(300_000);
  const page = await context.newPage();
  const problems: string[] = [];
  page.on("console", (message) => problems.push(`${page.url()}: ${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => problems.push(`${page.url()}: ${error.message}`));
  context.on("request", (request) => {
    const isInside = request.url().startsWith(address) || /^(data|blob):/.test(request.url());
    if (!isInside) problems.push(`${page.url()}: asks for ${request.url()}`);
  });
  return { page, problems, leave: () => context.close() };
}

/** Scrolls to a piece, moves each of its sliders by a key, and sees whether its words and the window follow. */
async function look(page: Page, kind: KindName, at: string, pictures: string | undefined): Promise<string[]> {
  const piece = await pieceOn(page, kind);
  const problems: string[] = [];
  for (const slider of await piece.getByRole("slider").all()) problems.push(...(await moveSlider(slider)));
  if (kind === "plane") await piece.locator("path.bound").waitFor();
  const wider = await sidewaysScroll(page);
  if (wider > 0) problems.push(`the page is ${wider} px wider than its window`);
  if (pictures !== undefined) {
    mkdirSync(pictures, { recursive: true });
    const name = `piece-${at.replaceAll(/[^\w]+/g, "-")}-${kind}.png`;
    await piece.screenshot({ path: join(pictures, name) });
  }
  return problems.map((problem) => `${at}, ${kind}: ${problem}`);
}

async function moveSlider(slider: Locator): Promise<string[]> {
  const words = () => slider.getAttribute("aria-valuetext");
  const before = await words();
  await slider.press((await slider.inputValue()) === "0" ? "ArrowRight" : "ArrowLeft");
  const after = await words();
  const isSeen = (await slider.locator("xpath=..").textContent())?.includes(after ?? "nothing");
  if (before !== after && isSeen) return [];
  return [`the slider "${await slider.getAttribute("aria-label")}" shows ${after} after ${before}`];
}
