import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";

/** The licence and the notices of third parties of each version that was vendored; the package itself comes without them. */
const NOTICES = "packaging";

/** How files get to their place; links to the same bytes cost neither time nor disk, where nobody writes to them. */
type Placing = "copied" | "linked";

/**
 * Puts onnxruntime-node into a folder as a package without an install script, from which src/onnx/runtime-files.ts loads it: its script
 * downloads libraries for CUDA that nobody asked for. Left out is what is never loaded: the script and its dependencies, sources, types,
 * maps, and the second copy of the library for macOS (the binding asks for the first by its name).
 * @param root of the clone, with node_modules.
 * @throws Error where the notices of the installed version are not in packaging/, or the library for macOS has no longer two copies.
 */
export function vendorEngine(root: string, folder: string, placing: Placing = "copied"): void {
  const from = join(root, "node_modules", "onnxruntime-node");
  const { name, version, license, main, os, repository } = JSON.parse(
    readFileSync(join(from, "package.json"), "utf8"),
  ) as Record<string, unknown>;
  const notices = join(root, NOTICES, `onnxruntime-${version}`);
  if (!existsSync(notices)) {
    throw new Error(
      `no folder ${notices}: put LICENSE and ThirdPartyNotices.txt of ONNX Runtime ${version} there (CONTRIBUTING.md, Release)`,
    );
  }
  const files = readdirSync(from, { recursive: true, encoding: "utf8" })
    .filter((path) => /^(?:dist[\\/].*\.js|bin[\\/].*\.(?:node|dll|dylib|so(?:\.\d+)*))$/.test(path))
    .sort();
  const second = files.find((path) => basename(path) === `libonnxruntime.${version}.dylib`);
  if (!second)
    throw new Error(`onnxruntime-node ${version} has no libonnxruntime.${version}.dylib to leave out`);
  const sources = [
    ...files.filter((path) => path !== second).map((path) => [join(from, path), path] as const),
    ...readdirSync(notices).map((file) => [join(notices, file), file] as const),
  ];
  rmSync(folder, { recursive: true, force: true });
  for (const [source, path] of sources) {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    if (placing === "linked") linkSync(source, target);
    else copyFileSync(source, target);
  }
  const description = "onnxruntime-node without its install script, as a part of Narrows";
  const about = {
    name,
    version,
    description,
    license,
    repository,
    os,
    main,
    type: "commonjs",
    private: true,
  };
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(about, null, 2)}\n`);
}
