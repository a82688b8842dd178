/** How each kind of section is printed. A new kind is a type in report.ts, a file here and one line below. */
import { escapeXml } from "../../figures/render/escape-xml.js";
import type { FigurePrinter } from "../figure-printer.js";
import type { Section } from "../report.js";
import { comparisonSection } from "./comparison.js";
import { figuresSection } from "./figures.js";
import { keyFiguresSection } from "./key-figures.js";
import { panelsSection } from "./panels.js";
import { tableSection } from "./table.js";

type Printer<Kind extends Section["kind"]> = (
  section: Extract<Section, { kind: Kind }>,
  print: FigurePrinter,
) => Promise<string>;

const PRINTERS: { readonly [Kind in Section["kind"]]: Printer<Kind> } = {
  prose: async () => "",
  "key-figures": keyFiguresSection,
  table: tableSection,
  figures: figuresSection,
  comparison: comparisonSection,
  panels: panelsSection,
};

/** A section with its heading, paragraphs and content. */
export async function printSection(section: Section, index: number, print: FigurePrinter): Promise<string> {
  const id = `section-${index + 1}`;
  const heading = section.heading ? `<h2 id="${id}">${escapeXml(section.heading)}</h2>` : "";
  const label = section.heading ? ` aria-labelledby="${id}"` : "";
  const paragraphs = (section.text ?? []).map((text) => `<p>${escapeXml(text)}</p>`).join("\n");
  // The table of printers pairs each kind with its own section, which a lookup by a union cannot express.
  const printer = PRINTERS[section.kind] as (section: Section, print: FigurePrinter) => Promise<string>;
  return `<section${label}>${heading}\n${paragraphs}\n${await printer(section, print)}</section>`;
}
