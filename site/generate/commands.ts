import type { Command, Details } from "../../src/cli/command/define.js";
import { settingHelp } from "../../src/cli/command/help.js";
import { optionsOf, placeOf, usageOf } from "../../src/cli/command/leaf.js";
import { type CommandGroup, isGroup } from "../../src/cli/command/tree.js";
import { COMMANDS } from "../../src/cli/commands/index.js";
import { siteAddress } from "./addresses.js";
import { type Item, writeInSite } from "./files.js";
import { code, escaped, fence, page, sentence, type Term, termList } from "./markdown.js";

const FOLDER = "reference/commands";

/** Writes a page for each command and group, from the descriptions that `--help` prints; returns their side bar. */
export async function writeCommands(): Promise<Item[]> {
  return [{ text: "All commands", link: `/${FOLDER}/` }, ...(await writeGroup(COMMANDS, []))];
}

async function writeGroup(group: CommandGroup, path: readonly string[]): Promise<Item[]> {
  const entries = Object.entries(group.commands).flatMap(([name, node]) =>
    "renamedTo" in node ? [] : [{ name, node, path: [...path, name] }],
  );
  writeInSite(
    `${addressOf(path).slice(1)}index.md`,
    page(
      path.length === 0 ? "Commands" : `narrows ${path.join(" ")}`,
      sentence(escaped(group.about)),
      path.length > 0
        ? ""
        : `Every command also has ${code("--help")}, and ${code("--json")} for programs. Before the first command of a clone: ${code("npm run build")}.`,
      termList(
        entries.map(({ name, node, path: at }) => ({
          id: name,
          term: code(`narrows ${at.join(" ")}`),
          meaning: `${sentence(escaped(node.about))} [More](${addressOf(at).replace(/\/$/, isGroup(node) ? "/" : "")})`,
        })),
      ),
      details(group.details),
      examples(group.examples ?? []),
    ),
  );
  const items: Item[] = [];
  for (const { name, node, path: at } of entries) {
    if (isGroup(node)) {
      const inside = await writeGroup(node, at);
      items.push({ text: name, link: addressOf(at), collapsed: true, items: inside });
      continue;
    }
    const { default: command } = await node.load();
    writeInSite(`${FOLDER}/${at.join("/")}.md`, commandPage(at, node.about, command));
    items.push({ text: name, link: `/${FOLDER}/${at.join("/")}` });
  }
  return items;
}

const addressOf = (path: readonly string[]) => `/${[FOLDER, ...path].join("/")}/`;

function commandPage(path: readonly string[], about: string, command: Command): string {
  const words = ["narrows", ...path].join(" ");
  return page(
    words,
    sentence(escaped(about)),
    fence("text", [`${words} ${usageOf(command.arguments)}`]),
    section("Arguments", argumentsOf(command)),
    ...optionGroups(command).map(([heading, terms]) => section(heading, terms)),
    details(command.details),
    examples(command.examples),
  );
}

function argumentsOf({ arguments: places }: Command): Term[] {
  return Object.entries(places).map(([name, setting]) => ({
    id: placeOf(name),
    term: code(placeOf(name)),
    meaning: linked(sentence(settingHelp({ ...setting, required: false }))),
  }));
}

/** The options by the headings under which help shows them, the common ones first. */
function optionGroups({ settings }: Command): [heading: string, terms: Term[]][] {
  const groups = new Map<string, Term[]>([["Options", []]]);
  for (const [name, setting] of Object.entries(settings)) {
    const [option] = optionsOf(name, setting);
    const heading = (setting.group ?? "Options").replace(/:$/, "");
    const terms = groups.get(heading) ?? [];
    terms.push({
      id: option!.long!.slice(2),
      term: code(option!.flags),
      meaning: linked(sentence(option!.description)),
    });
    groups.set(heading, terms);
  }
  return [...groups];
}

const section = (heading: string, terms: readonly Term[]) =>
  terms.length === 0 ? "" : `## ${heading}\n\n${termList(terms)}`;

/** Paragraphs, and lists of lines that begin with spaces, as help prints them. */
function details(given: Details | undefined): string {
  if (given === undefined) return "";
  const text = typeof given === "string" ? given : given([]);
  const parts: string[] = [];
  let lines: { inside: boolean; text: string[] } = { inside: false, text: [] };
  const flush = () => {
    if (lines.text.length === 0) return;
    parts.push(lines.inside ? fence("text", lines.text) : linked(lines.text.join("\n")));
  };
  for (const line of text.trim().split("\n")) {
    const inside = line.startsWith("  ");
    if (inside !== lines.inside || line.trim() === "") {
      flush();
      lines = { inside, text: [] };
    }
    if (line.trim() !== "") lines.text.push(inside ? line.slice(2) : line);
  }
  flush();
  return ["## Details", ...parts].join("\n\n");
}

/** Escaped text; what names a page of docs/ leads to it. */
function linked(text: string): string {
  return escaped(text).replace(/\bdocs\/[\w/-]+\.md/g, (path) => {
    const address = siteAddress(path);
    return address === undefined ? path : `[${path}](${address})`;
  });
}

const examples = (lines: readonly string[]) =>
  lines.length === 0 ? "" : `## Examples\n\n${fence("sh", lines)}`;
