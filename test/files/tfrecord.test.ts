import { describe, expect, it } from "vitest";
import { crc32c, frameRecord } from "../../src/files/tfrecord.js";

describe("crc32c", () => {
  // RFC 3720, appendix B.4, and the check value of the catalogue of parametrised CRC algorithms.
  it.each([
    ["32 bytes of zeros", new Uint8Array(32), 0x8a9136aa],
    ["32 bytes of ones", new Uint8Array(32).fill(0xff), 0x62a8ab43],
    ["32 bytes rising", Uint8Array.from({ length: 32 }, (_, index) => index), 0x46dd794e],
    ["32 bytes falling", Uint8Array.from({ length: 32 }, (_, index) => 31 - index), 0x113fdb5c],
    ["123456789", new TextEncoder().encode("123456789"), 0xe3069283],
    ["nothing", new Uint8Array(0), 0],
  ])("of %s is the published value", (_, bytes, expected) => {
    expect(crc32c(bytes)).toBe(expected);
  });
});

describe("frameRecord", () => {
  it("frames as TensorFlow does", () => {
    // Made by the RecordWriter of TensorBoard 2.21 from Event(wall_time=1, file_version="brain.Event:2").
    const record = new Uint8Array([
      9,
      0,
      0,
      0,
      0,
      0,
      0,
      0xf0,
      0x3f,
      0x1a,
      0x0d,
      ...Buffer.from("brain.Event:2"),
    ]);
    expect(Buffer.from(frameRecord(record)).toString("hex")).toBe(
      "1800000000000000a37f4b2209000000000000f03f1a0d627261696e2e4576656e743a3286bf577a",
    );
  });
});
