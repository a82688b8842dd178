import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ModelSettings } from "../../../src/model/model.js";
import { nodeDevice } from "../../../src/onnx/node.js";
import { chromiumPath } from "../../browser.js";
import { expectClose } from "../../tensor/gradient-check.js";
import { tinyConfiguration } from "../../training/tiny.js";
import { openBrowser } from "./browser.js";
import { bundleForBrowser } from "./bundle.js";
import { type ModelTraining, trainModel } from "./model-training.js";
import type { PageRequest } from "./request.js";
import { PAGE, type PageServer, servePage } from "./server.js";
import { type Trained, train } from "./training.js";

const STEPS = 3;

/** A small network of the corridors: a code of 5 dimensions between layers of 64 units. */
const { model, optimizer, seed } = tinyConfiguration();
const dense = { type: "dense", units: [64], slope: 0.01 } as const;
const small: ModelTraining = {
  model: {
    ...(model as ModelSettings),
    encoder: dense,
    decoder: dense,
    channel: { type: "gaussian", dimensions: 5 },
  },
  optimizer,
  seed,
};

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
  let modelLosses: readonly number[];

  beforeAll(async () => {
    const [page, worker] = await Promise.all([bundle("./page.ts"), bundle("./worker.ts")]);
    const runtime = new URL("../../../node_modules/onnxruntime-web/dist/", import.meta.url);
    server = await servePage({ "/": PAGE, "/page.js": page.code, "/worker.js": worker.code }, runtime);
    browser = await openBrowser();
    const processor = await nodeDevice("cpu", 1);
    expected = await train(processor, STEPS);
    modelLosses = await trainModel(processor, small, STEPS);
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  test("the training trains", () => {
    expect(expected.losses.at(-1)!).toBeLessThan(expected.losses[0]! - 0.01);
    expect(modelLosses.at(-1)!).toBeLessThan(modelLosses[0]!);
  });

  test.each<Omit<PageRequest, "steps" | "model">>([
    { device: "wasm", threads: 1, place: "page" },
    { device: "wasm", threads: 1, place: "worker" },
    { device: "wasm", threads: 1, place: "worker", engine: "onnxruntime" },
    { device: "wasm", threads: 2, place: "page" },
    { device: "wasm", threads: 2, place: "worker" },
    { device: "webgpu", threads: 1, place: "page" },
  ])(
    "$device with $threads threads in a $place, engine $engine, gives the numbers of the processor in Node",
    async (where) => {
      const request: PageRequest = { ...where, steps: STEPS, model: small };
      const page = await browser.newPage();
      const messages: string[] = [];
      const requests: string[] = [];
      page.on("console", (message) => messages.push(`${message.type()}: ${message.text()}`));
      page.on("pageerror", (error) => messages.push(error.message));
      page.on("request", (sent) => requests.push(sent.url()));
      await page.goto(server.address);
      const found = await page.evaluate((asked) => globalThis.trainOnPage(asked), request);
      await page.close();
      expectClose(found.program.losses, expected.losses, 1e-5, "losses");
      expectClose(found.program.parameters, expected.parameters, 1e-4, "parameters");
      expectClose(found.modelLosses, modelLosses, 1e-5, "losses of the model");
      expect(messages).toEqual([]);
      expect(requests.filter((url) => !url.startsWith(server.address))).toEqual([]);
      // Without the runtime nothing of it is fetched.
      const isDirect = request.device === "wasm" && request.threads === 1 && !request.engine;
      expect(requests.some((url) => url.includes("/runtime/"))).toBe(!isDirect);
    },
  );

  test("an operation that only the runtime knows is run there", async () => {
    const page = await browser.newPage();
    await page.goto(server.address);
    const found = await page.evaluate((values) => globalThis.cosinesOnPage(values), [0, 1, 2]);
    await page.close();
    expectClose(found, [1, Math.cos(1), Math.cos(2)], 1e-6, "cosines");
  });

  test("a graphics card that is taken away is reported with the browser's reason", async () => {
    const page = await browser.newPage();
    await page.goto(server.address);
    const why = await page.evaluate(() => globalThis.lossOnPage());
    await page.close();
    expect(why).toMatch(/destroy/i);
  });

  const messageOf = (page: Page, request: PageRequest) =>
    page.evaluate((asked) => globalThis.trainOnPage(asked).then(() => "", String), request);

  test("threads on a page that is not isolated are refused with what to send", async () => {
    const page = await browser.newPage();
    await page.goto(`${server.address}?open`);
    const message = await messageOf(page, {
      device: "wasm",
      threads: 2,
      place: "page",
      steps: 1,
      model: small,
    });
    await page.close();
    expect(message).toContain(
      "send Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy",
    );
  });

  test("WebGPU is refused where the browser has none", async () => {
    const page = await browser.newPage();
    await page.addInitScript(() => Object.defineProperty(navigator, "gpu", { value: undefined }));
    await page.goto(server.address);
    const message = await messageOf(page, {
      device: "webgpu",
      threads: 1,
      place: "page",
      steps: 1,
      model: small,
    });
    await page.close();
    expect(message).toContain("WebGPU is not available: use a browser that has it, or the device wasm");
  });
});
