import { readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { expect, test } from "vitest";

// What a reader of the library sees in an editor: each export says what it is, and what it refuses. The declarations are those that
// `npm run build` writes.

const DIST = join(import.meta.dirname, "../dist");
const SRC = join(import.meta.dirname, "../src");

/** Where a name of the library is declared. */
interface Declared {
  readonly name: string;
  /** Path in `dist`, and the name there. */
  readonly file: string;
  readonly original: string;
}

const texts = new Map<string, string>();
function read(path: string): string {
  const known = texts.get(path);
  if (known !== undefined) return known;
  const text = readFileSync(path, "utf8");
  texts.set(path, text);
  return text;
}
const textOf = (file: string) => read(join(DIST, file));

const target = (file: string, specifier: string) =>
  normalize(join(dirname(file), specifier.replace(/\.js$/, ".d.ts")));

const DECLARATION =
  /^export (?:declare )?(?:abstract )?(?:async )?(?:function|interface|type|const|let|class|enum|namespace) (\w+)/gm;

/** Every name that a file exports, with the place of its declaration; what names a whole room is followed into it. */
function exportsOf(file: string, prefix = ""): Declared[] {
  const text = textOf(file);
  const own = [...text.matchAll(DECLARATION)].map(([, name]) => ({
    name: prefix + name,
    file,
    original: name!,
  }));
  const whole = [...text.matchAll(/^export (?:type )?\* from "(\.[^"]+)"/gm)].flatMap(([, from]) =>
    exportsOf(target(file, from!), prefix),
  );
  const rooms = [...text.matchAll(/^export \* as (\w+) from "(\.[^"]+)"/gm)].flatMap(([, room, from]) =>
    exportsOf(target(file, from!), `${prefix}${room}.`),
  );
  const named = [...text.matchAll(/^export (?:type )?\{([^}]*)\} from "(\.[^"]+)"/gm)].flatMap(
    ([, names, from]) =>
      names!
        .split(",")
        .map((entry) => entry.trim().replace(/^type /, ""))
        .filter((entry) => entry !== "")
        .map((entry) => {
          const [original, name = original] = entry.split(" as ");
          return declarationOf(target(file, from!), original!, prefix + name);
        }),
  );
  return [...own, ...whole, ...rooms, ...named];
}

/** The declaration behind a name, through the files that pass it on. */
function declarationOf(file: string, original: string, name: string): Declared {
  const found = exportsOf(file).find((one) => one.name === original);
  if (!found) throw new Error(`${file} does not export ${original}`);
  return { ...found, name };
}

/** The doc comment directly before the first declaration of a name; empty where there is none. */
function commentOf({ file, original }: Declared): string {
  const text = textOf(file);
  const first = [...text.matchAll(DECLARATION)].find(([, name]) => name === original)!;
  const before = text.slice(0, first.index).trimEnd();
  return before.endsWith("*/") ? before.slice(before.lastIndexOf("/**")) : "";
}

/** The source of a function, from its name to the brace that ends it; undefined for what is no function. */
function functionOf({ file, original }: Declared): string | undefined {
  const source = read(join(SRC, file.replace(/\.d\.ts$/, ".ts")));
  const start = source.search(new RegExp(`^export (?:async )?function\\*? ${original}\\b`, "m"));
  return start < 0 ? undefined : source.slice(start, source.indexOf("\n}\n", start));
}

/** Each of some declarations once, as a line. */
const lines = (found: readonly Declared[]) =>
  [...new Set(found.map(({ file, original }) => `${file}: ${original}`))].sort();

const ENTRIES = ["index.d.ts", "web.d.ts", "parts.d.ts", "measures.d.ts"];

test.each(ENTRIES)("every export of %s has a doc comment", (entry) => {
  const all = exportsOf(entry);
  expect(all.length).toBeGreaterThan(40);
  expect(lines(all.filter((one) => commentOf(one) === ""))).toEqual([]);
});

test("every function that refuses something by itself says what", () => {
  const refusing = ENTRIES.flatMap((entry) => exportsOf(entry)).filter((one) =>
    /\bthrow new \w*Error|\bthrow \w*[eE]rror\(|\brefuse\(/.test(functionOf(one) ?? ""),
  );
  expect(lines(refusing).length).toBeGreaterThan(40);
  expect(lines(refusing.filter((one) => !commentOf(one).includes("@throws")))).toEqual([]);
});
