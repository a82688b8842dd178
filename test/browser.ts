import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A Chromium named by the environment variable CHROMIUM or found on the path; tests that need one skip without. */
export const chromiumPath = [
  ...(process.env.CHROMIUM ? [process.env.CHROMIUM] : []),
  ...(process.env.PATH ?? "").split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name))),
].find(isExecutable);

/** Flags for a run without a screen, without a sandbox of its own, and without calls home. */
export const CHROMIUM_FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--no-first-run",
];

/** What a test that needs a browser is called. */
export const IN_A_BROWSER = chromiumPath
  ? "in a browser"
  : "in a browser (skipped: no chromium on the path; CHROMIUM may name one)";

/** How a page is looked at. */
interface View {
  readonly width?: number;
  readonly colorScheme?: "light" | "dark";
}

/** By day on a screen, and by night on a telephone. */
export const VIEWS = [
  { width: 1400, colorScheme: "light" },
  { width: 420, colorScheme: "dark" },
] as const;

/** A report as a reader meets it: what it says or asks for on the side, whether it has to be moved sideways, and how many panels are drawn. */
export async function reportAsSeen(path: string, view: View) {
  const browser = await chromium.launch({ executablePath: chromiumPath!, args: CHROMIUM_FLAGS });
  try {
    const { page, noise } = await openFile(browser, path, view);
    const seen = await page.evaluate(() => ({
      scrolls: document.documentElement.scrollWidth > window.innerWidth,
      drawn: [...document.querySelectorAll("figure svg")].filter(
        (svg) => svg.getBoundingClientRect().height > 60,
      ).length,
    }));
    return { noise, ...seen };
  } finally {
    await browser.close();
  }
}

/** Opens a file, and collects what a silent page would not have: messages, errors and requests beyond its own address. */
export async function openFile(
  browser: Browser,
  path: string,
  { width = 1280, colorScheme = "light" }: View = {},
) {
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
  const address = pathToFileURL(path).href;
  const noise: string[] = [];
  page.on("console", (message) => noise.push(message.text()));
  page.on("pageerror", (error) => noise.push(error.message));
  page.on("request", (request) => {
    if (request.url() !== address && !/^(?:data|blob):/.test(request.url())) noise.push(request.url());
  });
  await page.goto(address);
  return { page, noise };
}
