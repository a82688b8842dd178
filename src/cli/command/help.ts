import type { Setting } from "../../settings/setting.js";

/** What help says of a setting: what it means, its choices, its default. */
export function settingHelp({
  about,
  form,
  item,
  default: standard,
  defaultText,
  required,
}: Setting<unknown>): string {
  const fallback = defaultText ?? (form === "flag" ? undefined : defaultOf(standard));
  const facts = [
    ...(item.choices ? [`one of ${item.choices.join(", ")}`] : []),
    ...(fallback === undefined ? [] : [`default: ${fallback}`]),
    ...(required ? ["required"] : []),
    ...(form === "repeated" ? ["repeatable"] : []),
  ].map((fact) => (form === "list" ? fact.replace(/^one of/, "some of") : fact));
  return facts.length > 0 ? `${about} (${facts.join("; ")})` : about;
}

function defaultOf(standard: unknown): string | undefined {
  if (standard === undefined || (Array.isArray(standard) && standard.length === 0)) return undefined;
  return Array.isArray(standard) ? standard.join(",") : String(standard);
}

/** What help says below the options. */
export function helpBelow(details: string | undefined, examples: readonly string[] = []): string {
  const parts = [
    ...(details === undefined ? [] : [details.trim()]),
    ...(examples.length === 0 ? [] : [["Examples:", ...examples.map((line) => `  ${line}`)].join("\n")]),
  ];
  return parts.map((part) => `\n${part}`).join("\n");
}
