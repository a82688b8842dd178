import { defineConfig } from "vitest/config";

/** Installations of the packed package from the registry, which take minutes and a network: `npm run test:package`. */
export default defineConfig({
  test: {
    include: ["test/package/*.package.ts"],
    testTimeout: 1_800_000,
    hookTimeout: 1_800_000,
  },
});
