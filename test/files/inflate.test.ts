import { join } from "node:path";
import { deflateSync, gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { decodeNpy, encodeNpy } from "../../src/data/arrays/index.js";
import { readIdx } from "../../src/data/idx.js";
import { readMatlab } from "../../src/data/matlab/read.js";
import { inflate, requireUsualSize } from "../../src/files/inflate.js";
import { folderWith, idx, refusal } from "../data/files.js";
import { matlabFile } from "../data/matlab/write.js";

const zeros = new Uint8Array(2 ** 20);

test("B2: no more comes out than is due, and never very much more than went in", () => {
  const limit = { bytes: 1000, because: "which is what is due", remedy: "Copy it again" };
  for (const [packing, packed] of [
    ["gzip", gzipSync(zeros)],
    ["zlib", deflateSync(zeros)],
  ] as const) {
    expect(refusal(() => inflate(packed, packing, "a", limit))).toBe(
      "a: it would unpack to more than 1000 bytes, which is what is due. Copy it again.",
    );
    expect(Buffer.compare(inflate(packed, packing, "a"), zeros)).toBe(0);
    expect(refusal(() => inflate(packed, packing, "a", { ...limit, bytes: 2 ** 30 }))).toMatch(
      /more than 512 MiB/,
    );
  }
  // 5 MB may become 1 GB, as published data do.
  requireUsualSize(1e9, 5e6, "a");
  expect(refusal(() => requireUsualSize(1.1e9, 5e6, "a"))).toMatch(
    /more than 200 times what it takes packed\. If/,
  );
});

test("B2: an idx file is unpacked as far as its header says", () => {
  const folder = folderWith({
    more: gzipSync(Buffer.concat([idx([10], new Uint8Array(10)), zeros])),
    absurd: gzipSync(idx([2 ** 32 - 1, 2 ** 32 - 1, 2 ** 32 - 1], [1])),
  });
  expect(refusal(() => readIdx(join(folder, "more"), 1), folder)).toMatch(
    /^more: it would unpack to more than 18 bytes, which is what its header says\. It is damaged/,
  );
  expect(refusal(() => readIdx(join(folder, "absurd"), 3), folder)).toMatch(
    /^absurd: it would unpack to 7\.9\d+e\+28 bytes/,
  );
});

test("B2: compressed arrays of a .mat file are unpacked as far as their tag says, and only where they are asked for", () => {
  const file = Buffer.from(matlabFile([{ name: "a", shape: [1, 1], values: [1] }]));
  // The array's own tag says 4 GB.
  const matrix = file.subarray(128);
  matrix.writeUInt32LE(2 ** 32 - 8, 4);
  const packed = deflateSync(matrix);
  const tag = Buffer.alloc(8);
  tag.writeUInt32LE(15, 0);
  tag.writeUInt32LE(packed.length, 4);
  const lying = new Uint8Array(Buffer.concat([file.subarray(0, 128), tag, packed]));
  expect(refusal(() => readMatlab(lying, ["a"], "a.mat"))).toMatch(
    /^a\.mat: it would unpack to 4294967296 bytes/,
  );
  expect(readMatlab(lying, ["b"], "a.mat").size).toBe(0);
});

test("B2: shapes that no file can hold are refused before memory is asked for", () => {
  for (const shape of [
    "1000000000, 1000000000",
    "4294967296, 4294967296, 4294967296",
    "-1, 4",
    `${"9".repeat(400)},`,
  ]) {
    const text = Buffer.from(encodeNpy({ shape: [4], data: new Float64Array(4) })).toString("latin1");
    const padded = text.replace(/\(4,\).{0,60}/, `(${shape}), }`).replace(/^(.{8}).{2}/s, "$1");
    const header = padded.slice(8, padded.indexOf("}") + 1);
    const length = Buffer.alloc(2);
    length.writeUInt16LE(header.length);
    const bytes = Buffer.concat([
      Buffer.from(padded.slice(0, 8), "latin1"),
      length,
      Buffer.from(header),
      Buffer.alloc(32),
    ]);
    expect(refusal(() => decodeNpy(new Uint8Array(bytes), "a.npy"))).toMatch(
      /^a\.npy: (shape \[|its header does not say)/,
    );
  }
});
