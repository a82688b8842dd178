import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Item, ROOT, writeInSite } from "./files.js";
import { code, escaped, page, sentence, type Term, termList } from "./markdown.js";
import { type JsonSchema, type Key, keysOf, variantsOf } from "./schema-keys.js";

const FOLDER = "reference/configuration";
/** Keys of so many lines that they have a page of their own. */
const SECTIONS = ["data", "split", "model", "optimizer", "training", "cluster"];

/** Writes a page for each section of a configuration, from the schema that editors use; returns their side bar. */
export function writeConfiguration(): Item[] {
  const schema = JSON.parse(readFileSync(join(ROOT, "configs/narrows.schema.json"), "utf8")) as JsonSchema;
  const origins = readOrigins();
  const top = schema.properties!;
  writeInSite(
    `${FOLDER}/index.md`,
    page(
      "Configuration",
      `A configuration is a YAML file. Every key may be left out; ${code("--set model.objective.capacity=3")} overrides one on the command line, with or without the leading ${code("model.")}.`,
      'A first line `# yaml-language-server: $schema=narrows.schema.json` lets an editor complete and check the file; the schema is [here](/files/configs/narrows.schema.json){target="_self"}. Where each default comes from: [Defaults](/background/defaults).',
      termList(
        Object.entries(top).map(([name, value]) => {
          const hasPage = SECTIONS.includes(name);
          const more = hasPage ? ` [All keys](/${FOLDER}/${name})` : "";
          return {
            id: name,
            term: code(name),
            meaning: `${facts({ path: name, schema: value, required: false }, origins, hasPage)}${more}`,
          };
        }),
      ),
    ),
  );
  const items: Item[] = [{ text: "All sections", link: `/${FOLDER}/` }];
  for (const name of SECTIONS) {
    if (name === "model") continue;
    write(name, top[name]!, origins);
    items.push({ text: name, link: `/${FOLDER}/${name}` });
  }
  items.splice(3, 0, ...writeModel(top.model!, origins));
  return items;
}

/** The model has a page for each of its slots. */
function writeModel(schema: JsonSchema, origins: Origins): Item[] {
  const [autoencoder, classifier] = variantsOf(schema);
  const slots = Object.entries(autoencoder!.schema.properties!).filter(([name]) => name !== "type");
  const own = (of: JsonSchema) =>
    termList(
      Object.entries(of.properties!).map(([name, value]) => ({
        id: name,
        term: code(`model.${name}`),
        meaning: [
          facts(
            { path: `model.${name}`, schema: value, required: of.required?.includes(name) ?? false },
            origins,
            true,
          ),
          hasSlotPage(value) ? `[All choices and keys](/${FOLDER}/model-${name})` : "",
        ].join(" "),
      })),
    );
  writeInSite(
    `${FOLDER}/model.md`,
    page(
      "model",
      `A model is an autoencoder (by default), or a classifier alone (${code("type: classifier")}). Each part is chosen by its ${code("type")}; a key that only one choice has names the choice.`,
      "## autoencoder",
      own(autoencoder!.schema),
      "## classifier",
      own(classifier!.schema).replaceAll(/(id="|href="#)/g, "$1classifier-"),
    ),
  );
  const pages = slots.filter(([, value]) => hasSlotPage(value));
  for (const [name, value] of pages) {
    write(
      `model.${name}`,
      name === "heads" || name === "regularizers" ? value.items! : value,
      origins,
      `model-${name}`,
    );
  }
  return [
    {
      text: "model",
      link: `/${FOLDER}/model`,
      items: pages.map(([name]) => ({ text: name, link: `/${FOLDER}/model-${name}` })),
    },
  ];
}

const hasSlotPage = (schema: JsonSchema) =>
  variantsOf(schema).length > 1 ||
  schema.items?.oneOf !== undefined ||
  schema.items?.properties !== undefined;

/** One page: a heading for each choice of the section, and its keys. */
function write(path: string, schema: JsonSchema, origins: Origins, file = path): void {
  const variants = variantsOf(schema);
  const parts =
    variants.length === 0
      ? [keyList(keysOf(schema, path), origins)]
      : variants.flatMap(({ name, schema: choice }) => [
          `## type: ${name}`,
          keyList(keysOf(choice, path, name), origins, name) || "It has no further keys.",
        ]);
  const about = schema.description === undefined ? "" : sentence(escaped(schema.description));
  writeInSite(`${FOLDER}/${file}.md`, page(path, about, ...parts));
}

function keyList(keys: readonly Key[], origins: Origins, choice?: string): string {
  if (keys.length === 0) return "";
  return termList(
    keys.map((key): Term => {
      const within = choice === undefined ? key.path : `${key.path}-${choice}`;
      const id = [within, ...(key.choices ?? [])].join("-").replace(/[^\w-]+/g, "-");
      const of = key.choices === undefined ? "" : ` (${key.choices.join(", ")})`;
      return { id, term: `${code(key.path)}${escaped(of)}`, meaning: facts(key, origins, false, choice) };
    }),
  );
}

/** Type, bounds and default in one line, and what the key means. */
function facts(
  { path, schema, required, choices = [] }: Key,
  origins: Origins,
  hasPage: boolean,
  choice?: string,
): string {
  const named = [
    path,
    ...[...(choice === undefined ? [] : [choice]), ...choices].map((name) => `(${name})`),
  ].join(" ");
  const origin = origins.get(named);
  const fallback = required
    ? "required"
    : schema.default !== undefined && !(hasPage && JSON.stringify(schema.default) === "{}")
      ? `by default ${code(JSON.stringify(schema.default))}${origin === undefined ? "" : `, from: ${origin}`}`
      : "";
  const line = [typeOf(schema), fallback].filter((part) => part !== "").join("; ");
  const about = schema.description === undefined ? "" : `${sentence(escaped(schema.description))} `;
  return `${about}<span class="facts">${line}</span>`;
}

/** What a value may be, in words. */
function typeOf(schema: JsonSchema): string {
  const { type, enum: choices, items } = schema;
  if (schema.const !== undefined) return code(JSON.stringify(schema.const));
  if (choices) return `one of ${choices.map((choice) => code(String(choice))).join(", ")}`;
  if (schema.anyOf) return schema.anyOf.map(typeOf).join(", or ");
  if (schema.oneOf)
    return `one of ${variantsOf(schema)
      .map(({ name }) => code(name))
      .join(", ")}`;
  if (type === "array") {
    if (schema.prefixItems) return `[${schema.prefixItems.map(typeOf).join(", ")}]`;
    return `list of: ${items === undefined ? "values" : typeOf(items)}`;
  }
  if (type === "integer" || type === "number")
    return `${type === "integer" ? "whole number" : "number"}${boundsOf(schema)}`;
  if (type === "boolean") return `${code("true")} or ${code("false")}`;
  if (type === "string") return "text";
  return type === "object" ? "keys below it" : "any value";
}

/** Bounds that say something: not those of the number format. */
function boundsOf({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: JsonSchema): string {
  const said = [
    ...(minimum === undefined ? [] : [`at least ${minimum}`]),
    ...(exclusiveMinimum === undefined ? [] : [`above ${exclusiveMinimum}`]),
    ...(maximum === undefined || maximum >= 2 ** 53 - 1 ? [] : [`at most ${maximum}`]),
    ...(exclusiveMaximum === undefined ? [] : [`below ${exclusiveMaximum}`]),
  ];
  return said.length === 0 ? "" : `, ${said.join(" and ")}`;
}

/** Where the defaults come from, by key, as docs/defaults.md has it. */
type Origins = ReadonlyMap<string, string>;

function readOrigins(): Origins {
  const rows = readFileSync(join(ROOT, "docs/defaults.md"), "utf8").matchAll(
    /^\| `([^`]+)` \| .* \| ([^|]+) \|$/gm,
  );
  return new Map([...rows].map(([, key, origin]) => [key!, origin!.trim()]));
}
