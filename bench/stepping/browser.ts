import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { openBrowser } from "../../test/onnx/web/browser.js";
import { bundleForBrowser } from "../../test/onnx/web/bundle.js";
import { PAGE, type PageServer, servePage } from "../../test/onnx/web/server.js";
import { type Network, trainingSettings } from "../networks.js";
import type { PageTask } from "./page.js";
import { readTimes, type StepPeer } from "./peer.js";

/** A page that trains, and what it took until its first step was made. */
export interface PageSteps extends StepPeer {
  readonly openMilliseconds: number;
}

/** A browser that trains on wasm, a page a network. */
export interface BrowserSteps {
  /** Such as `Chromium 140.0`. */
  readonly version: string;
  open(network: Network, threads: number, engine: PageTask["engine"]): Promise<PageSteps>;
  close(): Promise<void>;
}

/** Opens the browser of the tests, with a page that trains. @throws Error when it does not start. */
export async function openBrowserSteps(): Promise<BrowserSteps> {
  const { code } = await bundleForBrowser("bench/stepping/page.ts");
  const runtime = pathToFileURL(`${resolve("node_modules/onnxruntime-web/dist")}/`);
  const server: PageServer = await servePage({ "/": PAGE, "/page.js": code }, runtime);
  const browser: Browser = await openBrowser();
  return {
    version: `Chromium ${browser.version()}`,
    async open(network, threads, engine) {
      const page = await browser.newPage();
      await page.goto(server.address);
      const { imageShape, batchSize } = network;
      const task: PageTask = { imageShape, batchSize, threads, engine, settings: trainingSettings(network) };
      return {
        openMilliseconds: await page.evaluate((given) => globalThis.openSteps(given), task),
        time: async (request) =>
          readTimes(await page.evaluate((asked) => globalThis.timeOpenSteps(asked), request)),
        close: () => void page.close(),
      };
    },
    async close() {
      await browser.close();
      await server.close();
    },
  };
}
