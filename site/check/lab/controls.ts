import type { Page } from "playwright-core";
import { stepOf, trainedBeyond } from "./visit.js";

/** Something a visitor does, and whether the page has followed. */
type Use = readonly [what: string, use: (page: Page) => Promise<boolean>];

const panel = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name, exact: true });
const isShown = (page: Page, text: string | RegExp) =>
  page
    .getByText(text)
    .first()
    .waitFor({ state: "visible" })
    .then(() => true);

const TRAINING: readonly Use[] = [
  [
    "one step",
    async (page) => {
      const before = await stepOf(page);
      await button(page, "One training step").click();
      await trainedBeyond(page, before);
      return true;
    },
  ],
  [
    "train and pause",
    async (page) => {
      const before = await stepOf(page);
      await button(page, "Train").click();
      await trainedBeyond(page, before + 5);
      await button(page, "Pause").click();
      await isShown(page, "Paused");
      return true;
    },
  ],
  [
    "speed",
    async (page) => {
      await page.getByLabel("Training steps per second at most").selectOption("30");
      await page.getByLabel("Training steps per second at most").selectOption("");
      return true;
    },
  ],
  [
    "reset",
    async (page) => {
      await button(page, "Reset: begin again at step 0").click();
      await page.waitForFunction(() => document.querySelector(".train .numbers b")?.textContent === "0");
      return true;
    },
  ],
];

const SETTINGS: readonly Use[] = [
  [
    "capacity by the slider, with bits",
    async (page) => {
      await panel(page, "Rate").getByRole("slider", { name: "capacity C" }).fill("1");
      return isShown(page, "= 1.44 bits");
    },
  ],
  [
    "capacity by its field, with a comma",
    async (page) => {
      const field = panel(page, "Rate").getByRole("textbox", { name: "C" });
      await field.fill("0,3");
      await field.press("Enter");
      return isShown(page, "= 0.433 bits");
    },
  ],
  [
    "a capacity out of range is refused in place",
    async (page) => {
      const field = panel(page, "Rate").getByRole("textbox", { name: "C" });
      await field.fill("90");
      await field.press("Enter");
      await isShown(page, "Give a number from 0 to 12 nats");
      await button(page, "3 nats").click();
      return (await field.inputValue()) === "3";
    },
  ],
  [
    "undo",
    async (page) => {
      await button(page, "Undo the last change of settings").click();
      return isShown(page, "= 0.433 bits");
    },
  ],
  [
    "a price for the rate",
    async (page) => {
      await page.getByText("price beta", { exact: true }).click();
      await panel(page, "Rate").getByRole("slider", { name: "price beta" }).fill("0.5");
      const isTaken =
        (await panel(page, "Rate").getByRole("textbox", { name: "beta" }).inputValue()) === "3.2";
      await page.getByText("capacity C", { exact: true }).click();
      return isTaken;
    },
  ],
  [
    "frequencies by name",
    async (page) => {
      await page.getByText("aligned", { exact: true }).click();
      return isShown(page, /169 of 169 stimuli occur; the most frequent one is 3\.\d %/);
    },
  ],
  [
    "frequencies all zero are refused in place",
    async (page) => {
      await panel(page, "Frequencies").getByRole("button", { name: "Clear" }).click();
      return isShown(page, "Every frequency is 0");
    },
  ],
  [
    "frequencies painted by pointer",
    async (page) => {
      const grid = page.getByRole("grid");
      await grid.scrollIntoViewIfNeeded();
      const box = (await grid.boundingBox())!;
      await page.mouse.move(box.x + 0.5 * (box.width / 13), box.y + 2.5 * (box.height / 13));
      await page.mouse.down();
      await page.mouse.move(box.x + 12.5 * (box.width / 13), box.y + 2.5 * (box.height / 13));
      await page.mouse.up();
      return isShown(page, "13 of 169 stimuli occur");
    },
  ],
  [
    "frequencies painted by keys",
    async (page) => {
      const cell = page.getByRole("gridcell", { name: /^upper 2, lower 12:/ });
      await cell.focus();
      for (const key of ["ArrowDown", "Space", "ArrowDown", "Space", "Backspace"])
        await page.keyboard.press(key);
      return isShown(page, "14 of 169 stimuli occur");
    },
  ],
  [
    "a task of the paper",
    async (page) => {
      await panel(page, "Task").getByRole("radio", { name: /E2M1/ }).check();
      return panel(page, "Task").getByRole("radio", { name: /E2M1/ }).isChecked();
    },
  ],
  [
    "settings that cannot be trained are refused, and stay",
    async (page) => {
      // Of the stimuli that are painted it answers all alike.
      await panel(page, "Task").getByRole("radio", { name: "a rule of your own" }).check();
      await isShown(page, /^These settings cannot be trained/);
      await page.getByRole("button", { name: "Dismiss" }).click();
      await isShown(page, "14 of 169 stimuli occur");
      return panel(page, "Task").getByRole("radio", { name: "a rule of your own" }).isChecked();
    },
  ],
  [
    "a rule with a mistake is refused as it is typed",
    async (page) => {
      const rule = page.getByLabel(/^Rule over xU/);
      await rule.fill("xU <");
      await page.locator('input[aria-invalid="true"]').waitFor();
      await rule.fill("xU + xL < 12");
      await rule.press("Enter");
      return (await page.locator('input[aria-invalid="true"]').count()) === 0;
    },
  ],
  [
    "dimensions, network, channel and seed",
    async (page) => {
      const model = panel(page, "Model");
      await model.getByRole("button", { name: "one dimension fewer" }).click();
      await model.getByText("Echo", { exact: true }).click();
      await isShown(page, "so that the rate is exact");
      await model.getByText("gaussian", { exact: true }).click();
      await model.getByRole("button", { name: "next seed" }).click();
      const values = [
        await model.getByRole("textbox", { name: "Dimensions" }).inputValue(),
        await model.getByRole("textbox", { name: "Seed" }).inputValue(),
      ];
      if (values.join() !== "4,1") throw new Error(`dimensions and seed are ${values.join(" and ")}`);
      return true;
    },
  ],
];

const COMPARISON: readonly Use[] = [
  [
    "keep a snapshot, compare with it, and drop it",
    async (page) => {
      const compare = panel(page, "Compare");
      await compare.getByRole("button", { name: "Keep a snapshot" }).click();
      await compare.getByRole("radio").nth(1).waitFor();
      if (!(await compare.getByRole("radio").nth(1).isChecked())) return false;
      await compare.getByRole("radio", { name: "nothing" }).check();
      await compare.getByRole("radio").nth(1).check();
      await compare.getByRole("button", { name: /^Drop / }).click();
      return (await compare.getByRole("radio").count()) === 0;
    },
  ],
];

const FILES: readonly Use[] = [
  [
    "the YAML and the command, closed with Escape",
    async (page) => {
      for (const name of ["The YAML", "The command"]) {
        await button(page, name).click();
        const dialog = page.getByRole("dialog", { name });
        await dialog.locator("pre").waitFor();
        if (!/narrows|seed/.test((await dialog.locator("pre").textContent()) ?? "")) return false;
        await page.keyboard.press("Escape");
        await dialog.waitFor({ state: "hidden" });
        const isBack = await button(page, name).evaluate((element) => element === document.activeElement);
        if (!isBack) return false;
      }
      return true;
    },
  ],
  [
    "copy the link",
    async (page) => {
      await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
      await button(page, "Copy link").click();
      await isShown(page, "The link is copied");
      return (await page.evaluate(() => navigator.clipboard.readText())).startsWith(
        page.url().replace(/#.*/, ""),
      );
    },
  ],
  [
    "a file that is no run is refused in place, and the line can be put away",
    async (page) => {
      await page.locator('input[type="file"][accept]').setInputFiles({
        name: "no-run.zip",
        mimeType: "application/zip",
        buffer: Buffer.from("no zip at all"),
      });
      await page.getByRole("alert").filter({ hasText: "no-run.zip" }).waitFor();
      await button(page, "Dismiss").click();
      return (await page.getByRole("alert").filter({ hasText: "no-run.zip" }).count()) === 0;
    },
  ],
];

const TOUR: readonly Use[] = [
  [
    "the tour by keys, and the focus returns",
    async (page) => {
      await button(page, "Guided tour").focus();
      await page.keyboard.press("Enter");
      await page.getByRole("dialog", { name: "What is a rate?" }).waitFor();
      for (let stop = 0; stop < 5; stop++) await page.keyboard.press("ArrowRight");
      await page.getByRole("dialog", { name: "Echo's exact rate" }).waitFor();
      await page.keyboard.press("ArrowLeft");
      await page.getByRole("dialog", { name: "The bound" }).waitFor();
      await page.keyboard.press("Escape");
      return button(page, "Guided tour").evaluate((element) => element === document.activeElement);
    },
  ],
];

/** Uses every control; gives a line for each that the page did not follow. */
export async function useControls(page: Page): Promise<string[]> {
  const problems: string[] = [];
  // A control that does nothing is known after that, on a busy machine too.
  page.setDefaultTimeout(120_000);
  for (const [what, use] of [...TRAINING, ...SETTINGS, ...COMPARISON, ...FILES, ...TOUR]) {
    // Changes of one setting within a moment are one for Undo, and no visitor is so quick from one control to the next.
    await page.waitForTimeout(150);
    try {
      if (!(await use(page))) problems.push(`${what}: the page does not follow`);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      problems.push(`${what}: ${error.message.split("\n")[0]}`);
    }
  }
  return problems;
}
