import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { commandLine } from "./cli/narrows.js";
import { SITE_PATHS } from "./docs/pages.js";
import { sourceTexts } from "./support/source-texts.js";

// Readers are scientists whose first language is rarely English, and who search for the words of their field.

/** Phrases that they would not know or search for, as regular expressions of whole words, and what to write. */
const PHRASES: readonly (readonly [phrase: string, write: string])[] = [
  ["told", "reported, given, known or distinguished"],
  ["tells? (?:[\\w']+ ){0,4}apart", "distinguishes"],
  ["so many", "the number of, this number of, or a number"],
  ["first values", "initial weights, or initial values"],
  ["foretells?|foresees?|foreseen", "predict"],
  ["gradients? (?:are )?(?:no longer|shortened)|shortens? (?:the )?gradients?", "gradient clipping"],
  ["twice softened", "double softmax"],
  ["goes on|go on|going on", "continue; of a command: run the same command again to continue"],
  ["by which that is judged", "the name of the measure"],
  ["where not given|unless told", "by default"],
  ["lest", "so that ... not, or otherwise"],
  ["anew", "again"],
  ["(?:\\w+ )?less (?:the|that of|those|its|another|1|half)", "minus"],
  ["the squeeze (?:did|does)", "effect of the rate limit"],
  ["what is left of (?:an |the )?images?", "reconstructions"],
  ["each other's kind", "of the same kind"],
  ["(?:the|a|its|their|of) greatest", "maximum, or largest"],
  ["(?:the|its|their) least", "minimum, or smallest"],
  ["gave no distances", "distances underflow: rescale the points"],
  ["mend(?:s|ed)?", "fix, or repair"],
  [
    "(?:one|an?) (?:row|line|label|key|name|image|column|number|value|file|curve|weight|probability) an? (?:row|line|sample|image|point|dimension|factor|label|run|epoch|pixel|feature|symbol|step)",
    "one ... per ...",
  ],
  ["(?:nats|bits) an? (?:unit|image|step|row|sample)", "nats per ..."],
  ["anyone's", "your own, or from a file"],
  ["worked out", "computed"],
  ["passed over|pass over such", "skipped, or ignored"],
  ["in vain|at fault|of late|by and by", "a usual word"],
  ["thrice|whence|thereof|therein|whereof|upon|amid", "a usual word"],
];

/** Where a phrase is right: a quotation, or the word's own meaning. */
const EXCEPTED: readonly (readonly [file: string, text: string])[] = [];

/** Names of functions, types, parameters and files that said nothing about what they are, and the word for it. */
const NAMES: Readonly<Record<string, string>> = {
  told: "what was reported, or claimNumber",
  most: "maximum, or maxBy",
  least: "minimum, or minBy",
  beside: "withPublished, or what it is next to",
  wayOf: "layerPath",
  Manner: "LayerDefaults",
  drawCompany: "sampleEchoTerms",
  Standing: "RunStatus",
  Followed: "TrackedQuantity",
  Complaint: "Problem",
  DEAR: "HIGH_BETA",
  Stretch: "ParameterSegment",
  Summit: "Mode",
  skewOf: "boundOrthonormalityError",
  foresee: "predictTraining",
  besideOf: "the folder that is searched",
};
const FILES: Readonly<Record<string, string>> = {
  worst: "extremes",
  summits: "modes",
  skew: "orthonormality",
  answers: "head-predictions",
  stretches: "parameter-segments",
};

const { narrows } = commandLine("plain-english");
const ROOT = join(import.meta.dirname, "..");
const HERE = join("test", "plain-english.test.ts");

/** One regular expression for all phrases; spaces in them may be ends of lines, of comments too. */
const ANY = new RegExp(
  `(?<![\\w-])(?:${PHRASES.map(([phrase]) => `(${phrase.replaceAll(" ", "[\\s*/>|#]+")})`).join("|")})(?![\\w-])`,
  "gi",
);

/** The findings in a text, each with place, phrase and remedy; `from` is its offset in the whole file. */
function findings(file: string, whole: string, text = whole, from = 0): string[] {
  return [...text.matchAll(ANY)].flatMap((match) => {
    const line = whole.slice(0, from + match.index).split("\n").length;
    const phrase = match[0].replace(/[\s*/>|#]+/g, " ");
    if (EXCEPTED.some(([at, said]) => at === file && text.includes(said))) return [];
    const [, write] = PHRASES[match.slice(1).findIndex((found) => found !== undefined)]!;
    return [`${file}:${line}: "${phrase}": write ${write}`];
  });
}

function filesIn(folder: string, ending: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name))
    .sort();
}

const read = (file: string) => readFileSync(join(ROOT, file), "utf8");

test("the tokenizer finds comments and literals, and nothing else", () => {
  const source =
    'const a = /"[/*]/g; // one\nf(`two $' +
    '{b ? "three" : `four $' +
    "{{ c }}`} five`); /* six */ d = e / 2 / g;";
  const { texts, code } = sourceTexts(source);
  expect(texts.map(({ text }) => text).filter((text) => /\w{3}/.test(text))).toEqual([
    "// one\n",
    "`two $" + "{",
    '"three"',
    "`four $" + "{",
    "} five`",
    "/* six */",
  ]);
  expect(code.replace(/\s+/g, " ")).toContain("const a = ");
  expect(code).toMatch(/d = e \/ 2 \/ g;$/);
  expect(code).toHaveLength(source.length);
});

test("a finding names place, phrase and remedy", () => {
  expect(findings("a.ts", "one\n * the mean is\n * told where\n * not given")).toEqual([
    'a.ts:3: "told": write reported, given, known or distinguished',
    'a.ts:3: "where not given": write by default',
  ]);
});

test("docs, README, CONTRIBUTING, the site and configurations are in plain English", () => {
  const pages = [
    ...filesIn("docs", ".md"),
    ...["README.md", "CONTRIBUTING.md"],
    ...SITE_PATHS,
    ...filesIn("configs", ".yaml"),
  ];
  expect(pages.flatMap((file) => findings(file, read(file)))).toEqual([]);
});

test("so are comments, messages and all other texts of the source", () => {
  const found = filesIn("src", ".ts").flatMap((file) => {
    const whole = read(file);
    return sourceTexts(whole).texts.flatMap(({ text, at }) => findings(file, whole, text, at));
  });
  expect(found).toEqual([]);
});

test("so is the help of every command", async () => {
  const found: string[] = [];
  const visit = async (path: readonly string[]): Promise<void> => {
    const { stdout } = await narrows(...path, "--help");
    found.push(...findings(["narrows", ...path, "--help"].join(" "), stdout));
    const [, commands = ""] = stdout.split("\nCommands:\n");
    for (const [, name] of commands.split("\n\n")[0]!.matchAll(/^ {2}([a-z-]+)/gm))
      await visit([...path, name!]);
  };
  await visit([]);
  expect(found).toEqual([]);
});

test("names of code are those that one would search for", () => {
  // A listener is added by the method `on`, and `--on slurm` is a setting; nothing else is called so.
  const names = new RegExp(`(?<![\\w$])(${Object.keys(NAMES).join("|")}|(?<!\\.)on)(?![\\w$])`, "g");
  const found = ["src", "test", "bench"]
    .flatMap((folder) => filesIn(folder, ".ts"))
    .filter((file) => file !== HERE)
    .flatMap((file) => {
      const { code } = sourceTexts(read(file));
      const isSetting = file.endsWith("cli/command/launching.ts");
      const stem = FILES[file.replace(/^.*[\\/]|(\.test)?\.ts$/g, "")];
      return [
        ...(stem ? [`${file}: call the file ${stem}.ts`] : []),
        ...[...code.matchAll(names)]
          .filter(([name]) => !(isSetting && name === "on"))
          .map(({ 0: name, index }) => {
            return `${file}:${code.slice(0, index).split("\n").length}: ${name}: call it ${NAMES[name] ?? "what it is on, such as onDataset"}`;
          }),
      ];
    });
  expect(found).toEqual([]);
});
