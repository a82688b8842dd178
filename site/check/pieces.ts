import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import type { KindName } from "../lab/pieces/kinds.js";
import { axeProblems, sidewaysScroll } from "./lab/visit.js";
import { pieceOn, usePieces } from "./piece-uses.js";
import { inBrowserOn } from "./served.js";
import { watchedPage } from "./watched-page.js";

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
    const open = (width: number, colorScheme: "light" | "dark") =>
      watchedPage(browser, address, {
        viewport: { width, height: 900 },
        colorScheme,
        reducedMotion: "reduce",
      });
    for (const { width, colorScheme } of VIEWS) {
      const { page, problems, close } = await open(width, colorScheme);
      for (const [name, kinds] of PAGES) {
        await page.goto(`${address}${base}${name}.html`);
        const at = `${name}, ${width} px, ${colorScheme}`;
        for (const kind of kinds) problems.push(...(await look(page, kind, at, pictures)));
        const faults = await axeProblems(page, THEME);
        problems.push(...faults.map((fault) => `${at}: ${fault}`));
      }
      found.push(...problems);
      await close();
    }
    const { page, problems, close } = await open(1280, "light");
    found.push(...(await usePieces(page, `${address}${base}`)), ...problems);
    await close();
    return found;
  });
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
