import type { Locator, Page } from "playwright-core";
import { KINDS, type KindName } from "../lab/pieces/kinds.js";

/** A piece of the page that is open, once it is loaded. */
export async function pieceOn(page: Page, kind: KindName): Promise<Locator> {
  const piece = page.getByRole("region", { name: KINDS[kind].title });
  await piece.scrollIntoViewIfNeeded();
  await piece.and(page.locator(".loaded")).waitFor();
  return piece;
}

const trainers = (page: Page) => page.workers().filter((worker) => worker.url().includes("training-worker"));
const train = (piece: Locator) => piece.getByRole("button", { name: "Train", exact: true });
const output = (piece: Locator, text: RegExp) => piece.locator("p").filter({ hasText: text });

/** Waits until something is so. @throws Error where it never comes to be. */
async function eventually(what: string, isSo: () => Promise<boolean> | boolean): Promise<true> {
  for (let trial = 0; trial < 600; trial++) {
    if (await isSo()) return true;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`${what} did not come`);
}
/** A worker that is ended may be on the browser's list for a moment. */
const trainsAlone = (page: Page) =>
  eventually("one worker alone that trains", () => trainers(page).length === 1);

async function trainedBeyond(piece: Locator, step: number): Promise<void> {
  await piece
    .page()
    .waitForFunction(
      ([element, before]) =>
        Number(element?.querySelector(".step")?.textContent?.replaceAll(",", "")) > before,
      [await piece.elementHandle(), step] as const,
    );
}

/** Something a reader does from a page of the site on, and whether the page has followed. */
type Use = readonly [what: string, use: (page: Page, site: string) => Promise<boolean>];

const USES: readonly Use[] = [
  [
    "no worker before a piece is near, and none that trains before Train is pressed",
    async (page, site) => {
      await page.goto(`${site}tutorials/squeeze.html`, { waitUntil: "networkidle" });
      if (page.workers().length > 0 || (await page.locator(".live-piece.loaded").count()) > 0) return false;
      await pieceOn(page, "map");
      return trainers(page).length === 0;
    },
  ],
  [
    "a map is trained from the keyboard, kept as reference, and gathers as the rate falls",
    async (page) => {
      const map = await pieceOn(page, "map");
      await train(map).focus();
      await page.keyboard.press("Enter");
      await trainedBeyond(map, 500);
      await output(map, /^\d+ of 169 stimuli can be separated/).waitFor();
      await map.getByRole("button", { name: "Keep this code as the reference" }).click();
      await map.getByRole("slider").fill("0.3");
      await trainedBeyond(map, 1200);
      await output(map, /Prototypization against the reference \(G11, .*\): .*\[.*\]/).waitFor();
      const separated = async () =>
        Number(
          await output(map, /can be separated/)
            .locator("output")
            .first()
            .textContent(),
        );
      await page.waitForFunction(
        (element) => Number(element?.querySelector(".content p output")?.textContent) <= 3,
        await map.elementHandle(),
      );
      return (await separated()) >= 1 && trainsAlone(page);
    },
  ],
  [
    "another piece of the page takes the turn: the first is stopped and released",
    async (page) => {
      const [map, tuning] = [await pieceOn(page, "map"), await pieceOn(page, "tuning")];
      await train(tuning).click();
      await trainedBeyond(tuning, 400);
      await output(tuning, /In use: \d of 5 dimensions/).waitFor();
      await map.getByRole("status").filter({ hasText: "another training of this site began" }).waitFor();
      return trainsAlone(page);
    },
  ],
  [
    "fewer dimensions are in use at a lower rate",
    async (page) => {
      const tuning = await pieceOn(page, "tuning");
      await tuning.getByRole("slider").fill("0.3");
      await page.waitForFunction(
        (element) => Number(element?.querySelector(".content p output")?.textContent) <= 2,
        await tuning.elementHandle(),
      );
      return true;
    },
  ],
  [
    "a page that is left while it trains leaves no worker behind",
    async (page) => {
      await page.getByRole("link", { name: "A whole curve" }).click();
      await page.getByRole("heading", { level: 1, name: /A rate-distortion curve/ }).waitFor();
      return eventually("a page without workers", () => page.workers().length === 0);
    },
  ],
  [
    "the bound comes without a training, and a model above it",
    async (page) => {
      const plane = await pieceOn(page, "plane");
      await plane.locator("path.bound").waitFor();
      if (trainers(page).length > 0) return false;
      await train(plane).click();
      await trainedBeyond(plane, 500);
      await plane
        .locator(".lab-live")
        .filter({ hasText: /^Step [\d,]+: rate .* no code of this rate is below/ })
        .waitFor();
      return true;
    },
  ],
  [
    "other frequencies begin again, with another bound",
    async (page) => {
      const plane = await pieceOn(page, "plane");
      const boundWords = async () => {
        await plane.locator("path.bound").waitFor();
        const label = await plane
          .getByRole("img", { name: /^Rate-distortion plane/ })
          .getAttribute("aria-label");
        return /The bound falls .*? nats\. /.exec(label ?? "")?.[0];
      };
      const before = await boundWords();
      await plane.getByText("lower, often left").click();
      await eventually("another bound", async () => ![undefined, before].includes(await boundWords()));
      await trainedBeyond(plane, 100);
      return trainsAlone(page);
    },
  ],
  [
    "pause, and open the same experiment in the lab, whose own training is not that of the piece",
    async (page, site) => {
      const plane = await pieceOn(page, "plane");
      await plane.getByRole("button", { name: "Pause" }).click();
      await plane.getByRole("status").filter({ hasText: "Paused" }).waitFor();
      await plane.getByRole("slider").fill("2");
      await plane.getByRole("link", { name: "Open in the lab" }).click();
      await page.getByRole("button", { name: "Train", exact: true }).and(page.locator(":enabled")).waitFor();
      const isAt =
        page.url() === `${site}#rate=2&data=lower` || page.url() === `${site}index.html#rate=2&data=lower`;
      const step = await page.locator(".train .numbers b").textContent();
      return (
        isAt && step === "0" && (await page.getByRole("radio", { name: "lower", exact: true }).isChecked())
      );
    },
  ],
  [
    "the lab pauses where a piece of another page begins, and is found again as it was",
    async (page) => {
      await page.getByRole("button", { name: "Train", exact: true }).click();
      await page.waitForFunction(
        () => Number(document.querySelector(".train .numbers b")?.textContent?.replaceAll(",", "")) > 20,
      );
      await page.getByRole("link", { name: "The bound, live" }).click();
      const plane = await pieceOn(page, "plane");
      await train(plane).click();
      await trainedBeyond(plane, 50);
      await plane.getByRole("slider").fill("1");
      await plane.getByRole("link", { name: "Open in the lab" }).click();
      await page.locator(".lab .train").getByText("Paused").waitFor();
      // It follows the link, on the weights that it has.
      const field = page
        .getByRole("region", { name: "Rate", exact: true })
        .getByRole("textbox", { name: "C" });
      return (
        (await field.inputValue()) === "1" &&
        (await trainsAlone(page)) &&
        (await page.getByRole("alert").textContent())?.trim() === ""
      );
    },
  ],
];

/** Uses the pieces as a reader does who goes from page to page; gives a line for each thing that the site did not follow. */
export async function usePieces(page: Page, site: string): Promise<string[]> {
  const problems: string[] = [];
  for (const [what, use] of USES) {
    try {
      if (!(await use(page, site))) problems.push(`pieces: ${what}: the site does not follow`);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      problems.push(`pieces: ${what}: ${error.message.split("\n")[0]}`);
    }
  }
  return problems;
}
