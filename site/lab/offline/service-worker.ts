/**
 * Keeps the page for when the network is cut, and isolates it where its host cannot send headers. Workbox keeps the files of a build by
 * their revisions and forgets those of builds before.
 */
import { clientsClaim } from "workbox-core";
import {
  addPlugins,
  cleanupOutdatedCaches,
  matchPrecache,
  type PrecacheEntry,
  precacheAndRoute,
} from "workbox-precaching";
import { registerRoute } from "workbox-routing";

declare const self: ServiceWorkerGlobalScope;
/** Set when the page is built: see build.ts. */
declare const __FILES__: PrecacheEntry[];
declare const __ORT_FOLDER__: string;

/** ONNX Runtime's files are large, and which of them are needed depends on the device: they are kept when they are first asked for. */
const RUNTIME_CACHE = "narrows-runtime";
const runtimeFolder = new URL(__ORT_FOLDER__, self.registration.scope).href;

/** The same response with the headers under which a page may use threads. */
function isolated(response: Response): Response {
  // A redirection is for the browser alone.
  if (response.status === 0) return response;
  const headers = new Headers(response.headers);
  headers.set("Cross-Origin-Opener-Policy", "same-origin");
  headers.set("Cross-Origin-Embedder-Policy", "require-corp");
  headers.set("Cross-Origin-Resource-Policy", "same-origin");
  const { status, statusText, body } = response;
  return new Response(body, { status, statusText, headers });
}

async function fromRuntimeCache(url: string): Promise<Response> {
  const cache = await caches.open(RUNTIME_CACHE);
  const kept = await cache.match(url);
  if (kept) return kept;
  const response = await fetch(url);
  if (response.ok) await cache.put(url, response.clone());
  return response;
}

/** Pages come from the network, so that a new build is seen at once; from what is kept without one. */
async function pageOf(request: Request, url: URL): Promise<Response> {
  try {
    return isolated(await fetch(request));
  } catch (error) {
    const kept = await matchPrecache(new URL(url.pathname.replace(/\/$/, "/index.html"), url).href);
    if (!kept) throw error;
    return isolated(kept);
  }
}

registerRoute(
  ({ request }) => request.mode === "navigate",
  ({ request, url }) => pageOf(request, url),
);
registerRoute(
  ({ url }) => url.href.startsWith(runtimeFolder),
  async ({ url }) => isolated(await fromRuntimeCache(url.href)),
);
addPlugins([{ handlerWillRespond: async ({ response }) => isolated(response) }]);
precacheAndRoute(__FILES__);
registerRoute(
  ({ sameOrigin }) => sameOrigin,
  async ({ request }) => isolated(await fetch(request)),
);

cleanupOutdatedCaches();
clientsClaim();

async function forgetOtherRuntimes(): Promise<void> {
  const cache = await caches.open(RUNTIME_CACHE);
  const others = (await cache.keys()).filter(({ url }) => !url.startsWith(runtimeFolder));
  await Promise.all(others.map((request) => cache.delete(request)));
}
self.addEventListener("activate", (event) => event.waitUntil(forgetOtherRuntimes()));

/** A page that was opened before this worker names the files that it has loaded without it. */
self.addEventListener("message", (event) => {
  const names: unknown = event.data?.keep;
  if (!Array.isArray(names)) return;
  const urls = names.map((name) => new URL(String(name), self.registration.scope).href);
  event.waitUntil(Promise.all(urls.filter((url) => url.startsWith(runtimeFolder)).map(fromRuntimeCache)));
});
