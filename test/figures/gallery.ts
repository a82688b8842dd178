/** Writes one page of every example: `npm run gallery`. */
import { writeFileAtomic } from "../../src/files/atomic.js";
import { renderReport } from "../../src/report/index.js";
import { EXAMPLES } from "./examples/index.js";

const PAGE = "reports/gallery.html";

const page = await renderReport({
  title: "Gallery",
  subtitle: "Every figure that the tests draw, on constructed data.",
  sections: EXAMPLES.map(([name, figure]) => ({ kind: "figures", heading: name, figures: [figure] })),
});
writeFileAtomic(PAGE, page);
process.stdout.write(`${PAGE}\n`);
