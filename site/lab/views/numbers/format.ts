/** Numbers in words, as they are read and heard. */

const SIGNIFICANT = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });
const WHOLE = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const MINUS = "\u2212";

const signed = (text: string) => text.replace("-", MINUS);

/** Three significant digits; a word for what is no number. */
export function threeDigits(value: number): string {
  if (Number.isNaN(value)) return "undefined";
  if (!Number.isFinite(value)) return value > 0 ? "infinite" : `${MINUS}infinite`;
  return signed(SIGNIFICANT.format(value));
}

/** A fixed number of digits behind the point: numbers that change keep their width. */
export function fixed(value: number, digits: number): string {
  if (!Number.isFinite(value)) return threeDigits(value);
  const text = value.toFixed(digits);
  return signed(Number(text) === 0 ? text.replace("-", "") : text);
}

/** A whole number with commas between thousands. */
export const whole = (value: number) => signed(WHOLE.format(value));
