/** Begins the lab of a page: the app of its own, or the site's first page. */
import { effectScope, watch } from "vue";
import type { Lab } from "./core/store-contract.js";
import { prepareOffline } from "./offline/page.js";
import { ORT_FILES, ortFolder } from "./ort-folder.js";
import { openLab } from "./store.js";

/**
 * Opens the lab once the page is painted, and is as isolated as it can be.
 * @param scope The folder of the page: the runtime's files and the service worker are in it.
 */
export async function startLab(scope: URL): Promise<Lab> {
  const offline = prepareOffline(scope, import.meta.env.PROD);
  await offline.ready;
  const wasmPaths = new URL(ortFolder(), scope).href;
  // It lives as long as the page.
  const lab = effectScope(true).run(() => openLab({ wasmPaths, hash: location.hash }))!;
  // What computes now has been loaded, so that it is at hand to be kept.
  watch(
    () => lab.machine.value?.inUse,
    (inUse) => {
      if (inUse) void offline.keep(ORT_FILES[inUse].map((name) => ortFolder() + name));
    },
  );
  return lab;
}
