import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { fetchFile } from "../../../src/data/downloads/fetch-file.js";
import type { Expected } from "../../../src/data/downloads/registry.js";
import { type Served, startServer } from "./server.js";

const content = Uint8Array.from({ length: 100_000 }, (_, k) => (k * 7919) >> 5);
const digestOf = (algorithm: "sha256" | "md5") => createHash(algorithm).update(content).digest("hex");
const expected: Expected = {
  bytes: content.length,
  checksum: { algorithm: "sha256", digits: digestOf("sha256") },
};
/** As where only the MD5 is published. */
const md5Only: Expected = { checksum: { algorithm: "md5", digits: digestOf("md5") } };

let folder: string;
let path: string;
let server: Awaited<ReturnType<typeof startServer>>;

async function serve(served: Omit<Served, "content"> & { content?: Uint8Array } = {}): Promise<string> {
  server.files["a.bin"] = { content, ...served };
  return `${server.url}/a.bin`;
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "narrows-fetch-"));
  path = join(folder, "data", "a.bin");
  server = await startServer({});
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

const there = () => readdirSync(join(folder, "data"));

describe("D25: a file", () => {
  test.each([expected, md5Only])("comes whole, once (%j)", async (what) => {
    const url = await serve();
    const reports: [number, number | undefined][] = [];
    const onProgress = (done: number, total: number | undefined) => void reports.push([done, total]);
    expect(await fetchFile(url, path, what, { onProgress })).toBe("downloaded");
    expect(readFileSync(path).equals(content)).toBe(true);
    expect(there()).toEqual(["a.bin"]);
    expect(reports.at(-1)).toEqual([content.length, content.length]);
    expect(await fetchFile(url, path, what)).toBe("present");
    expect(server.asked).toEqual(["/a.bin"]);
  });

  test("continues where the connection broke", async () => {
    const url = await serve({ breaksAfter: 60_000 });
    await expect(fetchFile(url, path, expected)).rejects.toThrow(
      /the connection broke after 60000 of 100000 bytes \(.+\), which are kept as .*a\.bin\.part\. Run the same command again to continue\.$/,
    );
    expect(readFileSync(`${path}.part`).equals(content.subarray(0, 60_000))).toBe(true);
    await serve({ breaksAfter: 30_000 });
    await expect(fetchFile(url, path, expected)).rejects.toThrow(/after 90000 of 100000 bytes/);
    await serve();
    expect(await fetchFile(url, path, expected)).toBe("downloaded");
    expect(readFileSync(path).equals(content)).toBe(true);
    expect(server.asked).toEqual(["/a.bin", "/a.bin bytes=60000-", "/a.bin bytes=90000-"]);
    expect(there()).toEqual(["a.bin"]);
  });

  test("begins anew where the server knows no ranges", async () => {
    const url = await serve({ breaksAfter: 60_000 });
    await expect(fetchFile(url, path, expected)).rejects.toThrow(/broke/);
    await serve({ ignoresRanges: true });
    expect(await fetchFile(url, path, expected)).toBe("downloaded");
    expect(readFileSync(path).equals(content)).toBe(true);
  });

  test("of which all was there but the name is verified, with and without a known length", async () => {
    const url = await serve({ breaksAfter: 1 });
    await expect(fetchFile(url, path, expected)).rejects.toThrow(/broke/);
    writeFileSync(`${path}.part`, content);
    expect(await fetchFile(url, path, expected)).toBe("downloaded");
    expect(server.asked).toHaveLength(1);
    rmSync(path);
    writeFileSync(`${path}.part`, content);
    expect(await fetchFile(url, path, md5Only)).toBe("downloaded");
    expect(readFileSync(path).equals(content)).toBe(true);
  });

  test("stops when asked to, and continues later", async () => {
    const url = await serve({ pieces: 10_000 });
    let pieces = 0;
    const stopped = () => ++pieces >= 3;
    expect(await fetchFile(url, path, expected, { stopped })).toBe("stopped");
    const [part] = there();
    expect(part).toBe("a.bin.part");
    const kept = readFileSync(`${path}.part`);
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.equals(content.subarray(0, kept.length))).toBe(true);
    expect(await fetchFile(url, path, expected)).toBe("downloaded");
    expect(server.asked).toEqual(["/a.bin", `/a.bin bytes=${kept.length}-`]);
    expect(readFileSync(path).equals(content)).toBe(true);
  });
});

describe("D25: refused in one line", () => {
  test("other content is set aside, and the next attempt begins anew", async () => {
    const url = await serve({ content: content.map((byte) => byte ^ 1) });
    await expect(fetchFile(url, path, expected)).rejects.toThrow(
      new RegExp(
        `a\\.bin: the SHA-256 of what ${url} sent is [0-9a-f]{64}, not ${expected.checksum.digits}; it is set aside as .*a\\.bin\\.bad\\. Run the command again, or name a mirror with --from\\.$`,
      ),
    );
    expect(there()).toEqual(["a.bin.bad"]);
    await serve();
    expect(await fetchFile(url, path, expected)).toBe("downloaded");
    expect(there()).toEqual(["a.bin", "a.bin.bad"]);
  });

  test("a beginning of another file ends as other content", async () => {
    const url = await serve({ breaksAfter: 5 });
    await expect(fetchFile(url, path, expected)).rejects.toThrow(/broke/);
    writeFileSync(`${path}.part`, new Uint8Array(500));
    await serve();
    await expect(fetchFile(url, path, expected)).rejects.toThrow(/set aside/);
    expect(await fetchFile(url, path, expected)).toBe("downloaded");
  });

  test("a file of the user's in the way stays as it is", async () => {
    const url = await serve();
    const mine = join(folder, "mine.bin");
    writeFileSync(mine, "mine");
    await expect(fetchFile(url, mine, expected)).rejects.toThrow(
      /mine\.bin: there is a file of that name already, and its SHA-256 is .* Move it away, and run the command again\.$/,
    );
    expect(readFileSync(mine, "utf8")).toBe("mine");
    expect(server.asked).toEqual([]);
  });

  test("no such file, no server: which file to put where, from which address", async () => {
    await expect(fetchFile(`${server.url}/b.bin`, path, expected)).rejects.toThrow(
      new RegExp(
        `^${server.url}/b\\.bin: it answers 404 Not Found\\. Fetch that file by other means and put it at ${path}, or name a mirror with --from\\.$`,
      ),
    );
    const { url } = server;
    await server.close();
    await expect(fetchFile(`${url}/a.bin`, path, expected)).rejects.toThrow(
      /a\.bin: it cannot be reached \(ECONNREFUSED\)\. Fetch that file by other means and put it at /,
    );
    await expect(fetchFile("ftp:/nowhere", path, expected)).rejects.toThrow(/cannot be reached/);
    expect(existsSync(join(folder, "data"))).toBe(false);
    server = await startServer({});
  });

  test("a folder that is a file", async () => {
    writeFileSync(join(folder, "data"), "");
    await expect(fetchFile(await serve(), path, expected)).rejects.toThrow(
      /data: a part of this path is a file, not a folder/,
    );
    expect(existsSync(path)).toBe(false);
  });
});
