import { type App, defineAsyncComponent } from "vue";
import { SITE_PAGE } from "./pieces/site-page.js";
import type { Turn } from "./pieces/turn.js";

/** Makes `<LivePiece kind="plane" />` known to the pages of a site; a marker in Markdown becomes one. Pages without a piece load nothing of it. */
export function installPieces(app: App, base: string, turn: Turn): void {
  app.provide(SITE_PAGE, { base, turn });
  app.component(
    "LivePiece",
    defineAsyncComponent(() => import("./pieces/LivePiece.vue")),
  );
}
