/** Text as it stands in a page: Markdown, HTML and Vue read nothing into it. */
export function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll("{{", "&#123;&#123;")
    .replace(/[\\`*_[\]|]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** The same as code. */
export const code = (text: string): string => `<code>${escaped(text)}</code>`;

/** A block of code. */
export const fence = (language: string, lines: readonly string[]): string =>
  [`\`\`\`${language}`, ...lines, "```"].join("\n");

/** A term (HTML), such as an option or a key, with an anchor of its own, and what it means (Markdown). */
export interface Term {
  readonly id: string;
  readonly term: string;
  readonly meaning: string;
}

/** A list of terms; empty lines make Markdown of what stands between the tags. It reads well on a narrow page too, where a table would not. */
export function termList(terms: readonly Term[]): string {
  const rows = terms.map(
    ({ id, term, meaning }) =>
      `<dt id="${id}"><a class="term" href="#${id}">${term}</a></dt>\n<dd>\n\n${meaning}\n\n</dd>`,
  );
  return ['<dl class="terms" v-pre>', ...rows, "</dl>"].join("\n");
}

/** A sentence begins with a large letter, and ends with a full stop. */
export function sentence(text: string): string {
  const said = text.trim();
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}${/[.!?]$/.test(said) ? "" : "."}`;
}

/** A page of its title and parts, with an empty line between. */
export const page = (title: string, ...parts: readonly string[]): string =>
  `${[`# ${title}`, ...parts.filter((part) => part !== "")].join("\n\n")}\n`;
