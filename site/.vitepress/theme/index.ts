import type { Theme } from "vitepress";
import DefaultTheme from "vitepress/theme-without-fonts";
import { defineAsyncComponent } from "vue";
import { installLab } from "../../lab/site-lab.js";
import "./style.css";

/** The default theme in the colours of the figures, with the fonts of the reader's system, and the live pieces. */
export default {
  extends: DefaultTheme,
  enhanceApp({ app, siteData }) {
    installLab(app, siteData.value.base);
    app.component(
      "RateDistortionBound",
      defineAsyncComponent(() => import("../../components/RateDistortionBound.vue")),
    );
  },
} satisfies Theme;
