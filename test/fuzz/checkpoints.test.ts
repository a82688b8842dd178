/** Checkpoints from strangers: weights, or one line. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { zipSync } from "fflate";
import { expect, test } from "vitest";
import { bytesSource } from "../../src/files/source.js";
import { openZip } from "../../src/files/zip.js";
import { decodeTorchCheckpoint } from "../../src/torch/torch-checkpoint.js";
import { fuzz } from "../support/fuzz.js";

const fixture = new Uint8Array(
  readFileSync(fileURLToPath(new URL("../import/fixtures/tiny.ckpt", import.meta.url))),
);
const read = (file: Uint8Array) => decodeTorchCheckpoint(file, "x.ckpt");

test("archives", () => {
  expect(fuzz([fixture], read, 2000, "checkpoint archive")).toBeGreaterThan(700);
});

test("pickles within archives whose checksums fit", () => {
  const archive = openZip(bytesSource(fixture, "x.ckpt"));
  const files = Object.fromEntries(archive.entries.map((entry) => [entry.name, archive.read(entry)]));
  const name = Object.keys(files).find((key) => key.endsWith("data.pkl"))!;
  const readWith = (pickle: Uint8Array) => read(zipSync({ ...files, [name]: pickle }, { level: 0 }));
  expect(fuzz([files[name]!], readWith, 2000, "pickle")).toBeGreaterThan(1000);
});
