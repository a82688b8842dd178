import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { create } from "tar";
import { afterAll, describe, expect, test } from "vitest";
import { defaultFolder, getDataset } from "../../../src/data/downloads/get.js";
import { DOWNLOADS, type Download, type DownloadFile } from "../../../src/data/downloads/registry.js";
import { unpackTarGz } from "../../../src/data/downloads/unpack.js";
import { startServer } from "./server.js";

const folder = mkdtempSync(join(tmpdir(), "narrows-get-"));
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(name: string, content: Uint8Array): DownloadFile {
  const digits = createHash("sha256").update(content).digest("hex");
  return { name, url: "http://127.0.0.1:1/none", checksum: { algorithm: "sha256", digits } };
}

/** An archive as CIFAR-10's: files in a folder. */
function archive(): Uint8Array {
  const source = join(folder, "source");
  mkdirSync(join(source, "batches"), { recursive: true });
  for (const name of ["one.bin", "two.bin"]) writeFileSync(join(source, "batches", name), name.repeat(9000));
  create({ file: join(folder, "a.tar.gz"), gzip: true, cwd: source, sync: true }, ["batches"]);
  return readFileSync(join(folder, "a.tar.gz"));
}

test("D25: the files of a data set from a mirror, and what is packed unpacked", async () => {
  const packed = archive();
  const server = await startServer({ "mirror/x.tar.gz": { content: packed } });
  const download: Download = { about: "", files: [fileOf("x.tar.gz", packed)], unpack: true };
  const to = join(folder, "got");
  const get = () => getDataset(download, { folder: to, from: `${server.url}/mirror/` });
  const first = await get();
  expect(first.files).toMatchObject([{ path: join(to, "x.tar.gz"), outcome: "downloaded" }]);
  expect(first.unpacked).toEqual(["one.bin", "two.bin"].map((name) => join(to, "batches", name)));
  expect(readFileSync(join(to, "batches/two.bin"), "utf8")).toBe("two.bin".repeat(9000));
  expect((await get()).files).toMatchObject([{ outcome: "present" }]);
  expect(server.asked).toEqual(["/mirror/x.tar.gz"]);
  await server.close();
});

test("D25: stopped in one file, the next is not begun", async () => {
  const content = new Uint8Array(1000);
  const server = await startServer({ "a.bin": { content }, "b.bin": { content } });
  const download: Download = { about: "", files: [fileOf("a.bin", content), fileOf("b.bin", content)] };
  const to = join(folder, "stopped");
  const { files } = await getDataset(download, { folder: to, from: server.url, stopped: () => true });
  expect(files.map(({ outcome }) => outcome)).toEqual(["stopped"]);
  expect(existsSync(join(to, "b.bin"))).toBe(false);
  await server.close();
});

test("a damaged archive is one line", () => {
  const packed = archive();
  for (const [name, bytes] of [
    ["cut", packed.subarray(0, packed.length / 2)],
    ["other", new TextEncoder().encode("no archive at all".repeat(100))],
  ] as const) {
    const path = join(folder, `${name}.tar.gz`);
    writeFileSync(path, bytes);
    expect(() => unpackTarGz(path)).toThrow(
      /tar\.gz: this is not a whole \.tar\.gz archive \([^\n]*fetch it again\.$/,
    );
  }
});

describe("the registry", () => {
  test.each(Object.entries(DOWNLOADS))("%s is well formed", (name, { files }: Download) => {
    expect(defaultFolder(name)).toBe(join("data", name));
    for (const file of files) {
      expect(new URL(file.url).pathname.endsWith(`/${file.name}`)).toBe(true);
      expect(file.checksum.digits).toMatch(
        file.checksum.algorithm === "sha256" ? /^[0-9a-f]{64}$/ : /^[0-9a-f]{32}$/,
      );
    }
  });
});
