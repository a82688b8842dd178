import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const SOURCES = join(import.meta.dirname, "../../src");

test("onnxruntime-node is imported in one place, which lets it find its library for CUDA", () => {
  const importing = readdirSync(SOURCES, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .filter((file) =>
      /^import (?!type).*from "onnxruntime-node"|[^f]\bimport\("onnxruntime-node"\)/m.test(
        readFileSync(join(SOURCES, file), "utf8"),
      ),
    );
  expect(importing).toEqual([join("onnx", "runtime.ts")]);
});
