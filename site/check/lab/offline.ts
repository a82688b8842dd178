import type { Browser } from "playwright-core";
import { serve } from "../server.js";
import { stepOf, trainedBeyond, visit } from "./visit.js";

const BASE = "/some/where/";

/** On a host that sends no headers: the page isolates itself with one reload at most, and works when the host is gone. */
export async function offlineProblems(browser: Browser, folder: string): Promise<string[]> {
  const { address, close } = await serve(folder, BASE);
  const { page, problems, close: leave } = await visit(browser, `${address}${BASE}`);
  let loads = 0;
  page.on("domcontentloaded", () => loads++);
  await page
    .waitForFunction(() => window.crossOriginIsolated)
    .catch(() => problems.push("the page is not isolated"));
  await page.waitForFunction(async (size) => {
    const cache = await caches.open("narrows-runtime");
    return (await cache.keys()).length >= size;
  }, 2);
  if (loads > 1) problems.push(`the page was loaded again ${loads} times to isolate it`);
  close();
  await page.reload();
  try {
    await page.getByRole("button", { name: "Train", exact: true }).and(page.locator(":enabled")).click();
    await trainedBeyond(page, await stepOf(page));
    if (!(await page.evaluate(() => window.crossOriginIsolated)))
      problems.push("the page is not isolated offline");
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    problems.push(`offline the page does not train: ${error.message.split("\n")[0]}`);
  }
  await leave();
  return problems.map((problem) => `offline: ${problem}`);
}

/** Where a browser refuses service workers the page works, without being loaded again. */
export async function refusedWorkerProblems(browser: Browser, folder: string): Promise<string[]> {
  const { address, close } = await serve(folder, BASE);
  const {
    page,
    problems,
    close: leave,
  } = await visit(browser, `${address}${BASE}`, { serviceWorkers: "block" });
  await page.getByRole("button", { name: "Train", exact: true }).click();
  await trainedBeyond(page, 0);
  await leave();
  close();
  return problems.map((problem) => `without a service worker: ${problem}`);
}
