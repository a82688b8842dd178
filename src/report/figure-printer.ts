import { type FigureSpec, tableToCsv } from "../figures/index.js";
import { escapeXml } from "../figures/render/escape-xml.js";
import { renderSvg } from "../figures/render/svg.js";

/** Numbers the figures of one page and prints them as HTML. */
export type FigurePrinter = (figure: FigureSpec) => Promise<string>;

/** Figures shrink with the page, but no further than this share: then they scroll, so that text stays legible. */
const LEAST_SHARE = 0.62;
/** Enough to redraw from; keeps a page with large matrices small. */
const CSV_DIGITS = 6;

/** A printer that starts at Figure 1. Drawings are inline SVG in the colours of the page, with their data beside. */
export function figurePrinter(): FigurePrinter {
  let count = 0;
  return async (figure) => {
    count += 1;
    const id = `figure-${count}`;
    const svg = await renderSvg(figure, { theme: "inherit", transparent: true, idPrefix: `${id}-` });
    const width = Number(svg.match(/ width="([\d.]+)"/)?.[1] ?? 0);
    const data = JSON.stringify(tableToCsv(figure.table, CSV_DIGITS)).replaceAll("<", "\\u003c");
    const file = `${id}-${figure.name}`;
    return `<figure id="${id}" data-file="${escapeXml(file)}">
<div class="drawing" tabindex="0">${svg.replace("<svg", `<svg style="min-width:${Math.round(width * LEAST_SHARE)}px"`)}</div>
<figcaption><b>Figure ${count}. ${escapeXml(figure.title)}.</b> ${escapeXml(figure.caption)}
<span class="downloads" hidden><button type="button" data-save="svg" aria-label="Save figure ${count} as SVG">SVG</button> <button type="button" data-save="csv" aria-label="Save the data of figure ${count} as CSV">CSV</button></span></figcaption>
<script type="application/json">${data}</script>
</figure>`;
  };
}
