/** Every view of the lab with a made code, for looking at them: `npm run views` in site/. */
import { createApp } from "vue";
import ViewsPreview from "./ViewsPreview.vue";

createApp(ViewsPreview).mount("#app");
