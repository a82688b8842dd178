import { type App, defineAsyncComponent, h } from "vue";

/** Makes `<NarrowsLab />` known to the pages of a site. Nothing of the lab is loaded on pages without it. */
export function installLab(app: App, base: string): void {
  app.component(
    "NarrowsLab",
    defineAsyncComponent(async () => {
      const [{ startLab }, { default: SiteLab }] = await Promise.all([
        import("./start.js"),
        import("./SiteLab.vue"),
      ]);
      // Loaded once: the same lab continues after the visitor has read other pages.
      const lab = await startLab(new URL(base, location.href));
      return () => h(SiteLab, { lab });
    }),
  );
}
