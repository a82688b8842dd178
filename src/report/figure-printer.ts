import type { FigureSpec } from "../figures/index.js";
import { escapeXml } from "../figures/render/escape-xml.js";
import { printDrawing } from "./drawing.js";

/** Numbers the figures of one page and prints them as HTML. */
export type FigurePrinter = (figure: FigureSpec) => Promise<string>;

/** A printer that starts at Figure 1. Drawings are inline SVG in the colours of the page, with their data beside. */
export function figurePrinter(): FigurePrinter {
  let count = 0;
  return async (figure) => {
    count += 1;
    const id = `figure-${count}`;
    const { html } = await printDrawing(figure, {
      id,
      file: `${id}-${figure.name}`,
      name: `figure ${count}`,
      caption: `<b>Figure ${count}. ${escapeXml(figure.title)}.</b> ${escapeXml(figure.caption)}`,
    });
    return html();
  };
}
