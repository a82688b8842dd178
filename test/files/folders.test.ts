import { existsSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writeFileAtomic } from "../../src/files/atomic.js";
import { makeFolder } from "../../src/files/folders.js";
import { temporaryFolder } from "../runs/temporary-folder.js";

test("folders are made where they are missing, and left where they are", () => {
  const folder = join(temporaryFolder(), "a", "b", "c");
  makeFolder(folder);
  makeFolder(folder);
  expect(existsSync(folder)).toBe(true);
});

test("through a link to a folder, too", () => {
  const root = temporaryFolder();
  makeFolder(join(root, "real"));
  symlinkSync(join(root, "real"), join(root, "link"));
  makeFolder(join(root, "link", "below"));
  expect(existsSync(join(root, "real", "below"))).toBe(true);
});

test.runIf(existsSync("/proc/self"))("a folder that cannot be made is refused at once", () => {
  expect(() => makeFolder("/proc/nowhere")).toThrow(
    /^\/proc\/nowhere: no folder can be made in \/proc\. Choose another folder\.$/,
  );
  expect(() => writeFileAtomic("/proc/nowhere/below/x.csv", "")).toThrow(/^\/proc\/nowhere: no folder/);
});

test("a file or a link to nothing in the way is named", () => {
  const root = temporaryFolder();
  writeFileSync(join(root, "file"), "");
  symlinkSync(join(root, "nothing"), join(root, "link"));
  expect(() => makeFolder(join(root, "file", "below"))).toThrow(/file\S*: a part of this path is a file/);
  expect(() => makeFolder(join(root, "link", "below"))).toThrow(/link: a file of that name exists already/);
});
