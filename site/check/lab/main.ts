/**
 * Checks the built lab in a Chromium, from a path of a host: `npm run check:lab` in site/, after `npm run build:lab`;
 * `-- --pictures DIR` also takes pictures of its states, `-- --only controls,training,computing,offline,appearance` some
 * parts alone, `-- --widths 390,1280` its appearance at some widths alone.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { chromium } from "playwright-core";
import { CHROMIUM_FLAGS, chromiumPath } from "../../../test/browser.js";
import { serve } from "../server.js";
import { appearanceProblems, WIDTHS } from "./appearance.js";
import { computingProblems } from "./computing.js";
import { useControls } from "./controls.js";
import { offlineProblems, refusedWorkerProblems } from "./offline.js";
import { trainingProblems } from "./training.js";
import { visit } from "./visit.js";

const HEADERS = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};
/** Of script before the runtime's wasm: of the page as it is, and of page and workers as they are sent, compressed. */
const MAX_SCRIPT_BYTES = 400_000;
const BASE = "/lab/of/narrows/";

const { values } = parseArgs({
  options: { pictures: { type: "string" }, only: { type: "string" }, widths: { type: "string" } },
});
const parts = values.only?.split(",") ?? ["controls", "training", "computing", "offline", "appearance"];
const widths = values.widths?.split(",").map(Number) ?? WIDTHS;
const folder = join(process.cwd(), "../dist-lab");
if (!existsSync(folder)) throw new Error("the lab is not built: npm run build:lab");
if (chromiumPath === undefined) {
  process.stdout.write("skipped: the lab in a browser, since no Chromium is on the PATH\n");
  process.exit(0);
}

function scriptBytes(scripts: ReadonlyMap<string, Buffer>): [ofPage: number, sent: number] {
  const isOfPage = (name: string) => !/^(ort\.|.*-worker-)/.test(name);
  let [ofPage, sent] = [0, 0];
  for (const [name, bytes] of scripts) {
    if (isOfPage(name)) ofPage += bytes.length;
    sent += gzipSync(bytes).length;
  }
  return [ofPage, sent];
}

const { address, close } = await serve(folder, BASE, HEADERS);
const browser = await chromium.launch({ executablePath: chromiumPath, args: [...CHROMIUM_FLAGS] });
const found: string[] = [];
try {
  if (parts.includes("controls")) {
    const { page, problems, scripts, close: leave } = await visit(browser, `${address}${BASE}`);
    const paint = await page.evaluate(
      () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime,
    );
    const [ofPage, sent] = scriptBytes(scripts);
    process.stdout.write(
      `script: ${ofPage} bytes of the page, ${sent} compressed with its workers; first paint after ${paint?.toFixed(0)} ms\n`,
    );
    if (Math.max(ofPage, sent) > MAX_SCRIPT_BYTES)
      found.push(`more than ${MAX_SCRIPT_BYTES} bytes of script`);
    found.push(...(await useControls(page)), ...problems);
    await leave();
  }
  if (parts.includes("training")) found.push(...(await trainingProblems(browser, `${address}${BASE}`)));
  if (parts.includes("computing")) found.push(...(await computingProblems(`${address}${BASE}`)));
  if (parts.includes("offline"))
    found.push(
      ...(await offlineProblems(browser, folder)),
      ...(await refusedWorkerProblems(browser, folder)),
    );
  if (parts.includes("appearance"))
    found.push(...(await appearanceProblems(browser, `${address}${BASE}`, widths, values.pictures)));
} catch (error) {
  // What was found before is printed too.
  if (!(error instanceof Error)) throw error;
  found.push(`the check ended early: ${error.stack}`);
} finally {
  await browser.close();
  close();
}
for (const problem of found) process.stdout.write(`${problem}\n`);
process.stdout.write(`${found.length} problems\n`);
if (found.length > 0) process.exitCode = 1;
