import { loadParts } from "../../extension/load.js";
import type { Part } from "../../model/part.js";
import { partsWith } from "../../model/slots.js";
import { choice } from "../../settings/index.js";
import { defineCommand } from "../command/define.js";
import { extending } from "../command/groups.js";
import { ownPartLines, PART_KINDS, partLines, settingsIn } from "../describe-parts.js";

export default defineCommand({
  arguments: {
    kind: choice(PART_KINDS, { about: "one kind of part; all by default" }),
  },
  settings: extending,
  details: `
A configuration names a part by its type: --set channel.type=echo, or channel: {type: echo, terms: 50} in a file. Parts of your
own are defined in a file that you give with --with (docs/extending.md).`,
  examples: ["narrows parts", "narrows parts channel", "narrows parts channel --with my-channel.ts --json"],
  async run({ kind, with: files }) {
    const own = loadParts(files);
    const parts = partsWith(own);
    const kinds = kind === undefined ? PART_KINDS : [kind];
    const chosen: Part[] = kinds.flatMap((name) => [...parts[name].choices] as Part[]);
    const others = kind === undefined ? own.filter((part) => !(part.kind in parts)) : [];
    return {
      json: chosen.map((part) => ({
        kind: part.kind,
        type: part.type,
        about: part.about,
        settings: settingsIn(part.schema),
      })),
      text: [...chosen.map(partLines), ...others.map((part) => ownPartLines([part]))].flatMap((lines, k) =>
        k === 0 ? lines : ["", ...lines],
      ),
    };
  },
});
