import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { runtimeFiles, runtimeMissing } from "../../src/onnx/runtime-files.js";
import { sourceTexts } from "../support/source-texts.js";

const SOURCES = join(import.meta.dirname, "../../src");

/** Files of src/ with this text as a whole literal, which is what imports and resolves a package. */
const filesNaming = (specifier: RegExp) =>
  readdirSync(SOURCES, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .filter((file) =>
      sourceTexts(readFileSync(join(SOURCES, file), "utf8")).texts.some(({ text }) => specifier.test(text)),
    );

test("onnxruntime-node is found in one place, and no type is its own: an installed Narrows does not depend on it", () => {
  expect(filesNaming(/^["']onnxruntime-node(\/.*)?["']$/)).toEqual([join("onnx", "runtime-files.ts")]);
  expect(filesNaming(/^["']onnxruntime-web(\/.*)?["']$/)).toEqual([join("onnx", "web.ts")]);
});

test("ONNX Runtime writes nothing about this machine, and sends nothing, unless the user wants it to", () => {
  const home = mkdtempSync(join(tmpdir(), "narrows-home-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const built = (file: string) => new URL(`../../dist/${file}.js`, import.meta.url).href;
  const program = `
    const { nodeDevice } = await import("${built("onnx/node")}");
    const { compileProgram } = await import("${built("onnx/compile")}");
    const { input, square } = await import("${built("tensor/index")}");
    const device = await nodeDevice("cpu", 1);
    const session = await device.open(compileProgram({ y: square(input("x", [1], { kind: "scalar" })) }));
    const into = { y: new Float32Array(1) };
    await session.run({ x: Float32Array.of(3) }, into);
    console.log(into.y[0], process.env.ORT_DISABLE_TELEMETRY);`;
  const leftIn = (environment: Record<string, string>) => {
    // With CI=true the runtime writes nothing by itself, and the test could not fail.
    const { ORT_DISABLE_TELEMETRY: _, XDG_CACHE_HOME: __, CI: ___, ...ours } = process.env;
    const printed = execFileSync(process.execPath, ["--input-type=module", "--eval", program], {
      encoding: "utf8",
      env: { ...ours, HOME: home, ...environment },
    });
    const [result, telemetryDisabled] = printed.trim().split(" ");
    expect(result).toBe("9");
    return { telemetryDisabled, files: readdirSync(home, { recursive: true, encoding: "utf8" }) };
  };
  expect(leftIn({})).toEqual({ telemetryDisabled: "1", files: [] });
  // What it writes then is up to the runtime.
  expect(leftIn({ ORT_DISABLE_TELEMETRY: "0" }).telemetryDisabled).toBe("0");
});

describe("the folder of NARROWS_ONNXRUNTIME", () => {
  const folderWith = (packageJson: string) => {
    const folder = mkdtempSync(join(tmpdir(), "narrows-runtime-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    mkdirSync(join(folder, "dist"));
    writeFileSync(join(folder, "package.json"), packageJson);
    return folder;
  };

  test("counts in place of the runtime that comes with Narrows", () => {
    const folder = folderWith('{"name":"onnxruntime-node","version":"9.8.7","main":"dist/index.js"}');
    const files = runtimeFiles({ NARROWS_ONNXRUNTIME: folder });
    expect(files).toMatchObject({ version: "9.8.7", folder, entry: join(folder, "dist/index.js") });
    const { platform, arch: architecture } = process;
    expect(runtimeMissing({ platform, architecture, runtime: files })).toEqual([
      {
        what: `ONNX Runtime 9.8.7 has no build for ${platform} ${architecture} in ${folder}`,
        remedy: expect.stringContaining("macOS on arm64"),
      },
    ]);
  });

  test.each(["", "{", '{"name":"onnxruntime-web"}'])("is refused where it is no such package: %s", (text) => {
    expect(() => runtimeFiles({ NARROWS_ONNXRUNTIME: folderWith(text) })).toThrow(
      /^NARROWS_ONNXRUNTIME: .* is not the folder of the package onnxruntime-node\. Set it to such a folder/,
    );
  });
});
