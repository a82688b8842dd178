import { expect, test } from "vitest";
import { defineCommand } from "../../src/cli/command/define.js";
import * as groups from "../../src/cli/command/groups.js";
import { helpOf, runCommand } from "../../src/cli/command/program.js";
import type { CommandEntry, CommandGroup, CommandTable } from "../../src/cli/command/tree.js";
import { COMMANDS } from "../../src/cli/commands/index.js";
import { repeated, text, whole } from "../../src/settings/index.js";

const given: unknown[] = [];
const add = defineCommand({
  arguments: {
    first: text({ about: "a file", required: true }),
    more: repeated(text({ about: "" }), { about: "others" }),
  },
  settings: {
    rows: whole({ about: "number of rows", minimum: 1, moved: { values: ["test"], to: "split" } }),
    split: text({ about: "part of the data" }),
    codes: repeated(text({ about: "" }), { about: "arrays", was: ["a", "b"] }),
    ...groups.force,
  },
  details: "What it does.",
  examples: ["narrows sums add x.csv"],
  async run(options) {
    given.push(options);
    return { json: { sum: 3 }, text: ["sum 3"], exitCode: options.force ? 1 : 0 };
  },
});
const root: CommandGroup = {
  about: "Root.",
  commands: {
    sums: {
      about: "work with sums",
      commands: {
        add: { about: "add numbers", load: async () => ({ default: add }) },
        plus: { renamedTo: "add" },
      },
    },
  },
};

/** Runs a command and gives what it printed. */
async function run(line: string) {
  const printed = { out: "", err: "" };
  const spies = (["stdout", "stderr"] as const).map((name) => {
    const { write } = process[name];
    process[name].write = ((chunk: string) => {
      printed[name === "stdout" ? "out" : "err"] += chunk;
      return true;
    }) as typeof write;
    return () => {
      process[name].write = write;
    };
  });
  try {
    const exitCode = await runCommand(root, "1.2.3", line.split(" "), {
      words: line.split(" "),
      published: async () => () => undefined,
    });
    return { exitCode, ...printed };
  } finally {
    for (const restore of spies) restore();
  }
}

test("a command receives typed values, and prints text or one JSON document", async () => {
  expect(await run("sums add x.csv y z --rows 3")).toEqual({ exitCode: 0, out: "sum 3\n", err: "" });
  expect(given.at(-1)).toEqual({
    first: "x.csv",
    more: ["y", "z"],
    rows: 3,
    codes: [],
    force: false,
    json: false,
  });
  expect(await run("sums add x.csv --force --json")).toEqual({ exitCode: 1, out: '{"sum":3}\n', err: "" });
});

test("earlier names of commands, flags and values work, and say the present ones", async () => {
  const { out, err } = await run("sums plus x --b 2 --a 1 --rows test");
  expect(out).toBe("sum 3\n");
  expect(err).toBe(
    "note: narrows sums plus is now narrows sums add; the old name works until the next release\n" +
      "note: --rows test is now --split; the old name works until the next release\n" +
      "note: --a is now --codes; the old name works until the next release\n" +
      "note: --b is now --codes; the old name works until the next release\n",
  );
  expect(given.at(-1)).toMatchObject({ split: "test", codes: ["1", "2"] });
  expect(given.at(-1)).not.toHaveProperty("rows");
});

test.each([
  ["sums add", "<first>: is missing. Give <first>: a file."],
  [
    "sums add x --rwos 3",
    "sums add: unknown option '--rwos'. Did you mean --rows? See narrows sums add --help.",
  ],
  ["sums add x --rows", "sums add: option '--rows <n>' argument missing. See narrows sums add --help."],
  [
    "sums ad",
    "sums ad: there is no such command (did you mean add?). The commands are add; narrows sums --help describes them.",
  ],
  [
    "sum",
    "sum: there is no such command (did you mean sums?). The commands are sums; narrows --help describes them.",
  ],
  [
    "add",
    "add: there is no such command (did you mean sums add?). The commands are sums; narrows --help describes them.",
  ],
])("%s", async (line, message) => {
  await expect(run(line)).rejects.toThrow(expect.objectContaining({ name: "UserError", message }));
});

test("help says what is taken, the defaults and examples; earlier names are not shown", async () => {
  const help = await helpOf(root, "1.2.3", ["sums", "add"]);
  expect(help).toContain("Usage: narrows sums add [options] <first> [more...]");
  expect(help).toContain("\nWhat it does.\n\nExamples:\n  narrows sums add x.csv\n");
  expect(help).not.toContain("--a ");
  expect((await run("sums")).out).toBe(await helpOf(root, "1.2.3", ["sums"]));
});

/** Every command of a table, with its place in it. */
function leaves(table: CommandTable, path: readonly string[] = []): [string, CommandEntry][] {
  return Object.entries(table).flatMap(([name, node]) => {
    const at = [...path, name];
    if ("commands" in node) return leaves(node.commands, at);
    return "load" in node ? [[at.join(" "), node]] : [];
  });
}

test.each(leaves(COMMANDS.commands))(
  "%s has one style of help, and examples",
  async (name, { about, load }) => {
    const { default: command } = await load();
    const phrases = Object.entries({ ...command.arguments, ...command.settings }).map(([key, setting]) => [
      key,
      setting.about,
    ]);
    for (const [key, phrase] of [["description", about], ...phrases]) {
      expect({ key, phrase }).toEqual({ key, phrase: expect.stringMatching(/^[a-z0-9].*[^.]$/i) });
    }
    expect(about).toMatch(/^[a-z]/);
    expect(command.examples.join("\n")).toContain(`narrows ${name}`);
  },
);
