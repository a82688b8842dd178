import type { Theme } from "vitepress";
import DefaultTheme from "vitepress/theme-without-fonts";
import { defineAsyncComponent } from "vue";
import "./style.css";

/** The default theme in the colours of the figures, with the fonts of the reader's system, and the live pieces. */
export default {
  extends: DefaultTheme,
  enhanceApp({ app }) {
    app.component(
      "RateDistortionBound",
      defineAsyncComponent(() => import("../../components/RateDistortionBound.vue")),
    );
  },
} satisfies Theme;
