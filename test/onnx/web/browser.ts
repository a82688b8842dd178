import { type Browser, chromium } from "playwright-core";
import { chromiumPath } from "../../browser.js";

/** A headless Chromium with WebGPU in software, which asks nothing of the network by itself. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath!,
    args: [
      "--no-sandbox",
      "--disable-gpu-sandbox",
      "--disable-background-networking",
      "--no-first-run",
      "--enable-unsafe-webgpu",
      "--use-webgpu-adapter=swiftshader",
      "--enable-features=Vulkan,WebGPU",
    ],
  });
}
