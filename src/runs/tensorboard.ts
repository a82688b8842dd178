/**
 * Scalars for TensorBoard: one `events.out.tfevents.*` file for each process that trained the run. TensorBoard reads the
 * files of a folder in the order of their names; one that opens with a "session start" at step s makes it forget
 * what the earlier ones say of step s and later, so nothing is rewritten on resume.
 *
 * Fields and numbers are those of TensorFlow's event.proto and summary.proto (brain.Event:2), only what is needed here.
 */
import { closeSync, openSync, readdirSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import protobuf from "protobufjs/light.js";
import { writeAll } from "../files/atomic.js";
import { requireHold } from "../files/hold.js";
import { inFileSystem } from "../files/system-errors.js";
import { frameRecord } from "../files/tfrecord.js";
import { addToSum, NOTHING, type Sum } from "./sums.js";

const Event = protobuf.Root.fromJSON({
  nested: {
    Event: {
      fields: {
        wallTime: { type: "double", id: 1 },
        step: { type: "int64", id: 2 },
        fileVersion: { type: "string", id: 3 },
        summary: { type: "Summary", id: 5 },
        sessionLog: { type: "SessionLog", id: 7 },
      },
    },
    SessionLog: { fields: { status: { type: "int32", id: 1 } } },
    Summary: { fields: { value: { rule: "repeated", type: "Value", id: 1 } } },
    Value: { fields: { tag: { type: "string", id: 1 }, simpleValue: { type: "float", id: 2 } } },
  },
}).lookupType("Event");

const SESSION_START = 1;
const FILE_NAME = /^events\.out\.tfevents\.(\d+)\./;

/** An open TensorBoard file. */
export interface TensorBoardLog {
  readonly path: string;
  /** Of all that is written. */
  sum(): Sum;
  /** Adds named scalars (`train/rateNats`) measured after `step` training steps; stored in single precision. */
  scalars(step: number, values: Readonly<Record<string, number>>): void;
  close(): void;
}

/**
 * Begins a new TensorBoard file in a run's folder.
 * @param resumedFrom the step of the checkpoint that training continues from; what was logged after it is
 * superseded. Omit it for a new run.
 * @throws UserError, here and in `scalars`, when the disk is full or the folder cannot be written
 */
export function openTensorBoard(folder: string, resumedFrom?: number): TensorBoardLog {
  const path = nextPath(folder);
  const explained = <Result>(action: () => Result): Result => inFileSystem(path, action);
  const handle = explained(() => openSync(path, "wx"));
  let sum = NOTHING;
  const write = (event: Record<string, unknown>) => {
    const bytes = frameRecord(Event.encode({ wallTime: Date.now() / 1000, ...event }).finish());
    requireHold(path);
    explained(() => writeAll(handle, bytes));
    sum = addToSum(sum, bytes);
  };
  write({ fileVersion: "brain.Event:2" });
  // TensorBoard takes the first start it meets for the beginning, and only later ones for a restart: a new run needs one.
  write({ step: resumedFrom === undefined ? 0 : resumedFrom + 1, sessionLog: { status: SESSION_START } });
  return {
    path,
    sum: () => sum,
    scalars: (step, values) => {
      const value = Object.entries(values).map(([tag, simpleValue]) => ({ tag, simpleValue }));
      write({ step, summary: { value } });
    },
    close: () => closeSync(handle),
  };
}

/** A name that sorts after all there are, even when two processes begin within a second or the clock goes back. */
function nextPath(folder: string): string {
  const names = inFileSystem(folder, () => readdirSync(folder));
  const earlier = names.map((name) => Number(FILE_NAME.exec(name)?.[1] ?? 0));
  const seconds = Math.max(Math.floor(Date.now() / 1000), ...earlier.map((time) => time + 1));
  const digits = String(seconds).padStart(10, "0");
  return join(folder, `events.out.tfevents.${digits}.${hostname()}.${process.pid}.narrows`);
}
