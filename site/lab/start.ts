/** Begins the lab of a page: the app of its own, or the site's first page. */
import { watch } from "vue";
import type { Lab } from "./core/store-contract.js";
import { createMockLab } from "./mock-store.js";
import { prepareOffline } from "./offline/page.js";
import { ORT_FILES, ortFolder } from "./ort-folder.js";

/**
 * @param scope The folder of the page: the runtime's files and the service worker are in it.
 * @returns The lab, whose workers start once the page is painted.
 */
export function startLab(scope: URL): Lab {
  const offline = prepareOffline(scope, import.meta.env.PROD);
  const lab = createMockLab({ wasmPaths: new URL(ortFolder(), scope).href, ready: offline.ready });
  // Loaded by now, so that they are at hand to be kept.
  const stop = watch(lab.machine, (machine) => {
    if (!machine) return;
    stop();
    void offline.keep(ORT_FILES[machine.device].map((name) => ortFolder() + name));
  });
  return lab;
}
