/** The page's side of the service worker. */

/** A page that is not isolated after this time begins without, in milliseconds. */
const PATIENCE = 4000;
const RELOADED = "narrows-reloaded-to-isolate";

interface Offline {
  /** Once the page is painted, and is as isolated as it can be: workers may start. */
  readonly ready: Promise<void>;
  /** Keeps files of the runtime for later, by their addresses relative to the page. */
  keep(files: readonly string[]): Promise<void>;
}

/**
 * Registers the service worker, and loads the page again, once, where this isolates it. A page that somebody has begun to use is left as
 * it is; it is isolated from the next visit on.
 * @param scope The folder of the page and of its service worker.
 * @param isBuilt Whether there is one: not while the page is developed.
 */
export function prepareOffline(scope: URL, isBuilt: boolean): Offline {
  // Undefined where a browser refuses service workers, or the page is not served securely.
  const workers: ServiceWorkerContainer | undefined = isBuilt ? navigator.serviceWorker : undefined;
  const registered = workers
    ?.register(new URL("service-worker.js", scope), { scope: scope.pathname })
    // The page works without.
    .catch(() => undefined);
  const active = registered?.then((registration) => (registration ? workers!.ready : undefined));
  return {
    ready: Promise.all([painted(), isolated(active)]).then(() => undefined),
    async keep(files) {
      (await active)?.active?.postMessage({ keep: files });
    },
  };
}

async function isolated(active: Promise<unknown> | undefined): Promise<void> {
  if (window.crossOriginIsolated) {
    remember(undefined);
    return;
  }
  const again = active?.then((registration) => (registration ? loadAgain() : undefined));
  await Promise.race([again, new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
}

async function loadAgain(): Promise<void> {
  const isUsed = navigator.userActivation?.hasBeenActive ?? true;
  if (isUsed || !remember("yes")) return;
  location.reload();
  // The page that is loaded next starts the workers.
  await new Promise(() => {});
}

/**
 * Keeps whether this tab was loaded again.
 * @returns Whether it is kept, and was not before.
 */
function remember(value: string | undefined): boolean {
  try {
    if (value === undefined) {
      sessionStorage.removeItem(RELOADED);
      return true;
    }
    if (sessionStorage.getItem(RELOADED) !== null) return false;
    sessionStorage.setItem(RELOADED, value);
    return true;
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    return false;
  }
}

/** After the first picture; a page in the background has none, and does not wait for it. */
function painted(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, 1000);
  });
}
