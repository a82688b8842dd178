import { escapeXml } from "../../figures/render/escape-xml.js";
import { cellText } from "../cell-text.js";
import type { TableColumn, TableSection } from "../report.js";

/** A table that scrolls by itself on a narrow page; `folded` puts it behind its caption. */
export async function tableSection({ columns, rows, caption, folded }: TableSection): Promise<string> {
  const attribute = (column: TableColumn | undefined) => (column?.align === "end" ? ' class="end"' : "");
  const head = columns.map((column) => `<th scope="col"${attribute(column)}>${escapeXml(column.title)}</th>`);
  const body = rows.map((row) => {
    const cells = row.map((value, k) => `<td${attribute(columns[k])}>${escapeXml(cellText(value))}</td>`);
    return `<tr>${cells.join("")}</tr>`;
  });
  const captionText = caption && !folded ? `<caption>${escapeXml(caption)}</caption>` : "";
  const table = `<div class="scroll" tabindex="0"><table>${captionText}<thead><tr>${head.join("")}</tr></thead><tbody>
${body.join("\n")}
</tbody></table></div>`;
  return folded
    ? `<details><summary>${escapeXml(caption ?? "Show the table")}</summary>${table}</details>`
    : table;
}
