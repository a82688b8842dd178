import type { Browser } from "playwright-core";
import { serve } from "../server.js";
import { stepOf, trainedBeyond, visit } from "./visit.js";

const BASE = "/some/where/";

/** On a host that sends no headers: the page isolates itself with one reload at most, and works when the host is gone. */
export async function offlineProblems(browser: Browser, folder: string): Promise<string[]> {
  const { address, close } = await serve(folder, BASE);
  const { page, problems, close: leave } = await visit(browser, `${address}${BASE}`, { before: hideLooks });
  let loads = 0;
  page.on("domcontentloaded", () => loads++);
  await page
    .waitForFunction(() => window.crossOriginIsolated)
    .catch(() => problems.push("the page is not isolated"));
  // What is kept is what has computed: ONNX Runtime's files, once its threads were chosen.
  await page.getByText("Choose", { exact: true }).click();
  await page
    .getByRole("radio", { name: /^ONNX Runtime/ })
    .and(page.locator(":enabled"))
    .check();
  await page.locator("[data-way]").getByText("ONNX Runtime").waitFor();
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
    const way = await page.locator("[data-way]").textContent();
    if (!way?.startsWith("ONNX Runtime")) problems.push(`offline the page computes on ${way}`);
    if (!(await page.evaluate(() => window.crossOriginIsolated)))
      problems.push("the page is not isolated offline");
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    problems.push(`offline the page does not train: ${error.message.split("\n")[0]}`);
  }
  await leave();
  return problems.map((problem) => `offline: ${problem}`);
}

/** Where a browser refuses service workers, or has none, the page works all the same. */
export async function refusedWorkerProblems(browser: Browser, folder: string): Promise<string[]> {
  const found: string[] = [];
  for (const before of [refuseWorkers, hideWorkers]) {
    const { address, close } = await serve(folder, BASE);
    const { page, problems, close: leave } = await visit(browser, `${address}${BASE}`, { before });
    await page.getByRole("button", { name: "Train", exact: true }).click();
    await trainedBeyond(page, 0);
    found.push(...problems.map((problem) => `${before.name}: ${problem}`));
    await leave();
    close();
  }
  return found;
}

// These run in the page.
/** The browser takes what this check asks of the page for what a visitor does. */
function hideLooks(): void {
  Object.defineProperty(navigator, "userActivation", { value: { hasBeenActive: false } });
}
function refuseWorkers(): void {
  navigator.serviceWorker.register = () => Promise.reject(new DOMException("refused", "SecurityError"));
}
function hideWorkers(): void {
  Object.defineProperty(Navigator.prototype, "serviceWorker", { value: undefined });
}
