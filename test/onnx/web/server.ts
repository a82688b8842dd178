import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { basename, extname } from "node:path";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".wasm": "application/wasm",
};

/** A page that does nothing but load the script `/page.js`. */
export const PAGE =
  '<!doctype html><link rel="icon" href="data:,"><script type="module" src="/page.js"></script>';

export interface PageServer {
  readonly address: string;
  close(): Promise<void>;
}

/**
 * Serves files made by a test, and those of the runtime under `/runtime/`, on localhost. The headers isolate the page,
 * which threads need; with the query `?open` they are left out.
 */
export async function servePage(
  files: Readonly<Record<string, string | Uint8Array>>,
  runtimeFolder: URL,
): Promise<PageServer> {
  const server = createServer(async (request, response) => {
    const { pathname: path, search } = new URL(request.url!, "http://localhost");
    const body = path.startsWith("/runtime/")
      ? await readFile(new URL(basename(path), runtimeFolder)).catch(() => undefined)
      : files[path];
    response.writeHead(body === undefined ? 404 : 200, {
      "Content-Type": TYPES[extname(path)] ?? "text/html",
      ...(search !== "?open" && {
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Embedder-Policy": "require-corp",
      }),
    });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
