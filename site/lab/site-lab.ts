import { type App, defineAsyncComponent, h, watch } from "vue";
import type { Turn } from "./pieces/turn.js";

/**
 * Makes `<NarrowsLab />` known to the pages of a site. Nothing of the lab is loaded on pages without it.
 * @param turn The lab pauses where a piece of another page begins to train.
 */
export function installLab(app: App, base: string, turn: Turn): void {
  app.component(
    "NarrowsLab",
    defineAsyncComponent(async () => {
      const [{ startLab }, { default: SiteLab }] = await Promise.all([
        import("./start.js"),
        import("./SiteLab.vue"),
      ]);
      // Loaded once: the same lab continues after the visitor has read other pages.
      const lab = await startLab(new URL(base, location.href));
      const pause = () => lab.pause();
      watch(lab.status, (status) => {
        if (status === "training") turn.take(pause);
        else if (status === "paused") turn.leave(pause);
      });
      return () => h(SiteLab, { lab });
    }),
  );
}
