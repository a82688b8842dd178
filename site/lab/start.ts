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
  // Loaded by now, so that they are at hand to be kept.
  const stop = watch(lab.machine, (machine) => {
    if (!machine) return;
    stop();
    void offline.keep(ORT_FILES[machine.device].map((name) => ortFolder() + name));
  });
  return lab;
}
