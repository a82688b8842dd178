import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";

/** A page in a browser's context of its own, and what is wrong with it so far. */
export interface WatchedPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Every message of the console, every error, and every request that leaves the host, with the page's address. */
  readonly problems: string[];
  close(): Promise<void>;
}

/** @param origin The only host, with its scheme, that the page and its workers may ask. */
export async function watchedPage(
  browser: Browser,
  origin: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext(options);
  // What takes long on a slow machine is no fault.
  context.setDefaultTimeout(300_000);
  const page = await context.newPage();
  const problems: string[] = [];
  const say = (problem: string) => problems.push(`${page.url()}: ${problem}`);
  page.on("console", (message) => say(`console, ${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => say(error.message));
  // Of the context: those of service workers too.
  context.on("request", (request) => {
    const isInside = request.url().startsWith(origin) || /^(data|blob):/.test(request.url());
    if (!isInside) say(`asks for ${request.url()}`);
  });
  return { page, context, problems, close: () => context.close() };
}
