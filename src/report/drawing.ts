import { type FigureSpec, tableToCsv } from "../figures/index.js";
import { escapeXml } from "../figures/render/escape-xml.js";
import { renderSvg } from "../figures/render/svg.js";

/** Figures shrink with the page, but not below this share: then they scroll, so that text can be read. */
const MINIMUM_SHARE = 0.62;
/** Enough to redraw from; keeps a page with large matrices small. */
const CSV_DIGITS = 6;

/** How a drawing stands in its page. */
interface Placement {
  readonly id: string;
  /** Stem of a downloaded file. */
  readonly file: string;
  /** What a screen reader calls it: `figure 7`, `figure 5, panel A`. */
  readonly name: string;
  /** HTML before the buttons of the caption. */
  readonly caption: string;
}

/** A drawing as HTML, and its width where nothing makes it shrink. */
interface PrintedDrawing {
  readonly width: number;
  /** The element, of these classes. */
  readonly html: (classes?: string) => string;
}

/** Inline SVG in the colours of the page, with its data. */
export async function printDrawing(
  figure: FigureSpec,
  { id, file, name, caption }: Placement,
): Promise<PrintedDrawing> {
  const svg = await renderSvg(figure, { theme: "inherit", transparent: true, idPrefix: `${id}-` });
  const width = Number(svg.match(/ width="([\d.]+)"/)?.[1] ?? 0);
  const data = JSON.stringify(tableToCsv(figure.table, CSV_DIGITS)).replaceAll("<", "\\u003c");
  const button = (format: string, what: string) =>
    `<button type="button" data-save="${format.toLowerCase()}" aria-label="Save ${escapeXml(what)} as ${format}">${format}</button>`;
  const buttons = `${button("SVG", name)} ${button("CSV", `the data of ${name}`)}`;
  return {
    width,
    html: (
      classes,
    ) => `<figure id="${id}"${classes ? ` class="${classes}"` : ""} data-file="${escapeXml(file)}">
<div class="drawing" tabindex="0">${svg.replace("<svg", `<svg style="min-width:${Math.round(width * MINIMUM_SHARE)}px"`)}</div>
<figcaption>${caption}
<span class="downloads" hidden>${buttons}</span></figcaption>
<script type="application/json">${data}</script>
</figure>`,
  };
}

/**
 * The page's own script: saves a figure as a stand-alone SVG (dark ink on white, whatever the page shows) or its
 * data as CSV. Without scripts the page reads the same, and the buttons stay hidden.
 */
export const DOWNLOAD_SCRIPT = `
for (const figure of document.querySelectorAll("figure[data-file]")) {
  figure.querySelector(".downloads").hidden = false;
  const save = (extension, type, text) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = figure.dataset.file + "." + extension;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
  const savers = {
    svg() {
      const svg = figure.querySelector("svg").cloneNode(true);
      svg.setAttribute("style", "color:#1c2530;background:#fff");
      save("svg", "image/svg+xml", new XMLSerializer().serializeToString(svg));
    },
    csv() {
      save("csv", "text/csv", JSON.parse(figure.querySelector("script").textContent));
    },
  };
  for (const button of figure.querySelectorAll("button")) button.addEventListener("click", savers[button.dataset.save]);
}
`;
