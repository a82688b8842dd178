import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { nodeDevice } from "../../../src/onnx/node.js";
import { chromiumPath } from "../../browser.js";
import { expectClose } from "../../tensor/gradient-check.js";
import { openBrowser } from "./browser.js";
import { bundleForBrowser } from "./bundle.js";
import type { PageRequest } from "./page.js";
import { PAGE, type PageServer, servePage } from "./server.js";
import { type Trained, train } from "./training.js";

const STEPS = 3;

const bundle = (file: string) => bundleForBrowser(fileURLToPath(new URL(file, import.meta.url)));

test("what is for browsers bundles without any module of Node", async () => {
  const { imports } = await bundle("../../../src/web.ts");
  expect(imports.filter((path) => path.startsWith("node:"))).toEqual([]);
  // The bundler refuses what does import one.
  await expect(bundle("../../../src/files/atomic.ts")).rejects.toThrow("node:fs");
});

describe.skipIf(!chromiumPath)("training in a browser", () => {
  let browser: Browser;
  let server: PageServer;
  let expected: Trained;

  beforeAll(async () => {
    const { code } = await bundle("./page.ts");
    const runtime = new URL("../../../node_modules/onnxruntime-web/dist/", import.meta.url);
    server = await servePage({ "/": PAGE, "/page.js": code }, runtime);
    browser = await openBrowser();
    expected = await train(await nodeDevice("cpu", 1), STEPS);
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  test("the training trains", () => {
    expect(expected.losses.at(-1)!).toBeLessThan(expected.losses[0]! - 0.01);
  });

  test.each<PageRequest>([
    { device: "wasm", threads: 1, steps: STEPS },
    { device: "wasm", threads: 2, steps: STEPS },
    { device: "webgpu", threads: 1, steps: STEPS },
  ])("$device with $threads threads gives the numbers of the processor in Node", async (request) => {
    const page = await browser.newPage();
    const messages: string[] = [];
    const requests: string[] = [];
    page.on("console", (message) => messages.push(`${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => messages.push(error.message));
    page.on("request", (sent) => requests.push(sent.url()));
    await page.goto(server.address);
    const found = await page.evaluate((asked) => globalThis.trainOnPage(asked), request);
    await page.close();
    expectClose(found.losses, expected.losses, 1e-5, "losses");
    expectClose(found.parameters, expected.parameters, 1e-4, "parameters");
    expect(messages).toEqual([]);
    expect(requests.filter((url) => !url.startsWith(server.address))).toEqual([]);
  });

  const messageOf = (page: Page, request: PageRequest) =>
    page.evaluate((asked) => globalThis.trainOnPage(asked).then(() => "", String), request);

  test("threads on a page that is not isolated are refused with what to send", async () => {
    const page = await browser.newPage();
    await page.goto(`${server.address}?open`);
    const message = await messageOf(page, { device: "wasm", threads: 2, steps: 1 });
    await page.close();
    expect(message).toContain(
      "send Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy",
    );
  });

  test("WebGPU is refused where the browser has none", async () => {
    const page = await browser.newPage();
    await page.addInitScript(() => Object.defineProperty(navigator, "gpu", { value: undefined }));
    await page.goto(server.address);
    const message = await messageOf(page, { device: "webgpu", threads: 1, steps: 1 });
    await page.close();
    expect(message).toContain("WebGPU is not available: use a browser that has it, or the device wasm");
  });
});
