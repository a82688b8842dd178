/** The lab as an app of its own. */
import "vitepress/dist/client/theme-default/styles/vars.css";
import "vitepress/dist/client/theme-default/styles/base.css";
import "../.vitepress/theme/colors.css";
import "./standalone.css";
import { createApp } from "vue";
import App from "./App.vue";
import { startLab } from "./start.js";
import { startTheme } from "./theme.js";

startTheme();
createApp(App, { lab: await startLab(new URL(".", location.href)) }).mount("#app");
