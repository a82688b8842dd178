import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** How the server treats one file. */
export interface Served {
  readonly content: Uint8Array;
  /** Answers with the whole where a part is asked for. */
  readonly ignoresRanges?: boolean;
  /** Breaks the connection after so many bytes of the answer. */
  readonly breaksAfter?: number;
  /** Sends the answer in pieces of so many bytes. */
  readonly pieces?: number;
}

/** A server of files on this machine that records what it is asked for, as `PATH` or `PATH bytes=START-`. */
export async function startServer(files: Record<string, Served>) {
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    const { range } = request.headers;
    asked.push(`${request.url}${range ? ` ${range}` : ""}`);
    const file = files[request.url!.slice(1)];
    if (!file) return void response.writeHead(404).end("nothing here");
    const start = file.ignoresRanges ? 0 : Number(/^bytes=(\d+)-$/.exec(range ?? "")?.[1] ?? 0);
    const { length } = file.content;
    if (range && !file.ignoresRanges && start >= length) {
      return void response.writeHead(416, { "content-range": `bytes */${length}` }).end();
    }
    const body = file.content.subarray(start);
    response.writeHead(range && !file.ignoresRanges ? 206 : 200, {
      "content-length": body.length,
      ...(range && !file.ignoresRanges ? { "content-range": `bytes ${start}-${length - 1}/${length}` } : {}),
    });
    const sent = body.subarray(0, file.breaksAfter);
    const step = file.pieces ?? Math.max(1, sent.length);
    for (let at = 0; at < sent.length; at += step) {
      await new Promise((resolve) => response.write(sent.subarray(at, at + step), resolve));
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    if (file.breaksAfter === undefined) return void response.end();
    // What has not been read when the connection breaks is lost.
    await new Promise((resolve) => setTimeout(resolve, 100));
    response.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    files,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
