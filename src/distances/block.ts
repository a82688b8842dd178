import type { CentredRows } from "./centred.js";
import type { Layout } from "./layout.js";
import type { Rounding } from "./rounding.js";

/** Columns written side by side, so that a line of the processor's cache is filled while it is there. */
const TILE = 16;

/**
 * Rows for the left of a product, [x, l, 1], in parts of [left, width]; for the right, [-2 y, 1, l], turned over, in parts of
 * [width, right]. Their product is |x|^2 + |y|^2 - 2 x.y, the squared distance minus what rounding may have added, since l is the squared
 * length minus the bound of its share (roundingOf, and a sketch's leeway): never more than the truth.
 */
export class BlockWriter {
  readonly #centred: CentredRows;
  readonly #layout: Layout;
  readonly #shortened: Float64Array;

  constructor(centred: CentredRows, layout: Layout, { relative, absolute }: Rounding) {
    this.#centred = centred;
    this.#layout = layout;
    const { squaredLengths, leeway } = centred;
    this.#shortened = squaredLengths.map(
      (length, row) => length - (relative * length + absolute) - (leeway?.below[row] ?? 0),
    );
  }

  /** Memory for a block, zeros. */
  emptyParts(side: "left" | "right"): Float32Array[] {
    const { [side]: rows, width, parts } = this.#layout;
    return Array.from({ length: parts }, () => new Float32Array(rows * width));
  }

  /** Writes these rows for the left side. */
  writeLeft(rows: Int32Array, parts: readonly Float32Array[]): void {
    const { width } = this.#layout;
    const { means, scale, rows: source } = this.#centred;
    const { coordinates, dimension } = source;
    for (let part = 0; part < parts.length; part++) {
      const into = parts[part];
      const end = Math.min((part + 1) * width, dimension);
      for (let slot = 0; slot < rows.length; slot++) {
        const from = rows[slot] * dimension;
        for (let c = part * width, at = slot * width; c < end; c++) {
          into[at++] = (coordinates[from + c] - means[c]) * scale;
        }
      }
    }
    for (let slot = 0; slot < rows.length; slot++) {
      const put = (column: number, value: number) => {
        parts[Math.floor(column / width)][slot * width + (column % width)] = value;
      };
      put(dimension, this.#shortened[rows[slot]]);
      put(dimension + 1, 1);
    }
  }

  /** Writes `count` rows from `first` on for the right side. */
  writeRight(first: number, count: number, parts: readonly Float32Array[]): void {
    const { width, right: stride } = this.#layout;
    const { means, scale, rows: source } = this.#centred;
    const { coordinates, dimension } = source;
    for (let part = 0; part < parts.length; part++) {
      const into = parts[part];
      const last = Math.min((part + 1) * width, dimension);
      for (let begin = part * width; begin < last; begin += TILE) {
        const end = Math.min(begin + TILE, last);
        for (let slot = 0; slot < count; slot++) {
          const from = (first + slot) * dimension;
          for (let c = begin, at = (begin - part * width) * stride + slot; c < end; c++, at += stride) {
            into[at] = -2 * scale * (coordinates[from + c] - means[c]);
          }
        }
      }
    }
    for (let slot = 0; slot < count; slot++) {
      const put = (column: number, value: number) => {
        parts[Math.floor(column / width)][(column % width) * stride + slot] = value;
      };
      put(dimension, 1);
      put(dimension + 1, this.#shortened[first + slot]);
    }
  }
}
