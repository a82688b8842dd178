import * as nodeCrypto from "node:crypto";
import * as nodeZlib from "node:zlib";
import { expect, test } from "vitest";
import { createHash } from "../../site/lab/node/crypto.js";
import { crc32 } from "../../site/lab/node/zlib.js";

const bytes = Uint8Array.from({ length: 3000 }, (_, k) => (k * k + 7 * k) % 256);

test("the browser's CRC-32 is Node's, of bytes, of texts, and continued", () => {
  for (const data of [bytes, "", "häuser", bytes.subarray(0, 1)])
    expect(crc32(data)).toBe(nodeZlib.crc32(data));
  const first = crc32(bytes.subarray(0, 1000));
  expect(crc32(bytes.subarray(1000), first)).toBe(nodeZlib.crc32(bytes));
});

test("the browser's SHA-256 is Node's", () => {
  const ours = createHash("sha256").update("a text\n").update(bytes).digest("hex");
  expect(ours).toBe(nodeCrypto.createHash("sha256").update("a text\n").update(bytes).digest("hex"));
});
