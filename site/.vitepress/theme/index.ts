import type { Theme } from "vitepress";
import DefaultTheme from "vitepress/theme-without-fonts";
import { defineAsyncComponent } from "vue";
import { Turn } from "../../lab/pieces/turn.js";
import { installLab } from "../../lab/site-lab.js";
import { installPieces } from "../../lab/site-pieces.js";
import "./style.css";

/** The default theme in the colours of the figures, with the fonts of the reader's system, and the live pieces. */
export default {
  extends: DefaultTheme,
  enhanceApp({ app, siteData }) {
    const { base } = siteData.value;
    const turn = new Turn();
    installLab(app, base, turn);
    installPieces(app, base, turn);
    app.component(
      "RateDistortionBound",
      defineAsyncComponent(() => import("../../components/RateDistortionBound.vue")),
    );
  },
} satisfies Theme;
