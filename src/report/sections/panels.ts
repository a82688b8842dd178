import { escapeXml } from "../../figures/render/escape-xml.js";
import { printDrawing } from "../drawing.js";
import { panelFile, panelKey } from "../panel-file.js";
import type { PanelsSection } from "../report.js";

/** Wider drawings take a whole row of the grid; two narrower ones stand beside each other on a wide page. */
const WIDE = 620;

/** Lettered drawings in a grid, one caption below. They do not count among the page's own figures. */
export async function panelsSection({ number, title, caption, panels }: PanelsSection): Promise<string> {
  const printed: string[] = [];
  for (const { letter, title, figure } of panels) {
    const { width, html } = await printDrawing(figure, {
      id: `panel-${number}-${panelKey(letter)}`,
      file: panelFile(number, letter),
      name: `figure ${number}, panel ${letter}`,
      caption: `<b>${escapeXml(letter)}</b> ${escapeXml(title)}`,
    });
    printed.push(html(width > WIDE ? "panel wide" : "panel"));
  }
  return `<div class="panels">${printed.join("\n")}</div>
<p class="panels-caption"><b>Figure ${number}. ${escapeXml(title)}.</b> ${escapeXml(caption)}</p>`;
}
