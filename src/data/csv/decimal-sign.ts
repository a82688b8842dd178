import { refuse, UserError } from "../../errors.js";
import type { Note } from "./look.js";

const POINT = ".".charCodeAt(0);
const COMMA = ",".charCodeAt(0);
/** Digits in groups of three: 1,234 or 1.234.567 or 1 234,5, as people write thousands. */
const THOUSANDS = /^[+-]?\d{1,3}([,.' \u00a0\u2009\u202f]\d{3})+([.,]\d+)?$/;

/** Whether a text is no number, and looks like one that is written with thousands. */
export function hasThousands(text: string): boolean {
  return THOUSANDS.test(text);
}

/**
 * The one decimal sign of a table (rule D9), found cell by cell. A class, as what one cell leaves open another one decides.
 */
export class DecimalSign {
  readonly #isBetweenCommas: boolean;
  #code = 0;
  #isComma = false;
  /** The place of a cell such as "1,234", which may be written with thousands, until another one decides. */
  #doubtful: UserError | undefined;

  /** @param delimiter what separates the columns: where it is a comma, one within a cell may be of thousands. */
  constructor(delimiter: string) {
    this.#isBetweenCommas = delimiter === ",";
  }

  /** Its character code, once there was one; 0 before. */
  get code(): number {
    return this.#code;
  }

  /** @throws UserError where the table has had the other sign. */
  see(code: number, place: () => string): void {
    if (this.#code === code) return;
    if (this.#code !== 0) {
      refuse(
        place(),
        "the file has decimal commas and decimal points",
        "Save it with one of them, and without thousands",
      );
    }
    this.#code = code;
  }

  /**
   * A number as a text, with the decimal sign that was found in it. "1,234" among commas is 1.234 to some and 1234 to others;
   * "0,234" and "1,23" are the former.
   * @throws UserError where the table has had the other sign.
   */
  seeText(text: string, sign: "." | ",", place: () => string): void {
    this.see(sign === "," ? COMMA : POINT, place);
    if (sign !== "," || !this.#isBetweenCommas) return;
    if (!/^[+-]?[1-9]\d{0,2},\d{3}$/.test(text)) this.#isComma = true;
    if (this.#isComma) this.#doubtful = undefined;
    else {
      this.#doubtful ??= new UserError({
        where: place(),
        what: `"${text}" may be written with thousands or with a decimal comma`,
        remedy: "Save it without thousands, or with another delimiter than the comma",
      });
    }
  }

  /**
   * What was inferred.
   * @throws UserError when numbers may have decimal commas or thousands.
   */
  finish(): readonly Note[] {
    if (this.#doubtful) throw this.#doubtful;
    return this.#code === COMMA ? [{ what: "decimal commas" }] : [];
  }
}
