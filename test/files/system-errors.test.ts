import { constants } from "node:os";
import { expect, test, vi } from "vitest";
import { UserError } from "../../src/errors.js";
import { writeFileAtomic } from "../../src/files/atomic.js";
import { readBytes } from "../../src/files/read.js";
import { explainSystemError } from "../../src/files/system-errors.js";
import { temporaryFolder } from "../runs/temporary-folder.js";

/** The calls that fail, and how. */
const faults = vi.hoisted(() => ({ call: "", error: undefined as Error | undefined }));

vi.mock("node:fs", async (importOriginal) => {
  const fs = await importOriginal<typeof import("node:fs")>();
  const failing = ["mkdirSync", "openSync", "writeSync", "fsyncSync", "renameSync", "readFileSync"] as const;
  const wrapped = failing.map((name) => [
    name,
    (...args: unknown[]) => {
      if (faults.call === name && faults.error) throw faults.error;
      return (fs[name] as (...args: unknown[]) => unknown)(...args);
    },
  ]);
  return { ...fs, ...Object.fromEntries(wrapped) };
});

/** An error as Node makes it of the system's; numbers that libuv does not know have no code of their own. */
function systemError(name: string, known = true) {
  const number = (constants.errno as Readonly<Record<string, number>>)[name] ?? 999;
  const code = known ? name : `Unknown system error -${number}`;
  const fields = { code, errno: -number, syscall: "write" };
  return Object.assign(new Error(`${code}: something, write`), fields);
}

const CODES = [
  ...["EACCES", "EBUSY", "EDQUOT", "EEXIST", "EFBIG", "EINVAL", "EIO", "EISDIR", "ELOOP", "EMFILE", "EMLINK"],
  ...["ENAMETOOLONG", "ENFILE", "ENODEV", "ENOENT", "ENOMEM", "ENOSPC", "ENOTDIR", "ENOTEMPTY", "ENOTSUP"],
  ...["ENXIO", "EPERM", "EROFS", "ESTALE", "ETIMEDOUT", "ETXTBSY", "EXDEV", "ESOMETHING"],
];

test.each(CODES)("%s is one line with a remedy, in every call that writes or reads a file", (code) => {
  const folder = temporaryFolder();
  const message = /^[^\n]+: [^\n]+\. [A-Z][^\n]+\.$/;
  faults.error = systemError(code);
  for (faults.call of ["mkdirSync", "openSync", "writeSync", "fsyncSync", "renameSync"]) {
    const path = `${folder}/${faults.call === "mkdirSync" ? "new/" : ""}file`;
    expect(() => writeFileAtomic(path, "content")).toThrow(UserError);
    expect(() => writeFileAtomic(path, "content")).toThrow(message);
  }
  faults.call = "readFileSync";
  expect(() => readBytes(`${folder}/file`)).toThrow(message);
  faults.call = "";
});

test("numbers that libuv has no name for are known by their number", () => {
  expect(explainSystemError(systemError("EDQUOT", false), "a.csv")).toHaveProperty(
    "message",
    expect.stringMatching(/^a\.csv: the disk quota is used up\. Free some space/),
  );
  expect(explainSystemError(systemError("ESTALE", false), "a.csv")).toHaveProperty(
    "message",
    expect.stringMatching(/^a\.csv: the network drive no longer knows this file/),
  );
});

test("an unknown code is named, and a defect of ours stays one", () => {
  expect(explainSystemError(systemError("ESOMETHING"), "a.csv")).toHaveProperty(
    "message",
    "a.csv: the system reports ESOMETHING (write). Try another folder or drive, then run the command again.",
  );
  const defect = new TypeError("x is not a function");
  // zlib has numbers of its own.
  const damaged = Object.assign(new Error("unexpected end of file"), { code: "Z_BUF_ERROR", errno: -5 });
  for (const error of [defect, damaged]) expect(explainSystemError(error, "a.csv")).toBe(error);
});

test("a path with a null byte is a mistake of the user", () => {
  expect(() => readBytes("a\0b.csv")).toThrow(/^a\\0b\.csv: a path holds no null byte\./);
});

test("a file on a read-only file system is not said to be missing", () => {
  faults.call = "mkdirSync";
  faults.error = systemError("EROFS");
  expect(() => writeFileAtomic(`${temporaryFolder()}/new/a.csv`, "")).toThrow(/the file system is read-only/);
  faults.call = "";
});
