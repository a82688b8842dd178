const SIGNIFICANT_DIGITS = 6;

/** A cell of a table as people read it. */
export function cellText(value: string | number): string {
  return typeof value === "string" ? value : String(Number(value.toPrecision(SIGNIFICANT_DIGITS)));
}
