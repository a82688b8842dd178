import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";

const TYPES: Readonly<Record<string, string>> = {
  ...{
    ".html": "text/html",
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".png": "image/png",
  },
  ...{ ".json": "application/json", ".woff2": "font/woff2", ".wasm": "application/wasm" },
};

/**
 * Serves a folder of static files, as any web server does, below a path; gives its address and the way to end it.
 * @param headers Sent with every answer.
 */
export async function serve(
  folder: string,
  base: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ address: string; close: () => void }> {
  const server = createServer(({ url = "/" }, response) => {
    const path = decodeURIComponent(new URL(url, "http://localhost").pathname);
    const inside = join(folder, path.startsWith(base) ? path.slice(base.length) : "404.html");
    const file = existsSync(inside) && statSync(inside).isDirectory() ? join(inside, "index.html") : inside;
    const found = existsSync(file) ? file : join(folder, "404.html");
    response.writeHead(found === file ? 200 : 404, {
      ...headers,
      "content-type": TYPES[extname(found)] ?? "application/octet-stream",
    });
    response.end(existsSync(found) ? readFileSync(found) : undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { address: `http://127.0.0.1:${port}`, close };
}
