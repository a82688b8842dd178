import { escapeXml } from "../../figures/render/escape-xml.js";
import type { KeyFigure, KeyFiguresSection } from "../report.js";

/** Large numbers with their labels, as a description list. */
export function keyFigureList(keyFigures: readonly KeyFigure[]): string {
  const items = keyFigures.map(({ label, value, unit, note }) => {
    const unitText = unit ? ` <span class="unit">${escapeXml(unit)}</span>` : "";
    const noteText = note ? `<dd class="note">${escapeXml(note)}</dd>` : "";
    return `<div><dt>${escapeXml(label)}</dt><dd>${escapeXml(value)}${unitText}</dd>${noteText}</div>`;
  });
  return `<dl class="key-figures">${items.join("")}</dl>`;
}

export async function keyFiguresSection(section: KeyFiguresSection): Promise<string> {
  return keyFigureList(section.keyFigures);
}
