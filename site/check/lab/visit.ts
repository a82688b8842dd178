import { createRequire } from "node:module";
import { join } from "node:path";
import { basename } from "node:path/posix";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";

/** A page of the lab in a browser's context of its own, and what is wrong with it so far. */
export interface Visit {
  readonly page: Page;
  readonly problems: string[];
  /** Scripts that were loaded by their names, the runtime's own aside: of the page and of its workers. */
  readonly scripts: ReadonlyMap<string, Buffer>;
  close(): Promise<void>;
}

export interface VisitOptions extends Pick<BrowserContextOptions, "viewport" | "colorScheme"> {
  /** Runs in the page before anything of it. */
  readonly before?: () => void;
}

// From the folder of the site, where the check is run.
const AXE = createRequire(join(process.cwd(), "package.json")).resolve("axe-core/axe.min.js");

/** Opens an address, and collects every message of the console, every error and every request that leaves the host. */
export async function visit(
  browser: Browser,
  url: string,
  { before, ...options }: VisitOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  if (before) await context.addInitScript(before);
  // What takes long on a slow machine is no fault.
  context.setDefaultTimeout(300_000);
  const page = await context.newPage();
  const problems: string[] = [];
  // By address: the service worker asks for what it keeps once more.
  const scripts = new Map<string, Buffer>();
  const { origin } = new URL(url);
  page.on("console", (message) => problems.push(`console, ${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => problems.push(error.message));
  context.on("request", (request) => {
    const isInside = request.url().startsWith(origin) || /^(data|blob):/.test(request.url());
    if (!isInside) problems.push(`asks for ${request.url()}`);
  });
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
  return {
    page,
    problems,
    scripts,
    close: () => context.close(),
  };
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
