import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path/posix";
import { expect, test } from "vitest";

/** The rooms of src/ from the top down, as CONTRIBUTING.md has them: a room imports from those below it alone. */
const ROOMS = [
  "library",
  "cli",
  "papers",
  "reproduction",
  "cluster",
  "analysis",
  "run-figures",
  "sweeps",
  "plans",
  "import",
  "export",
  "features",
  "layer-geometry",
  "report",
  "figures",
  "training",
  "lab",
  "runs",
  "torch",
  "configuration",
  "extension",
  "settings",
  "model",
  "distances",
  "nn",
  "onnx",
  "information",
  "disentanglement",
  "quality",
  "data",
  "geometry",
  "tensor",
  "linear-algebra",
  "files",
  "kernels",
  "random",
];
/** Who may know the papers: they themselves, the library's face, and the command that reproduces them. */
const KNOWS_PAPERS =
  /^(papers\/|index\.ts$|library\/papers\.ts$|cli\/program\.ts$|cli\/commands\/reproduce\/)/;

/** Every file of src/ by its path there, with its lines and the paths of what it imports. */
const FILES = readdirSync("src", { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ts"))
  .map((path) => {
    const text = readFileSync(join("src", path), "utf8");
    const imports = [...text.matchAll(/(?:from|import\(?)\s*"(\.[^"]+)"/g)].map(([, specifier]) =>
      normalize(join(dirname(path), specifier!)),
    );
    return { path, imports, lines: text.split("\n").length - 1 };
  });

const roomOf = (path: string) => (path.includes("/") ? path.slice(0, path.indexOf("/")) : undefined);

test("files have one idea each: none over 500 lines, few under 20", () => {
  const sizes = FILES.map(({ lines }) => lines).sort((a, b) => a - b);
  expect(FILES.filter(({ lines }) => lines > 500).map(({ path }) => path)).toEqual([]);
  expect(FILES.filter(({ lines }) => lines < 20).map(({ path }) => path).length).toBeLessThan(40);
  const median = sizes[Math.floor(sizes.length / 2)]!;
  expect(median).toBeGreaterThanOrEqual(50);
  expect(median).toBeLessThanOrEqual(120);
});

test("every room has its place, and arrows point down", () => {
  const rooms = new Set(FILES.flatMap(({ path }) => roomOf(path) ?? []));
  expect([...rooms].filter((room) => !ROOMS.includes(room))).toEqual([]);
  const upward = FILES.flatMap(({ path, imports }) => {
    const from = roomOf(path);
    return imports
      .filter((to) => from !== undefined && roomOf(to) !== undefined)
      .filter((to) => ROOMS.indexOf(roomOf(to)!) < ROOMS.indexOf(from!))
      .map((to) => `${path} -> ${to}`);
  });
  expect(upward).toEqual([]);
});

test("no general code knows a paper", () => {
  const knowing = FILES.filter(
    ({ path, imports }) => !KNOWS_PAPERS.test(path) && imports.some((to) => roomOf(to) === "papers"),
  );
  expect(knowing.map(({ path }) => path)).toEqual([]);
});

test("zod is imported as a namespace, so that a page's bundle has only what is used of it", () => {
  // With `import { z }` esbuild keeps the whole of zod with its languages: 350 kB more for every page.
  const whole = FILES.map(({ path }) => path).filter((path) =>
    /^(import|export) \{ z \} from "zod"/m.test(readFileSync(join("src", path), "utf8")),
  );
  expect(whole).toEqual([]);
});
