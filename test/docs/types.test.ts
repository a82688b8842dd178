import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { kindOf } from "./blocks.js";
import { BLOCKS } from "./pages.js";

const ROOT = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "narrows-page-types-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a block takes as given: it shows a step of something longer. */
const GIVEN: Readonly<Record<string, string>> = {
  "docs/bound.md":
    'import type { NumericArray } from "narrows";\ndeclare const p: NumericArray, d: NumericArray;',
  "docs/tour.md":
    'import { compileProgram, gradients, input, matMul, mean, square, type Tensor } from "narrows";\ndeclare const x: Tensor;',
};

/** The types of each door of the package: `narrows/geometry` and so on. */
function doors(): Record<string, string[]> {
  const { exports } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
    exports: Record<string, string | { types: string }>;
  };
  return Object.fromEntries(
    Object.entries(exports).flatMap(([door, files]) =>
      typeof files === "string" ? [] : [[`narrows${door.slice(1)}`, [join(ROOT, files.types)]]],
    ),
  );
}

test("every TypeScript block has the types that the library has", () => {
  const blocks = BLOCKS.filter((block) => kindOf(block) === "typescript");
  expect(blocks.length).toBeGreaterThan(6);
  const files = blocks.map(({ page, line, lines }) => {
    const name = `${page.replace(/\W+/g, "-")}-${line}.ts`;
    writeFileSync(join(folder, name), [GIVEN[page] ?? "", ...lines, "export {};"].join("\n"));
    return name;
  });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  // docs/extending.md imports the example of its kind.
  cpSync(join(ROOT, "examples/parts/sparse-regularizer.ts"), join(folder, "sparse-regularizer.ts"));
  const compilerOptions = {
    noEmit: true,
    incremental: false,
    noUnusedLocals: false,
    typeRoots: [join(ROOT, "node_modules/@types")],
    paths: doors(),
  };
  const settings = { extends: join(ROOT, "tsconfig.json"), compilerOptions, include: undefined, files };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(settings));
  const { status, stdout } = spawnSync(
    process.execPath,
    [join(ROOT, "node_modules/typescript/bin/tsc"), "--project", folder],
    { encoding: "utf8" },
  );
  expect(stdout).toBe("");
  expect(status).toBe(0);
});
