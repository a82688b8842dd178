import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { axeProblems, sidewaysScroll, trainedBeyond, visit } from "./visit.js";

/** A telephone, a tablet, a laptop, a large screen. */
export const WIDTHS = [390, 800, 1280, 2560] as const;
const SCHEMES = ["light", "dark"] as const;

/** States of the page that are looked at, each from the one before. */
const STATES: readonly (readonly [name: string, enter: (page: Page) => Promise<void>])[] = [
  [
    "trained",
    async (page) => {
      await page.getByRole("button", { name: "Train", exact: true }).click();
      await trainedBeyond(page, 300);
      await page.getByRole("button", { name: "Pause", exact: true }).click();
    },
  ],
  [
    "compared",
    async (page) => {
      await page.getByRole("button", { name: "Keep a snapshot" }).click();
      await page.getByRole("radio", { name: /E2M1/ }).check();
      await page.getByRole("button", { name: "0.3 nats" }).click();
      await page.getByRole("button", { name: "Train", exact: true }).click();
      await trainedBeyond(page, 600);
      await page.getByRole("button", { name: "Pause", exact: true }).click();
    },
  ],
  [
    "refused",
    async (page) => {
      await page.getByRole("radio", { name: "a rule of your own" }).check();
      await page.getByLabel(/^Rule over xU/).fill("xU <");
      await page.getByRole("button", { name: "Clear" }).click();
      await page.locator('input[type="file"][accept]').setInputFiles({
        name: "no-run.zip",
        mimeType: "application/zip",
        buffer: Buffer.from("no zip at all"),
      });
      await page.getByRole("button", { name: "Dismiss" }).waitFor();
    },
  ],
  [
    "yaml",
    async (page) => {
      await page.getByRole("button", { name: "The YAML" }).click();
      await page.getByRole("dialog").waitFor();
    },
  ],
  [
    "tour",
    async (page) => {
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "hidden" });
      await page.getByRole("button", { name: "Guided tour" }).click();
      await page.keyboard.press("ArrowRight");
    },
  ],
];

/**
 * Looks at the page in light and dark, from a telephone to a large screen: nothing is wider than the window, and axe-core finds no serious
 * fault.
 * @param pictures A folder for a picture of each state.
 */
export async function appearanceProblems(
  browser: Browser,
  url: string,
  widths: readonly number[],
  pictures: string | undefined,
): Promise<string[]> {
  const found: string[] = [];
  if (pictures !== undefined) mkdirSync(pictures, { recursive: true });
  for (const colorScheme of SCHEMES) {
    for (const width of widths) {
      const viewport = { width, height: width < 700 ? 844 : Math.min(1400, Math.round(0.65 * width)) };
      const { page, problems, close } = await visit(browser, url, { viewport, colorScheme });
      for (const [name, enter] of [["first", async () => {}] as const, ...STATES]) {
        await enter(page);
        const at = `${name}, ${width} px, ${colorScheme}`;
        const wider = await sidewaysScroll(page);
        if (wider > 0) found.push(`${at}: the page is ${wider} px wider than its window`);
        // Contrast does not depend on the width, and the layout has few forms.
        if (width !== 2560) found.push(...(await axeProblems(page)).map((problem) => `${at}: ${problem}`));
        if (pictures !== undefined) {
          const isWhole = name !== "yaml" && name !== "tour";
          await page.screenshot({
            path: join(pictures, `lab-${name}-${width}-${colorScheme}.png`),
            fullPage: isWhole,
          });
        }
      }
      found.push(...problems.map((problem) => `${width} px, ${colorScheme}: ${problem}`));
      await close();
    }
  }
  return found;
}
