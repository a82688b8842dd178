/** A function that rules may call. */
interface RuleFunction {
  readonly usage: string;
  /** Fewest and most arguments. */
  readonly arguments: readonly [minimum: number, maximum: number];
  apply(values: readonly number[]): number;
}

const ANY = Number.POSITIVE_INFINITY;

/** What a rule may call, by name (rule D14). */
export const ruleFunctions: ReadonlyMap<string, RuleFunction> = new Map<string, RuleFunction>([
  [
    "bin",
    {
      usage: "bin(value, edge, ...)",
      arguments: [2, ANY],
      apply: ([value, ...edges]) => edges.filter((edge) => edge <= value!).length,
    },
  ],
  ["min", { usage: "min(a, b, ...)", arguments: [2, ANY], apply: (values) => Math.min(...values) }],
  ["max", { usage: "max(a, b, ...)", arguments: [2, ANY], apply: (values) => Math.max(...values) }],
  ["abs", { usage: "abs(a)", arguments: [1, 1], apply: ([value]) => Math.abs(value!) }],
  ["floor", { usage: "floor(a)", arguments: [1, 1], apply: ([value]) => Math.floor(value!) }],
]);
