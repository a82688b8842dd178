import { existsSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { inBrowserOn } from "../../site/check/served.js";
import { prepare } from "../../site/lab/training/prepared.js";
import { Training } from "../../site/lab/training/training.js";
import { FIRST_EXPERIMENT } from "../../src/lab/experiment.js";
import { nodeDevice } from "../../src/onnx/node.js";
import type { Measurement, Outcome } from "../measurement.js";
import { median } from "../rounds.js";

const FOLDER = "dist-lab";
const ROUNDS = 3;
/** Steps after which the map has a shape: the rate aimed at has come to two thirds of 3 nats. */
const SHAPE_STEPS = 200;
/** Steps over which the speed is measured, with map, plane and measures. */
const SPEED_STEPS = 1500;

/** What a visitor of the built lab waits for, each round in a fresh browser context; times beside Node's of the same training. */
export async function measureLab(): Promise<Outcome> {
  const skipped = (why: string): Outcome => ({
    measurements: [],
    skipped: [`the lab is not measured: ${why}`],
  });
  if (!existsSync(FOLDER)) return skipped("it is not built: npm run build:lab");
  const rounds = await inBrowserOn(FOLDER, "/", async (browser, address) => {
    const measured: Round[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const page = await visitOnce(browser, address);
      measured.push({ ...page, nodeMilliseconds: await inNode() });
    }
    return measured;
  });
  if (!rounds) return skipped("no chromium is on the path, and CHROMIUM names none");
  return { measurements: rowsOf(rounds) };
}

interface Visited {
  readonly paintMilliseconds: number;
  readonly shapeMilliseconds: number;
  readonly stepMilliseconds: number;
  readonly longestTaskMilliseconds: number;
}
interface Round extends Visited {
  /** Of a step of the same training in Node, on one thread. */
  readonly nodeMilliseconds: number;
}

async function visitOnce(browser: Browser, address: string): Promise<Visited> {
  const context = await browser.newContext();
  context.setDefaultTimeout(300_000);
  try {
    const page = await context.newPage();
    await page.goto(address);
    await page.getByRole("button", { name: "Train", exact: true }).and(page.locator(":enabled")).waitFor();
    const paintMilliseconds = await page.evaluate(
      () => performance.getEntriesByName("first-contentful-paint")[0]!.startTime,
    );
    const shape = await trainTo(page, SHAPE_STEPS);
    const more = await trainTo(page, SHAPE_STEPS + SPEED_STEPS);
    return {
      paintMilliseconds,
      shapeMilliseconds: shape.milliseconds,
      stepMilliseconds: more.milliseconds / more.steps,
      longestTaskMilliseconds: Math.max(shape.longestTaskMilliseconds, more.longestTaskMilliseconds),
    };
  } finally {
    await context.close();
  }
}

/** Presses Train, waits for a step as the page shows it, and pauses. Timed in the page: the driver's own time is not the visitor's. */
async function trainTo(page: Page, step: number) {
  const timed = await page.evaluate(async (last) => {
    const shownStep = () =>
      Number(document.querySelector(".train .numbers b")!.textContent!.replaceAll(",", ""));
    const button = document.querySelector<HTMLButtonElement>(".train .primary")!;
    let longestTaskMilliseconds = 0;
    const observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries())
        longestTaskMilliseconds = Math.max(longestTaskMilliseconds, duration);
    });
    observer.observe({ type: "longtask" });
    const from = shownStep();
    const begun = performance.now();
    button.click();
    while (shownStep() < last) await new Promise((resume) => requestAnimationFrame(resume));
    const milliseconds = performance.now() - begun;
    const steps = shownStep() - from;
    observer.disconnect();
    button.click();
    return { milliseconds, steps, longestTaskMilliseconds };
  }, step);
  await page.getByRole("button", { name: "Train", exact: true }).waitFor();
  return timed;
}

/** Milliseconds of a step of the lab's first experiment in Node. */
async function inNode(): Promise<number> {
  const training = new Training(prepare(FIRST_EXPERIMENT), await nodeDevice("cpu", 1));
  try {
    let steps = 0;
    const begun = performance.now();
    await training.train({
      onStep: () => {
        steps += 1;
      },
      shouldStop: () => steps >= SPEED_STEPS,
    });
    return (performance.now() - begun) / steps;
  } finally {
    await training.release();
  }
}

function rowsOf(rounds: readonly Round[]): Measurement[] {
  const row = (key: string, label: string, unit: string, values: readonly number[], limit?: number) => ({
    key: `lab.${key}`,
    label: `the lab: ${label}`,
    value: Math.min(...values),
    unit,
    better: "lower" as const,
    details: { median: median([...values]), ...(limit !== undefined && { limit }) },
  });
  return [
    row(
      "paint.milliseconds",
      "first paint",
      "ms",
      rounds.map((one) => one.paintMilliseconds),
      1500,
    ),
    row(
      "shape.milliseconds",
      `from Train to step ${SHAPE_STEPS} on the map, small network`,
      "ms",
      rounds.map((one) => one.shapeMilliseconds),
      2000,
    ),
    row(
      "step.milliseconds",
      "a step of the small network, with map, plane and measures",
      "ms",
      rounds.map((one) => one.stepMilliseconds),
      // 300 steps a second.
      3.33,
    ),
    row(
      "step.ratio",
      "its time over Node's for the steps alone, 1 thread",
      "x",
      rounds.map((one) => one.stepMilliseconds / one.nodeMilliseconds),
    ),
    row(
      "longestTask.milliseconds",
      "longest task of the page while it trains (0: none of 50 ms)",
      "ms",
      rounds.map((one) => one.longestTaskMilliseconds),
      50,
    ),
  ];
}
