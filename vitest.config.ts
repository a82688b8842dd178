import { defineConfig } from "vitest/config";

/**
 * Files that measure the memory, change the folder or replace modules of their process have one each. All others share one, since
 * loading the engine anew for each took half of their time.
 */
const ALONE = [
  "data/images/jpeg",
  "data/images/png-table",
  "files/lock",
  "files/system-errors",
  "fuzz/*",
  "papers/echo-noise/data",
].map((files) => `test/${files}.test.ts`);

export default defineConfig({
  test: {
    // For tests that load ONNX Runtime themselves: see NO_TELEMETRY of src/onnx/runtime-files.ts.
    env: { ORT_DISABLE_TELEMETRY: "1" },
    globalSetup: "test/global-setup.ts",
    setupFiles: "test/seeded-properties.ts",
    // The built program is run as it is: Node loads it quicker than vitest transforms it.
    server: { deps: { external: [/\/dist\/(cli|configuration)\/.*\.js$/] } },
    // Two cores: more workers would only wait for each other.
    maxWorkers: 2,
    // For a test that hangs. None may come near it, on however slow a machine.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    projects: [
      {
        extends: true,
        test: { name: "together", include: ["test/**/*.test.ts"], exclude: ALONE, isolate: false },
      },
      { extends: true, test: { name: "alone", include: ALONE } },
    ],
  },
});
