import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { chromiumPath } from "../browser.js";

const MANIFEST = "vk_swiftshader_icd.json";

/** Where Debian's Chromium, or the one that is named, has the software driver for Vulkan that it brings, and a loader for it. */
const folder = ["/usr/lib/chromium", ...(chromiumPath ? [dirname(chromiumPath)] : [])].find((candidate) =>
  [MANIFEST, "libvulkan.so.1"].every((name) => existsSync(join(candidate, name))),
);

/** Variables with which a Node process of its own has a WebGPU device; undefined where there is no such driver. */
export const SOFTWARE_VULKAN = folder && {
  LD_LIBRARY_PATH: folder,
  VK_ICD_FILENAMES: join(folder, MANIFEST),
  VK_DRIVER_FILES: join(folder, MANIFEST),
};

/** What a test that needs it is called. */
export const ON_WEBGPU = SOFTWARE_VULKAN
  ? "on WebGPU in Node"
  : "on WebGPU in Node (skipped: no Chromium with its software driver for Vulkan)";
