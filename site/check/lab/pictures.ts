/**
 * The pictures of the lab in the README: `npm run pictures:lab` in site/, after `npm run build:lab`. Ten seconds of a training whose rate is
 * pulled down half-way, as an animation, and two stills.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { decode } from "fast-png";
import { encode } from "modern-gif";
import { chromium, type Page } from "playwright-core";
import { CHROMIUM_FLAGS, chromiumPath } from "../../../test/browser.js";
import { serve } from "../server.js";
import { trainedBeyond, visit } from "./visit.js";

const BASE = "/lab/";
const HEADERS = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};
const INTO = join(process.cwd(), "images");
const VIEWPORT = { width: 1280, height: 760 };
const FRAMES = 50;
const FRAME_MS = 200;
/** Every picture of the animation is half as wide as the page. */
const HALF = 2;

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

/** One in {@link HALF} pixels of both directions, the mean of those around it. */
function halved(png: Uint8Array): {
  readonly data: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
} {
  const { data, width, height, channels } = decode(png);
  const [w, h] = [Math.floor(width / HALF), Math.floor(height / HALF)];
  const small = new Uint8ClampedArray(4 * w * h).fill(255);
  for (let y = 0; y < h; y++)
    for (let x = 0; x < w; x++)
      for (let c = 0; c < 3; c++) {
        let sum = 0;
        for (let dy = 0; dy < HALF; dy++)
          for (let dx = 0; dx < HALF; dx++)
            sum += data[((y * HALF + dy) * width + x * HALF + dx) * channels + c]!;
        small[4 * (y * w + x) + c] = sum / HALF ** 2;
      }
  return { data: small, width: w, height: h };
}

if (chromiumPath === undefined) throw new Error("no Chromium is on the PATH, and CHROMIUM names none");
const { address, close } = await serve(join(process.cwd(), "../dist-lab"), BASE, HEADERS);
const browser = await chromium.launch({ executablePath: chromiumPath, args: [...CHROMIUM_FLAGS] });
mkdirSync(INTO, { recursive: true });
try {
  const light = await visit(browser, `${address}${BASE}#rate=10`, {
    viewport: VIEWPORT,
    colorScheme: "light",
  });
  const { page } = light;
  await button(page, "Train").click();
  const frames: ReturnType<typeof halved>[] = [];
  for (let frame = 0; frame < FRAMES; frame++) {
    if (frame === FRAMES / 2) await button(page, "0.3 nats").click();
    const begin = Date.now();
    frames.push(halved(await page.screenshot()));
    await page.waitForTimeout(Math.max(0, FRAME_MS - (Date.now() - begin)));
  }
  const { width, height } = frames[0]!;
  const gif = await encode({
    width,
    height,
    frames: frames.map(({ data }) => ({ data, delay: FRAME_MS })),
    maxColors: 64,
  });
  writeFileSync(join(INTO, "lab.gif"), new Uint8Array(gif));
  await light.close();
  for (const colorScheme of ["light", "dark"] as const) {
    const link = colorScheme === "light" ? "#rate=3" : "#rate=1&task=E2M1";
    const still = await visit(browser, `${address}${BASE}${link}`, { viewport: VIEWPORT, colorScheme });
    await button(still.page, "Train").click();
    await trainedBeyond(still.page, 1500);
    await button(still.page, "Pause").click();
    await still.page.waitForTimeout(2500);
    await still.page.screenshot({ path: join(INTO, `lab-${colorScheme}.png`) });
    await still.close();
  }
} finally {
  await browser.close();
  close();
}
