import type { FigureSpec } from "../../figures/index.js";
import type { FigurePrinter } from "../figure-printer.js";
import type { FiguresSection } from "../report.js";

/** One after another, so that their numbers follow the order of the page. */
export async function printAll(figures: readonly FigureSpec[], print: FigurePrinter): Promise<string> {
  const printed: string[] = [];
  for (const figure of figures) printed.push(await print(figure));
  return printed.join("\n");
}

export async function figuresSection(section: FiguresSection, print: FigurePrinter): Promise<string> {
  return `<div class="figures">${await printAll(section.figures, print)}</div>`;
}
