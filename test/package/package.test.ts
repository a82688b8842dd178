/**
 * The package as it would be packed, put where a user has it, next to this clone's dependencies. What only an installation from the
 * registry shows is in install.package.ts (npm run test:package).
 */
import { spawnSync } from "node:child_process";
import { linkSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { packageFiles } from "../../packaging/package-files.js";
import { vendorEngine } from "../../packaging/vendor-engine.js";
import { buildPage, ENTRIES, expectDemo, expectTypes } from "./user.js";

const ROOT = join(import.meta.dirname, "../..");
const packageJson = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));

// On the same disk as the files, so that they are linked and not copied; the dependencies are found in the folder above.
mkdirSync(join(ROOT, "node_modules", ".narrows-packaging"), { recursive: true });
const folder = mkdtempSync(join(ROOT, "node_modules", ".narrows-packaging", "user-"));
const installed = join(folder, "node_modules", "narrows");
const program = [process.execPath, join(installed, packageJson.bin.narrows)] as const;

beforeAll(() => {
  for (const path of packageFiles(ROOT, packageJson)) {
    mkdirSync(dirname(join(installed, path)), { recursive: true });
    linkSync(join(ROOT, path), join(installed, path));
  }
  vendorEngine(ROOT, join(installed, "engine"), "linked");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const narrows = (...args: string[]) =>
  spawnSync(program[0], [...program.slice(1), ...args], { cwd: folder, encoding: "utf8" });

test("npm would pack these files, and no notes of the compiler", () => {
  const { stdout } = spawnSync("npm", ["pack", "--dry-run", "--ignore-scripts", "--json"], {
    cwd: ROOT,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  const [{ files }] = JSON.parse(stdout) as [{ files: { path: string }[] }];
  const packed = files.map(({ path }) => path).sort();
  expect(packed).toEqual(packageFiles(ROOT, packageJson));
  expect(packed.filter((path) => /tsbuildinfo|\.test\.|^src\//.test(path))).toEqual([]);
  for (const path of ["README.md", "LICENSE", "CHANGELOG.md", "CITATION.cff", "SECURITY.md"])
    expect(packed).toContain(path);
});

test("nothing of it has an install script or needs a package of binaries for other systems", () => {
  const engine = JSON.parse(readFileSync(join(installed, "engine", "package.json"), "utf8"));
  expect(engine).not.toHaveProperty("scripts");
  expect(engine).not.toHaveProperty("dependencies");
  expect(Object.keys(packageJson.scripts)).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/^(pre|post)?install$/)]),
  );
  expect(Object.keys(packageJson.dependencies).filter((name) => /onnxruntime-(?!common)/.test(name))).toEqual(
    [],
  );
  // The engine is built for this version of what it shares with the runtime of browsers.
  expect(packageJson.dependencies["onnxruntime-common"]).toBe(engine.version);
});

test("the installed program helps, shows its schema, and says where its engine is", () => {
  expect(narrows("--help").stdout).toContain("Usage: narrows");
  expect(narrows("schema").stdout).toBe(
    readFileSync(join(ROOT, packageJson.exports["./schema.json"]), "utf8"),
  );
  const report = JSON.parse(narrows("doctor", "--json").stdout);
  expect(report).toMatchObject({ onnxruntimeFolder: join(installed, "engine") });
  expect(report.devices[0]).toMatchObject({ device: "cpu", works: true });
});

test("it trains and draws, and leaves nothing in the user's folder", () => {
  const home = join(folder, "home");
  mkdirSync(home);
  expectDemo(folder, program, home);
});

describe("types", () => {
  test("are valid in a strict project of Node", () =>
    expectTypes(folder, { module: "NodeNext", moduleResolution: "NodeNext" }));
  test("are valid in a strict project that is bundled", () =>
    expectTypes(folder, { module: "ESNext", moduleResolution: "bundler" }));
});

test("Vite builds a page with narrows/web, without what it does not use", async () => {
  expect(await buildPage(folder)).toBeLessThan(1_500_000);
});

describe("what an entry loads", () => {
  const bundle = (contents: string, minify = false) =>
    build({
      stdin: { contents, resolveDir: folder },
      bundle: true,
      minify,
      format: "esm",
      platform: "browser",
      write: false,
      metafile: true,
      logLevel: "silent",
      external: ["onnxruntime-web"],
    });

  /** Names of the packages and of Node's modules that the code of an entry imports. */
  async function importsOf(entry: string): Promise<string[]> {
    const { metafile } = await bundle(`export * from "${entry}"`);
    const imported = Object.values(metafile.inputs).flatMap(({ imports }) => imports.map(({ path }) => path));
    const names = Object.keys(metafile.inputs).flatMap(
      (path) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? [],
    );
    const builtins = imported.filter((path) => path.startsWith("node:") || builtinModules.includes(path));
    return [...new Set([...names, ...builtins])].filter((name) => name !== "narrows").sort();
  }

  test.each([
    ["narrows/geometry", /^(ml-matrix|ml-array-.*|is-any-array)$/],
    ["narrows/information", /^(fastest-levenshtein|jsep)$/],
    ["narrows/disentanglement", /^$/],
    ["narrows/quality", /^(ml-matrix|ml-array-.*|is-any-array)$/],
    [
      "narrows/measures",
      /^(ml-matrix|ml-array-.*|is-any-array|fastest-levenshtein|jsep|pure-rand|fast-png|iobuffer|fflate)$/,
    ],
    [
      "narrows/tensor",
      /^(protobufjs|@protobufjs\/.*|long|zod|fastest-levenshtein|pure-rand|onnxruntime-common)$/,
    ],
    ["narrows/model", /^(zod|fastest-levenshtein|jsep|pure-rand)$/],
  ])("%s loads neither the engine nor anything that draws, and no module of Node", async (entry, allowed) => {
    expect(ENTRIES).toContain(entry);
    expect((await importsOf(entry)).filter((name) => !allowed.test(name))).toEqual([]);
  });

  /** Kilobytes that a page loads, compressed. */
  const kilobytesOf = async (contents: string) =>
    gzipSync((await bundle(contents, true)).outputFiles[0]!.contents).length / 1000;

  test("narrows/measures has no program of tensors, and is small; what a page does not use is left out", async () => {
    const { metafile } = await bundle('export * from "narrows/measures"');
    const rooms = Object.keys(metafile.inputs).flatMap((path) => /\bdist\/([^/]+)\//.exec(path)?.[1] ?? []);
    expect([...new Set(rooms)].sort()).toEqual([
      "data",
      "disentanglement",
      "figures",
      "files",
      "geometry",
      "information",
      "linear-algebra",
      "quality",
      "random",
    ]);
    expect(await kilobytesOf('export * from "narrows/measures"')).toBeLessThan(95);
    const indices = 'export { distortionIndices, distortionMatrix, toPoints } from "narrows/measures"';
    expect(await kilobytesOf(indices)).toBeLessThan(12);
  });
});
