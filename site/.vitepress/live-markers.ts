import type { MarkdownRenderer } from "vitepress";
import { pieceOf } from "../lab/pieces/marker.js";

/** A comment such as `<!-- live: plane -->` becomes the piece of the lab by that name; other readers of the file show nothing there. */
export function liveMarkers(markdown: MarkdownRenderer): void {
  const render = markdown.renderer.rules.html_block!;
  markdown.renderer.rules.html_block = (tokens, index, ...rest) => {
    const kind = pieceOf(tokens[index]!.content);
    return kind === undefined ? render(tokens, index, ...rest) : `<LivePiece kind="${kind}" />\n`;
  };
}
