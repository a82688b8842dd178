import { build } from "esbuild";

/** A module and all it needs as one script for a browser, and the names of what its modules import. */
export async function bundleForBrowser(file: string): Promise<{ code: string; imports: string[] }> {
  const { outputFiles, metafile } = await build({
    entryPoints: [file],
    bundle: true,
    format: "esm",
    platform: "browser",
    target: "es2023",
    write: false,
    metafile: true,
    logLevel: "silent",
  });
  const imports = Object.values(metafile.inputs).flatMap((module) => module.imports.map(({ path }) => path));
  return { code: outputFiles[0]!.text, imports };
}
