import * as z from "zod";
import type { DatasetSource } from "../data/sources/source.js";
import { loadParts } from "../extension/load.js";
import type { OwnFigure } from "../figures/own-figure.js";
import type { OwnMetric } from "../model/own-metric.js";
import type { Part, PartKind } from "../model/part.js";
import { type PartSet, partsWith } from "../model/slots.js";
import type { OwnPart } from "../own-part.js";
import { ownFilesIn } from "./own-files.js";
import { definitionLines } from "./table.js";

/** The kinds of parts in the order of the signal, and of what is asked of it. */
export const PART_KINDS = [
  "encoder",
  "channel",
  "marginal",
  "decoder",
  "likelihood",
  "objective",
  "regularizer",
] as const satisfies readonly PartKind[];

/** The types of each kind, a line a kind. */
function typeLines(parts: PartSet): string[] {
  return definitionLines(
    PART_KINDS.map((kind) => [kind, parts[kind].choices.map(({ type }) => type).join(", ")]),
  );
}

/** What help says of parts: the types of each kind, and in full those of files that the command line names. */
export function partsHelp(words: readonly string[]): string[] {
  const own = loadParts(ownFilesIn(words));
  return [
    "",
    'Parts of a model by type ("narrows parts" describes them):',
    ...typeLines(partsWith(own)).map((line) => `  ${line}`),
    ...(own.length === 0 ? [] : ["", "Your own:", ...ownPartLines(own).map((line) => `  ${line}`)]),
  ];
}

/** A setting of a part, as the schema of the part has it. */
export interface PartSetting {
  readonly key: string;
  /** `number`, `one of sum, mean`. */
  readonly values: string;
  /** As in JSON; undefined where there is none. */
  readonly default: string | undefined;
  readonly about: string | undefined;
}

interface JsonSetting {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly description?: string;
  readonly anyOf?: readonly JsonSetting[];
  readonly oneOf?: readonly JsonSetting[];
  readonly const?: unknown;
}

/** The settings of an object of a configuration, but for the key that chooses it. */
export function settingsIn(schema: z.ZodType): PartSetting[] {
  const { properties = {} } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as {
    readonly properties?: Readonly<Record<string, JsonSetting>>;
  };
  return Object.entries(properties)
    .filter(([key]) => key !== "type")
    .map(([key, setting]) => ({
      key,
      values: valuesOf(setting),
      default: setting.default === undefined ? undefined : JSON.stringify(setting.default),
      about: setting.description,
    }));
}

function valuesOf(setting: JsonSetting): string {
  if (setting.const !== undefined) return String(setting.const);
  if (setting.enum) return `one of ${setting.enum.join(", ")}`;
  const forms = setting.anyOf ?? setting.oneOf;
  if (forms) return [...new Set(forms.map(valuesOf))].join(" or ");
  const { type = "value" } = setting;
  return NAMES[type] ?? type;
}

const NAMES: Readonly<Record<string, string>> = {
  integer: "whole number",
  string: "text",
  boolean: "true or false",
  array: "list",
  object: "keys and values",
};

/** A part in full: what it is, and its settings. */
export function partLines({ kind, type, about, schema }: Part): string[] {
  return [`${kind} ${type}: ${about}`, ...settingLines(settingsIn(schema))];
}

function settingLines(settings: readonly PartSetting[]): string[] {
  return definitionLines(
    settings.map(({ key, values, default: standard, about }) => [
      key,
      [
        `${values}${standard === undefined ? "" : ` (default: ${standard})`}`,
        ...(about === undefined ? [] : [about]),
      ].join("; "),
    ]),
  ).map((line) => `  ${line}`);
}

/** What a file of one's own defines, in full. */
export function ownPartLines(parts: readonly OwnPart[]): string[] {
  return parts.flatMap((part) => {
    if (isModelPart(part)) return partLines(part);
    if (part.kind === "data") {
      const { name, about, shape } = part as DatasetSource;
      const options = z.object(shape as z.ZodRawShape).shape[name];
      const inner = options instanceof z.ZodOptional ? (options.unwrap() as z.ZodType) : undefined;
      return [`data ${name}: ${about}`, ...(inner ? settingLines(settingsIn(inner)) : [])];
    }
    if (part.kind === "metric") {
      const { name, label, unit } = part as OwnMetric;
      return [`metric ${name}: ${label}${unit === "" ? "" : `, in ${unit}`}`];
    }
    const { name, about } = part as OwnFigure;
    return [`${part.kind} ${name}: ${about}`];
  });
}

function isModelPart(part: OwnPart): part is Part {
  return (PART_KINDS as readonly string[]).includes(part.kind);
}
