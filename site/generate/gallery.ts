import { isGroup, resolveCommand } from "../../src/cli/command/tree.js";
import { COMMANDS } from "../../src/cli/commands/index.js";
import { groupBy } from "../../src/collections.js";
import type { FigureSpec } from "../../src/figures/index.js";
import { FIGURES } from "../../src/figures/index.js";
import { renderFigure } from "../../src/figures/render/index.js";
import { EXAMPLES } from "../../test/figures/examples/index.js";
import { writeInSite } from "./files.js";
import { code, escaped, fence, page, sentence } from "./markdown.js";

/** The command that draws a kind of figure from runs; the other kinds are drawn by `reproduce`, or by a call. */
const COMMAND_OF: Readonly<Record<string, string>> = {
  "capacity-curves": "figure capacity-error",
  "distortion-matrix": "figure capacity-distortion",
  "image-grid": "figure samples",
  "latent-map": "figure latent-map",
  "layer-profiles": "figure layers",
  "rate-distortion-bound": "bound",
  "rate-distortion-curves": "figure rate-distortion",
  reconstructions: "figure reconstructions",
  "training-curves": "figure training-curves",
  traversal: "figure traversal",
  "tuning-curves": "figure tuning-curves",
};

/** Writes the gallery: every figure that the tests draw, from the same files, in light and in dark. */
export async function writeGallery(): Promise<void> {
  const kinds = groupBy(EXAMPLES, ([, { name }]) => name);
  const sections: string[] = [];
  for (const [kind, examples] of [...kinds].sort(([a], [b]) => a.localeCompare(b))) {
    const parts: string[] = [];
    for (const [name, figure] of examples) parts.push(await drawn(name, figure));
    sections.push(`## ${kind}`, await howToDraw(kind), ...parts);
  }
  const text = page(
    "Gallery",
    "Every kind of figure, on constructed data with a known shape. These pictures are drawn by the same files that the tests compare with their snapshots.",
    `From TypeScript, a figure is made of plain data, and written as SVG, PNG, PDF, HTML or CSV: [figures in a program](/how-to/typescript#figures). The pages of the API list the data that each kind takes.`,
    ...sections,
  );
  writeInSite("gallery/index.md", `---\naside: true\noutline: 2\n---\n\n${text}`);
}

async function drawn(name: string, figure: FigureSpec): Promise<string> {
  for (const theme of ["light", "dark"] as const)
    writeInSite(`public/gallery/${name}-${theme}.svg`, await renderFigure(figure, "svg", { theme }));
  return [
    `**${escaped(figure.title)}.** ${escaped(figure.caption)}`,
    `![${escaped(figure.title)}](/gallery/${name}-light.svg){.figure .light-only loading=lazy} ![${escaped(figure.title)}](/gallery/${name}-dark.svg){.figure .dark-only loading=lazy}`,
  ].join("\n\n");
}

/** The command and its first example, and the call. */
async function howToDraw(kind: string): Promise<string> {
  const command = COMMAND_OF[kind];
  const call = kind in FIGURES ? `In TypeScript: ${code(`FIGURES["${kind}"](data)`)}.` : "";
  if (command === undefined) {
    return `${call} On the command line it is part of a report of ${code("narrows reproduce")} or ${code("narrows report")}.`;
  }
  const words = command.split(" ");
  const { node } = resolveCommand(COMMANDS, words);
  if (isGroup(node) || "renamedTo" in node) throw new Error(`gallery: ${command} is no command`);
  const { examples } = (await node.load()).default;
  const example = examples.find((line) => line.includes("--out")) ?? examples[0]!;
  return [
    `[narrows ${command}](/reference/commands/${words.join("/")}): ${sentence(escaped(node.about))} ${call}`,
    fence("sh", [example]),
  ].join("\n\n");
}
