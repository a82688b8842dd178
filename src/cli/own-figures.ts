import { figureDataOf } from "../analysis/figure-data.js";
import { loadParts } from "../extension/load.js";
import type { OwnFigure } from "../figures/own-figure.js";
import type { Command } from "./command/define.js";
import { extending } from "./command/groups.js";
import type { CommandGroup, CommandNode } from "./command/tree.js";
import { figureCommand } from "./commands/figure/define.js";
import { analyse, labelsSetting } from "./run-page.js";

/** The figures that files of one's own define, as commands beside those of Narrows. */
export function ownFigures(group: CommandGroup, files: readonly string[]): CommandGroup {
  const nodes = files.flatMap((file) =>
    loadParts([file])
      .filter((part): part is OwnFigure => part.kind === "figure")
      .map((figure): [string, CommandNode] => [
        figure.name,
        { about: figure.about, load: async () => ({ default: commandOf(figure, file) }) },
      ]),
  );
  return { ...group, commands: { ...group.commands, ...Object.fromEntries(nodes) } };
}

function commandOf({ name, settings, draw }: OwnFigure, file: string): Command {
  return figureCommand({
    settings: { ...settings, ...labelsSetting, ...extending },
    examples: [`narrows figure ${name} my-run --with ${file} --out ${name}.svg`],
    async draw(runs, device, { labels, with: _, ...own }, context) {
      return draw(figureDataOf(await analyse(runs, device, context, { labels })), own);
    },
  });
}
