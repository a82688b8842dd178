import { chromiumPath } from "../../test/browser.js";
import { closing } from "../closing.js";
import type { Measurement, Outcome } from "../measurement.js";
import type { Network } from "../networks.js";
import { alternate } from "../rounds.js";
import { contendWithSteps, onThreads, timesOf, timesOverRow } from "../step-rows.js";
import { type BrowserSteps, openBrowserSteps } from "../stepping/browser.js";
import type { PageTask } from "../stepping/page.js";
import { openOwnSteps } from "../stepping/peer.js";
import type { StepOptions } from "./training-step.js";

/** Rounds of a network at one number of threads, at most. */
const MAX_ROUNDS = 8;
const MAX_SECONDS = 15;

/** Training steps in a browser, on wasm, beside those in Node, in turn. */
export async function measureWeb(networks: readonly Network[], options: StepOptions): Promise<Outcome> {
  if (!chromiumPath) {
    return {
      measurements: [],
      skipped: ["the browser is not compared: no chromium is on the path, and CHROMIUM names none"],
    };
  }
  const browser = await openBrowserSteps();
  const measurements: Measurement[] = [];
  try {
    for (const network of networks) {
      for (const threads of options.threads) {
        for (const engine of threads === 1
          ? (["direct", "onnxruntime"] as const)
          : (["onnxruntime"] as const))
          measurements.push(...(await measureCell(browser, network, { threads, engine }, options.rounds)));
      }
    }
  } finally {
    await browser.close();
  }
  return { measurements };
}

/** How a page runs its programs. */
type PageEngine = Pick<PageTask, "threads" | "engine">;

function measureCell(
  browser: BrowserSteps,
  network: Network,
  { threads, engine }: PageEngine,
  rounds: number,
): Promise<readonly Measurement[]> {
  return closing(async (keep) => {
    const own = keep(await openOwnSteps({ ...network, checkout: ".", threads }));
    const page = keep(await browser.open(network, threads, engine));
    const inNode = contendWithSteps("node", own, network.calls);
    const inBrowser = contendWithSteps("browser", page, network.calls);
    const times = await alternate([inNode, inBrowser], {
      rounds: Math.min(rounds, MAX_ROUNDS),
      seconds: MAX_SECONDS,
    });
    const key = `${network.key}.threads${threads}.web.${engine}`;
    const label = `${network.label}, wasm by ${engine} in ${browser.version}`;
    return [
      timesOverRow(
        `${key}.ratio`,
        `${label}, its time over Node's, ${onThreads(threads)}`,
        timesOf(inBrowser, times),
        timesOf(inNode, times),
        {},
        "lower",
      ),
      {
        key: `${key}.open.milliseconds`,
        label: `${label}, until the first step is made, ${onThreads(threads)}`,
        value: page.openMilliseconds,
        unit: "ms",
        better: "lower",
      },
    ];
  });
}
