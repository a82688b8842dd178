/**
 * The lab's trainings against each other and against the terminal's: what a link gives, what the zip continues, what a closed page goes on
 * with, and how fast all of it is.
 */
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import type { Browser, Page } from "playwright-core";
import { stepOf, trainedBeyond, visit } from "./visit.js";

const NARROWS = join(process.cwd(), "../dist/cli/main.js");
const LINK = "#rate=3&seed=5";
/** Steps after which losses are compared. */
const COMPARED = 200;
/** Steps until the rate is settled, and within how many nats of its target it then is. */
const SETTLED = 1500;
const NEAR_NATS = 0.2;

/** A line of a run's metrics: means over fifty steps. */
interface Line {
  readonly step: number;
  readonly loss: number;
}

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

function trainLines(text: string): Line[] {
  const lines = text.trim().split("\n");
  return lines
    .map((line) => JSON.parse(line) as Line & { split: string })
    .filter(({ split }) => split === "train");
}

/** The zip of the present training. */
export async function zipOf(page: Page): Promise<Buffer> {
  const [download] = await Promise.all([page.waitForEvent("download"), button(page, "Run (zip)").click()]);
  return readFileSync(await download.path());
}

function linesIn(zip: Buffer): Line[] {
  const [, bytes] = Object.entries(unzipSync(zip)).find(([path]) => path.endsWith("/metrics.jsonl"))!;
  return trainLines(strFromU8(bytes));
}

async function trainTo(page: Page, step: number): Promise<void> {
  await button(page, "Train").click();
  await trainedBeyond(page, step);
  await button(page, "Pause").click();
  await button(page, "Train").waitFor();
}

/** The largest relative difference of losses at the same steps. */
function apart(
  a: readonly Line[],
  b: readonly Line[],
  from = 0,
): { readonly worst: number; readonly count: number } {
  const others = new Map(b.map(({ step, loss }) => [step, loss]));
  const both = a.filter(({ step }) => step > from && others.has(step));
  const differences = both.map(({ step, loss }) => Math.abs(loss - others.get(step)!) / Math.abs(loss));
  return { worst: Math.max(0, ...differences), count: both.length };
}

/** What the page says of its code: nats through it, and stimuli that can be separated. */
async function codeOf(page: Page): Promise<{ readonly rateNats: number; readonly separable: number }> {
  // Measured now and then: not before the paused code is.
  await page.locator(`[data-measured-at-step="${await stepOf(page)}"]`).waitFor();
  return page.evaluate(() => {
    const numberAfter = (pattern: RegExp) => Number(pattern.exec(document.body.innerText)?.[1]);
    return {
      rateNats: numberAfter(/rate ([\d.]+) nats/),
      separable: numberAfter(/separated through the noise:\s*(\d+)/),
    };
  });
}

/** The code once its rate, which swings about its target, is near it; the last one seen where it never is. */
async function codeNear(page: Page, nats: number): ReturnType<typeof codeOf> {
  for (let more = 0; more < 8; more++) {
    const code = await codeOf(page);
    if (Math.abs(code.rateNats - nats) <= NEAR_NATS) return code;
    await trainTo(page, (await stepOf(page)) + 100);
  }
  return codeOf(page);
}

/** Milliseconds of the longest task of the page since it was asked to look. */
async function longestTask(page: Page, work: () => Promise<void>): Promise<number> {
  await page.evaluate(() => {
    const found = globalThis as unknown as { longest: number };
    found.longest = 0;
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) found.longest = Math.max(found.longest, duration);
    }).observe({ type: "longtask" });
  });
  await work();
  return page.evaluate(() => (globalThis as unknown as { longest: number }).longest);
}

/** @returns what is wrong. Times are printed: they are the machine's. */
export async function trainingProblems(browser: Browser, address: string): Promise<string[]> {
  const found: string[] = [];
  const say = (line: string) => void process.stdout.write(`training: ${line}\n`);
  const folder = mkdtempSync(join(tmpdir(), "narrows-lab-"));
  const first = await visit(browser, `${address}${LINK}`);
  try {
    const { page } = first;
    const begin = Date.now();
    await trainTo(page, COMPARED);
    say(`${COMPARED} steps in ${((Date.now() - begin) / 1000).toFixed(1)} s, with maps and measures`);
    const zip = await zipOf(page);
    found.push(...(await sameInFreshBrowser(browser, address, linesIn(zip), say)));
    found.push(...sameInTerminal(page.url(), await yamlOf(page), folder, linesIn(zip), say));
    let longest = 0;
    longest = await longestTask(page, () => trainTo(page, SETTLED));
    say(`longest task of the page while it trains: ${longest.toFixed(0)} ms`);
    found.push(...(await continuedByTerminal(zip, folder, linesIn(await zipOf(page)), say)));
    const wide = await codeNear(page, 3);
    await button(page, "0.3 nats").click();
    await trainTo(page, (await stepOf(page)) + SETTLED);
    const narrow = await codeNear(page, 0.3);
    say(
      `at 3 nats: rate ${wide.rateNats}, ${wide.separable} separable; at 0.3: ${narrow.rateNats}, ${narrow.separable}`,
    );
    if (!(Math.abs(wide.rateNats - 3) <= NEAR_NATS)) found.push(`the rate is ${wide.rateNats} nats, not 3`);
    if (!(Math.abs(narrow.rateNats - 0.3) <= NEAR_NATS))
      found.push(`the rate is ${narrow.rateNats} nats, not 0.3`);
    if (!(narrow.separable < wide.separable)) found.push("0.3 nats keep no fewer stimuli apart than 3 nats");
    found.push(...(await goesOnAfterClosing(page, say)), ...first.problems);
  } finally {
    await first.close();
    rmSync(folder, { recursive: true, force: true });
  }
  return found.map((problem) => `training: ${problem}`);
}

async function sameInFreshBrowser(
  browser: Browser,
  address: string,
  lines: readonly Line[],
  say: (line: string) => void,
): Promise<string[]> {
  const { page, close } = await visit(browser, `${address}${LINK}`);
  await trainTo(page, COMPARED);
  const { worst, count } = apart(lines, linesIn(await zipOf(page)));
  await close();
  say(`the same link in another browser: losses differ by ${worst} over ${count} lines`);
  return worst <= 1e-6 && count >= COMPARED / 50 ? [] : ["the same link gives other losses"];
}

async function yamlOf(page: Page): Promise<string> {
  await button(page, "The YAML").click();
  const text = await page.locator("dialog[open] pre, dialog[open] textarea").first();
  const yaml = (await text.inputValue().catch(() => text.textContent())) ?? "";
  await page.keyboard.press("Escape");
  return yaml;
}

function sameInTerminal(
  link: string,
  yaml: string,
  folder: string,
  lines: readonly Line[],
  say: (line: string) => void,
): string[] {
  const file = join(folder, "lab.yaml");
  writeFileSync(file, yaml);
  const words = [
    "train",
    file,
    "--set",
    `training.steps=${COMPARED}`,
    "--runs",
    folder,
    "--run",
    "terminal",
    "--threads",
    "1",
  ];
  const { status, stderr } = spawnSync(process.execPath, [NARROWS, ...words], { encoding: "utf8" });
  if (status !== 0) return [`narrows train refuses the YAML of ${link}: ${stderr}`];
  const { worst, count } = apart(
    lines,
    trainLines(readFileSync(join(folder, "terminal/metrics.jsonl"), "utf8")),
  );
  say(`the YAML in the terminal: losses differ by ${worst.toExponential(1)} over ${count} lines`);
  return worst <= 1e-3 && count >= COMPARED / 50 ? [] : ["the terminal gives other losses"];
}

/** The zip is resumed by the terminal until it has the steps that the page has made meanwhile. */
async function continuedByTerminal(
  zip: Buffer,
  folder: string,
  onPage: readonly Line[],
  say: (line: string) => void,
): Promise<string[]> {
  const file = join(folder, "run.zip");
  writeFileSync(file, zip);
  const from = Math.max(...linesIn(zip).map(({ step }) => step));
  const [path] = Object.keys(unzipSync(zip));
  const metrics = join(folder, "runs", path!.split("/")[0]!, "metrics.jsonl");
  const words = ["resume", file, "--runs", join(folder, "runs"), "--threads", "1", "--device", "cpu"];
  const child = spawn(process.execPath, [NARROWS, ...words], { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.on("data", (data) => {
    said += data;
  });
  const ended = new Promise<void>((resolve) => child.on("exit", () => resolve()));
  const look = setInterval(() => {
    const lines = readLines(metrics);
    if ((lines.at(-1)?.step ?? 0) >= from + 100) child.kill("SIGINT");
  }, 200);
  await ended;
  clearInterval(look);
  // The line at the pause holds steps of both.
  const { worst, count } = apart(onPage, readLines(metrics), from);
  say(`the zip in the terminal: the next losses differ by ${worst.toExponential(1)} over ${count} lines`);
  return worst <= 1e-3 && count >= 2 ? [] : [`narrows resume gives other losses: ${said}`];
}

function readLines(path: string): Line[] {
  try {
    return trainLines(readFileSync(path, "utf8"));
  } catch {
    // Not there yet, or a line is being written.
    return [];
  }
}

/** Waits until the browser has a copy of a later step than this. */
async function keptBeyond(page: Page, step: number): Promise<void> {
  const keptStep = () =>
    page.evaluate(
      () =>
        new Promise<number>((resolve, reject) => {
          const opened = indexedDB.open("narrows-lab");
          opened.onerror = () => reject(opened.error);
          opened.onsuccess = () => {
            const got = opened.result.transaction("trainings").objectStore("trainings").get("latest");
            got.onerror = () => reject(got.error);
            got.onsuccess = () => {
              opened.result.close();
              resolve(Number(got.result?.state.step ?? -1));
            };
          };
        }),
    );
  for (let looks = 0; looks < 1200; looks++) {
    if ((await keptStep()) > step) return;
    await page.waitForTimeout(250);
  }
  throw new Error(`the browser has kept no step after ${step}`);
}

async function goesOnAfterClosing(page: Page, say: (line: string) => void): Promise<string[]> {
  const context = page.context();
  const { url } = { url: page.url().replace(/#.*/, "") };
  const from = await stepOf(page);
  await button(page, "Train").click();
  await keptBeyond(page, from);
  const before = await stepOf(page);
  await page.close();
  const again = await context.newPage();
  await again.goto(url);
  await button(again, "Pause").waitFor();
  const after = await stepOf(again);
  await trainedBeyond(again, after);
  say(`closed at step ${before}, opened again at step ${after}, and trains on`);
  return after > from ? [] : [`a page closed at step ${before} goes on at step ${after}`];
}
