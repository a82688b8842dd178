/**
 * The ways to compute, each chosen by the page's control in a Chromium with WebGPU in software: that both networks have the same losses
 * on all of them, that a trained one continues when its card is taken away, and that the choice is kept for the next visit.
 */
import { strFromU8, unzipSync } from "fflate";
import type { Browser, Page, Worker } from "playwright-core";
import { decodeSafetensors } from "../../../src/files/safetensors-format.js";
import { openBrowser } from "../../../test/onnx/web/browser.js";
import { zipOf } from "./training.js";
import { stepOf, trainedBeyond, visit } from "./visit.js";

/** Steps after which losses are compared: of the paper's network in software after the first alone, since one takes half a minute or more. */
const FIRST_STEPS = 2;
const STEPS = 20;
const TOLERANCE = 1e-3;
/** On a software adapter the first steps of the paper's network took seven minutes at a load of 10. */
const PATIENCE_MS = 900_000;

type Say = (line: string) => void;

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

/** Chooses a way by the control, and waits until it is in use. */
async function computeOn(page: Page, name: RegExp): Promise<void> {
  const choose = page.getByText("Choose", { exact: true });
  if (!(await page.getByRole("radio", { name: "automatic" }).isVisible())) await choose.click();
  await page.getByRole("radio", { name }).and(page.locator(":enabled")).check();
  await page.locator("[data-way]").getByText(name).waitFor();
  await button(page, "Train").and(page.locator(":enabled")).waitFor();
}

/** The page's worker that trains. */
function trainer(page: Page): Worker {
  return page.workers().find((worker) => worker.url().includes("training-worker"))!;
}

/** Makes a number of steps: the page itself has a button for one. */
async function makeSteps(page: Page, count: number): Promise<void> {
  const before = await stepOf(page);
  await trainer(page).evaluate((steps) => {
    dispatchEvent(new MessageEvent("message", { data: { kind: "steps", count: steps } }));
  }, count);
  await trainedBeyond(page, before + count - 1);
  await button(page, "Train").waitFor();
}

/** The mean loss of the steps so far, and that of the validation images after them. */
function lossesIn(zip: Buffer): readonly [ofSteps: number, ofValidation: number] {
  const files = Object.entries(unzipSync(zip));
  const bytesOf = (pattern: RegExp) => files.find(([path]) => pattern.test(path))![1];
  const { metadata } = decodeSafetensors(bytesOf(/\.safetensors$/), "the zip");
  const { images, sums } = JSON.parse(metadata.sinceLog!) as { images: number; sums: { loss: number } };
  const lines = strFromU8(bytesOf(/\/metrics\.jsonl$/))
    .trim()
    .split("\n");
  return [sums.loss / images, (JSON.parse(lines.at(-1)!) as { loss: number }).loss];
}

/** @returns what is wrong. Speeds are printed: they are the machine's. */
export async function computingProblems(address: string): Promise<string[]> {
  const found: string[] = [];
  const say: Say = (line) => void process.stdout.write(`computing: ${line}\n`);
  const browser = await openBrowser();
  try {
    found.push(...(await sameLosses(browser, address, say)));
    found.push(...(await takenAway(browser, address, say)));
    found.push(...(await keptForNextVisit(browser, address)));
  } finally {
    await browser.close();
  }
  return found.map((problem) => `computing: ${problem}`);
}

async function sameLosses(browser: Browser, address: string, say: Say): Promise<string[]> {
  const found: string[] = [];
  for (const network of ["small", "paper"]) {
    const expected = new Map<number, ReturnType<typeof lossesIn>>();
    for (const name of [/^this page's own code/, /^ONNX Runtime, \d threads/, /^WebGPU/]) {
      const { page, problems, close } = await visit(browser, `${address}#network=${network}&seed=5`);
      page.setDefaultTimeout(PATIENCE_MS);
      await computeOn(page, name);
      const way = `${network}, ${await page.locator("[data-way]").textContent()}`;
      const isSlow = network === "paper" && name.test("WebGPU");
      for (const steps of isSlow ? [FIRST_STEPS] : [FIRST_STEPS, STEPS]) {
        const begin = performance.now();
        await makeSteps(page, steps - (await stepOf(page)));
        const seconds = (performance.now() - begin) / 1000;
        const losses = lossesIn(await zipOf(page));
        if (!expected.has(steps)) expected.set(steps, losses);
        const apart = Math.max(...losses.map((loss, k) => Math.abs(loss / expected.get(steps)![k]! - 1)));
        say(`${way}: to step ${steps} in ${seconds.toFixed(1)} s, losses apart by ${apart.toExponential(1)}`);
        if (!(apart <= TOLERANCE)) found.push(`${way}: losses are apart by ${apart} of their size`);
      }
      found.push(...problems.map((problem) => `${way}: ${problem}`));
      await close();
    }
  }
  return found;
}

/** The card's device is destroyed, as a browser does when the driver fails. */
async function takenAway(browser: Browser, address: string, say: Say): Promise<string[]> {
  const { page, problems, close } = await visit(browser, address);
  page.setDefaultTimeout(PATIENCE_MS);
  await trainer(page).evaluate(keepDevices);
  await computeOn(page, /^WebGPU/);
  await button(page, "Train").click();
  await trainedBeyond(page, 5);
  await trainer(page).evaluate(() => {
    const { device } = globalThis as unknown as { device: { destroy(): void } };
    device.destroy();
  });
  await page.locator("[data-way]").getByText("this page's own code").waitFor();
  const says = await page.locator(".says").textContent();
  say(`taken away: ${says}`);
  const step = await stepOf(page);
  await trainedBeyond(page, step + 50);
  if (!/^WebGPU stopped working \(.+\): this page's own code continues from step \d+\.$/.test(says ?? ""))
    problems.push(`the page says ${says}`);
  if (!(await page.getByRole("radio", { name: "WebGPU" }).isDisabled()))
    problems.push("WebGPU can be chosen again in the same visit");
  await close();
  return problems.map((problem) => `taken away: ${problem}`);
}

async function keptForNextVisit(browser: Browser, address: string): Promise<string[]> {
  const { page, problems, close } = await visit(browser, address);
  page.setDefaultTimeout(PATIENCE_MS);
  await computeOn(page, /^ONNX Runtime/);
  if (/ONNX|threads/.test(page.url())) problems.push("the link has the machine's setting");
  await page.goto("about:blank");
  await page.goto(address);
  await page.locator("[data-way]").getByText("ONNX Runtime").waitFor();
  await computeOn(page, /^this page's own code/);
  await close();
  return problems.map((problem) => `next visit: ${problem}`);
}

// This runs in the worker.
function keepDevices(): void {
  const scope = globalThis as unknown as {
    GPUAdapter: { prototype: { requestDevice(...given: unknown[]): Promise<unknown> } };
    device: unknown;
  };
  const { prototype } = scope.GPUAdapter;
  const { requestDevice } = prototype;
  prototype.requestDevice = async function (...given) {
    scope.device = await requestDevice.apply(this, given);
    return scope.device;
  };
}
