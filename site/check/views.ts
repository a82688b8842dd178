import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { inBrowserOn } from "./served.js";
import { watchedPage } from "./watched-page.js";

const WIDTHS = [390, 1280, 2560];
const SCHEMES = ["light", "dark"] as const;

/**
 * Opens the views of the lab with their made code, narrow and wide, light and dark, and uses them by pointer and keyboard.
 * @param folder Where `vite build lab/views/preview` has put them.
 * @param pictures A folder for a picture of each view, to be looked at; none are taken by default.
 * @returns One line for each thing that is wrong; undefined where there is no Chromium.
 */
export async function problemsOfViews(folder: string, pictures?: string): Promise<string[] | undefined> {
  return inBrowserOn(folder, "/", async (browser, address) => {
    const problems: string[] = [];
    for (const colorScheme of SCHEMES) {
      for (const width of WIDTHS) {
        const options = { viewport: { width, height: 900 }, colorScheme, reducedMotion: "reduce" } as const;
        const { page, problems: seen, close } = await watchedPage(browser, address, options);
        // Time stands still: what is seen is the same in each run.
        await page.goto(`${address}/index.html?at=0.55`);
        await page.locator("path.bound").first().waitFor();
        const at = `views, ${width} px, ${colorScheme}`;
        const found = [...(await cutLabels(page)), ...(await emptyCanvases(page)), ...(await useViews(page))];
        problems.push(...found.map((problem) => `${at}: ${problem}`));
        if (pictures !== undefined) await takePictures(page, pictures, `${width}-${colorScheme}`);
        problems.push(...seen);
        await close();
      }
    }
    return problems;
  });
}

async function takePictures(page: Page, folder: string, suffix: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const section of await page.locator("section").all()) {
    const name = (await section.getAttribute("aria-label"))!.replaceAll(" ", "-");
    await section.screenshot({ path: join(folder, `view-${name}-${suffix}.png`) });
  }
}

/** Words that reach beyond their view, lie on other numbers of their axis, or make the page wider than the screen. */
function cutLabels(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth)
      found.push(`the page is ${scrollWidth} px wide on a screen of ${clientWidth} px`);
    for (const section of document.querySelectorAll("section")) {
      const place = section.getBoundingClientRect();
      const name = section.getAttribute("aria-label");
      for (const text of section.querySelectorAll("text")) {
        const { left, right } = text.getBoundingClientRect();
        if (left < place.left - 4 || right > place.right + 4)
          found.push(`${name}: "${text.textContent}" is cut`);
      }
      for (const axis of section.querySelectorAll(".axis")) {
        const boxes = [...axis.querySelectorAll("text:not(.title)")].map((text) =>
          text.getBoundingClientRect(),
        );
        const meet = boxes.some((a, k) =>
          boxes
            .slice(k + 1)
            .some(
              (b) =>
                a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 2 && b.top < a.bottom - 2,
            ),
        );
        if (meet) found.push(`${name}: numbers of an axis overlap`);
      }
    }
    return found;
  });
}

/** Canvases with one colour alone. */
function emptyCanvases(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll("canvas")].flatMap((canvas) => {
      if (canvas.offsetParent === null) return [];
      const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
      const pixels = new Uint32Array(data.buffer);
      return pixels.every((pixel) => pixel === pixels[0]) ? [`${canvas.ariaLabel}: nothing is drawn`] : [];
    }),
  );
}

/** Picks by keyboard and pointer, reads the charts, moves a slider: the words that are read aloud follow. */
async function useViews(page: Page): Promise<string[]> {
  const problems: string[] = [];
  const view = (name: string) => page.locator(`section[aria-label="${name}"]`);
  const expectWords = async (place: Locator, words: RegExp, what: string) => {
    try {
      await place.filter({ hasText: words }).waitFor({ timeout: 10_000 });
    } catch {
      problems.push(`${what}: "${await place.textContent()}" is not ${words}`);
    }
  };
  const live = (name: string) => view(name).locator(".lab-live").first();

  const map = view("latent map").getByRole("application");
  await map.press("End");
  await expectWords(live("latent map"), /column 12, lower corridor in column 12/, "the map by keyboard");
  await map.press("ArrowLeft");
  await expectWords(live("snapshot"), /column 12, lower corridor in column 11/, "the map beside it");
  const canvas = view("latent map").locator("canvas");
  const { width, height } = (await canvas.boundingBox())!;
  for (const share of [0.3, 0.4, 0.6, 0.7])
    await canvas.hover({ position: { x: share * width, y: share * height } });
  await expectWords(live("latent map"), /column (?!12, lower corridor in column 11)/, "the map by pointer");
  for (const kind of ["mds", "dimensions"]) {
    await view("latent map").getByRole("combobox", { name: "Map" }).selectOption(kind);
    const words = kind === "mds" ? /stress 0/ : /as they are/;
    await expectWords(view("latent map").locator(".lab-note").first(), words, `the map by ${kind}`);
  }
  await view("rate plane").getByRole("application").press("ArrowRight");
  await expectWords(
    live("rate plane"),
    /nats the best possible distortion is 0\.\d+/,
    "the plane by keyboard",
  );
  await view("stimuli matrix").getByRole("application").press("ArrowRight");
  await expectWords(live("stimuli matrix"), /xU 0, xL 0\) and \(xU 0, xL 1\): /, "the matrix by keyboard");
  await view("training").getByRole("application").press("ArrowLeft");
  await expectWords(
    live("training"),
    /^Step [\d,]+: loss .*target 3.*right answers/,
    "the curves by keyboard",
  );
  await view("tuning").locator("svg[role=img]").first().hover();
  await expectWords(live("tuning"), /^z1 at column \d+: /, "tuning by pointer");
  await view("sliders").getByLabel("dimension z1").fill("1.5");
  await view("sliders")
    .getByRole("img", { name: /z1 1\.50/ })
    .waitFor({ timeout: 10_000 })
    .catch(() => problems.push("the decoded image does not follow its slider"));
  return problems;
}
