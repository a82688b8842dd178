import { createRequire } from "node:module";
import { join } from "node:path";
import { basename } from "node:path/posix";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { type WatchedPage, watchedPage } from "../watched-page.js";

/** A page of the lab that is open. */
export interface Visit extends WatchedPage {
  /** Scripts that were loaded by their names, the runtime's own aside: of the page and of its workers. */
  readonly scripts: ReadonlyMap<string, Buffer>;
}

export interface VisitOptions extends Pick<BrowserContextOptions, "viewport" | "colorScheme"> {
  /** Runs in the page before anything of it. */
  readonly before?: () => void;
}

// From the folder of the site, where the check is run.
const AXE = createRequire(join(process.cwd(), "package.json")).resolve("axe-core/axe.min.js");

/** Opens an address, and waits until it can be trained. */
export async function visit(
  browser: Browser,
  url: string,
  { before, ...options }: VisitOptions = {},
): Promise<Visit> {
  const viewport = { width: 1280, height: 900 };
  const watched = await watchedPage(browser, new URL(url).origin, { viewport, ...options });
  const { page, context } = watched;
  if (before) await context.addInitScript(before);
  // By address: the service worker asks for what it keeps once more.
  const scripts = new Map<string, Buffer>();
  context.on("response", async (response) => {
    // What the service worker keeps for later is no part of what is waited for.
    const isKept = response.request().serviceWorker() !== null;
    if (!/\/assets\/.*\.js$/.test(response.url()) || isKept) return;
    // A page that is loaded again has dropped what it was sent.
    const body = await response.body().catch(() => Buffer.alloc(0));
    if (body.length > 0) scripts.set(basename(new URL(response.url()).pathname), body);
  });
  await page.goto(url);
  await page.getByRole("button", { name: "Train", exact: true }).and(page.locator(":enabled")).waitFor();
  return { ...watched, scripts };
}

/** What axe-core finds that is serious or critical. @param exclude Selectors of what is left out. */
export async function axeProblems(page: Page, exclude: readonly string[] = []): Promise<string[]> {
  await page.addScriptTag({ path: AXE });
  const faults = await page.evaluate(async (left) => {
    const { axe } = globalThis as unknown as { axe: { run(context: object): Promise<AxeResults> } };
    return (await axe.run({ exclude: left })).violations.filter(
      ({ impact }) => impact === "serious" || impact === "critical",
    );
  }, exclude);
  return faults.map(({ id, help, nodes }) => `axe, ${id}: ${help}: ${nodes[0]?.html.slice(0, 200)}`);
}
interface AxeResults {
  readonly violations: readonly {
    readonly id: string;
    readonly impact: string | null;
    readonly help: string;
    readonly nodes: readonly { readonly html: string }[];
  }[];
}

/** Pixels by which a page is wider than its window. */
export function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** The step that the page shows. */
export async function stepOf(page: Page): Promise<number> {
  const text = await page.locator(".train .numbers b").textContent();
  return Number(text?.replaceAll(",", ""));
}

export async function trainedBeyond(page: Page, step: number): Promise<void> {
  await page.waitForFunction(
    (before) =>
      Number(document.querySelector(".train .numbers b")?.textContent?.replaceAll(",", "")) > before,
    step,
  );
}
