import { visibleLines } from "../../visible-text.js";

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text as it may stand between tags or in a quoted attribute of HTML and XML; control characters, which XML forbids, are named. */
export function escapeXml(text: string): string {
  return visibleLines(text).replace(/[&<>"']/g, (character) => ENTITIES[character]);
}
