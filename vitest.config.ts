import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: "test/global-setup.ts",
    setupFiles: "test/seeded-properties.ts",
    // The built program is run as it is: Node loads it quicker than vitest transforms it.
    server: { deps: { external: [/\/dist\/cli\/program\.js$/] } },
    // Two cores: more workers only make the timing of killed processes noisier.
    maxWorkers: 2,
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
