import { defineConfig } from "vitest/config";

/**
 * Folders of tests of plain functions: numbers in, numbers out. Their files share a process, since loading the engine anew for each
 * took half of their time. Files that look at the memory, the folder or the signals of their process have one each.
 */
const TOGETHER = ["disentanglement", "distances", "information", "model", "nn", "quality", "tensor"].map(
  (folder) => `test/${folder}/**/*.test.ts`,
);

export default defineConfig({
  test: {
    globalSetup: "test/global-setup.ts",
    setupFiles: "test/seeded-properties.ts",
    // The built program is run as it is: Node loads it quicker than vitest transforms it.
    server: { deps: { external: [/\/dist\/cli\/program\.js$/] } },
    // Two cores: more workers would only wait for each other.
    maxWorkers: 2,
    // For a test that hangs. None may come near it, on however slow a machine.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    projects: [
      { extends: true, test: { name: "together", include: TOGETHER, isolate: false } },
      { extends: true, test: { name: "alone", include: ["test/**/*.test.ts"], exclude: TOGETHER } },
    ],
  },
});
