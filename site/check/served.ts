import { type Browser, chromium } from "playwright-core";
import { CHROMIUM_FLAGS, chromiumPath } from "../../test/browser.js";
import { serve } from "./server.js";

/**
 * Serves a folder below a path, opens a Chromium for it, and ends both when the work is done, or has failed.
 * @param work Is given the browser and the server's address, without the path.
 * @returns What the work gives; undefined where there is no Chromium.
 */
export async function inBrowserOn<Result>(
  folder: string,
  base: string,
  work: (browser: Browser, address: string) => Promise<Result>,
): Promise<Result | undefined> {
  if (chromiumPath === undefined) return undefined;
  const { address, close } = await serve(folder, base);
  const browser = await chromium.launch({ executablePath: chromiumPath, args: [...CHROMIUM_FLAGS] });
  try {
    return await work(browser, address);
  } finally {
    await browser.close();
    close();
  }
}
