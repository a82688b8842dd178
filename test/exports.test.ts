import { readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { expect, test } from "vitest";

// What a reader of the library sees in an editor: each export says what it is. The declarations are those that `npm run build` writes.

const DIST = join(import.meta.dirname, "../dist");

/** Where a name of the library is declared. */
interface Declared {
  readonly name: string;
  /** Path in `dist`, and the name there. */
  readonly file: string;
  readonly original: string;
}

const texts = new Map<string, string>();
function textOf(file: string): string {
  const known = texts.get(file);
  if (known !== undefined) return known;
  const text = readFileSync(join(DIST, file), "utf8");
  texts.set(file, text);
  return text;
}

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

/** Whether a doc comment stands directly before the first declaration of a name. */
function isDocumented({ file, original }: Declared): boolean {
  const text = textOf(file);
  const first = [...text.matchAll(DECLARATION)].find(([, name]) => name === original)!;
  return /\*\/\s*$/.test(text.slice(0, first.index));
}

test.each(["index.d.ts", "web.d.ts", "measures.d.ts"])("every export of %s has a doc comment", (entry) => {
  const all = exportsOf(entry);
  expect(all.length).toBeGreaterThan(40);
  const places = all.filter((one) => !isDocumented(one)).map(({ file, original }) => `${file}: ${original}`);
  expect([...new Set(places)].sort()).toEqual([]);
});
