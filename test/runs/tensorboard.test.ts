import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import protobuf from "protobufjs";
import { describe, expect, it } from "vitest";
import { frameRecord } from "../../src/files/tfrecord.js";
import { openTensorBoard } from "../../src/runs/tensorboard.js";
import { temporaryFolder } from "./temporary-folder.js";

// Written anew from TensorFlow's event.proto and summary.proto, so that a wrong field number in the writer is seen.
const Event = protobuf
  .parse(`
  syntax = "proto3";
  message SessionLog { int32 status = 1; string checkpoint_path = 2; string msg = 3; }
  message Value { string tag = 1; float simple_value = 2; }
  message Summary { repeated Value value = 1; }
  message Event {
    double wall_time = 1; int64 step = 2; string file_version = 3; Summary summary = 5; SessionLog session_log = 7;
  }`)
  .root.lookupType("Event");

/** The events of a file, after checking the frame of each. */
function readEvents(path: string): Record<string, unknown>[] {
  const bytes = readFileSync(path);
  const events: Record<string, unknown>[] = [];
  for (let offset = 0; offset < bytes.length; ) {
    const length = Number(bytes.readBigUInt64LE(offset));
    const record = new Uint8Array(bytes.subarray(offset + 12, offset + 12 + length));
    const framed = frameRecord(record);
    expect(bytes.subarray(offset, offset + framed.length)).toEqual(Buffer.from(framed));
    events.push(Event.toObject(Event.decode(record), { longs: Number }));
    offset += framed.length;
  }
  return events;
}

const files = (folder: string) =>
  readdirSync(folder)
    .sort()
    .map((name) => join(folder, name));

describe("openTensorBoard", () => {
  it("writes what TensorBoard reads as scalars", () => {
    const folder = temporaryFolder();
    const before = Date.now() / 1000;
    const log = openTensorBoard(folder);
    log.scalars(0, { "train/rateNats": 0 });
    log.scalars(5_000_000_000, { "train/rateNats": 9.5, "validation/msePerPixel": Number.NaN });
    log.close();
    const wallTime = expect.toSatisfy((time: number) => time >= before && time <= Date.now() / 1000);
    expect(files(folder).map(readEvents)).toEqual([
      [
        { wallTime, fileVersion: "brain.Event:2" },
        { wallTime, step: 0, sessionLog: { status: 1 } },
        { wallTime, step: 0, summary: { value: [{ tag: "train/rateNats", simpleValue: 0 }] } },
        {
          wallTime,
          step: 5_000_000_000,
          summary: {
            value: [
              { tag: "train/rateNats", simpleValue: 9.5 },
              { tag: "validation/msePerPixel", simpleValue: Number.NaN },
            ],
          },
        },
      ],
    ]);
  });

  it("begins a later file on resume, which supersedes the steps after the checkpoint", () => {
    const folder = temporaryFolder();
    openTensorBoard(folder).close();
    openTensorBoard(folder, 20).close();
    openTensorBoard(folder, 30).close();
    const starts = files(folder).map((path) => readEvents(path)[1]);
    expect(starts).toEqual([
      expect.objectContaining({ step: 0, sessionLog: { status: 1 } }),
      expect.objectContaining({ step: 21, sessionLog: { status: 1 } }),
      expect.objectContaining({ step: 31, sessionLog: { status: 1 } }),
    ]);
  });

  it("names a folder that is not there", () => {
    expect(() => openTensorBoard("no/such/run")).toThrow(/^no\/such\/run: no such file or folder/);
  });
});
