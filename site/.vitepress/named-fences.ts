import type { MarkdownRenderer } from "vitepress";

/**
 * Blocks of pages: indented ones are commands, as everywhere in this project, and look like those with a fence. A block that begins with "```yaml [corridors.yaml]"
 * shows the name of its file above it.
 */
export function namedFences(markdown: MarkdownRenderer): void {
  const render = markdown.renderer.rules.fence!;
  markdown.renderer.rules.fence = (tokens, index, ...rest) => {
    // VitePress takes the name away while it draws the block.
    const [, name] = /\[([^\]]+)\]/.exec(tokens[index]!.info) ?? [];
    const block = render(tokens, index, ...rest);
    if (name === undefined) return block;
    return `<div class="named-block"><p class="file-name">${markdown.utils.escapeHtml(name)}</p>${block}</div>`;
  };
  markdown.renderer.rules.code_block = (tokens, index, ...rest) => {
    tokens[index]!.info = "sh";
    return markdown.renderer.rules.fence!(tokens, index, ...rest);
  };
}
