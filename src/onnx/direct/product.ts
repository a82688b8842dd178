import type { KernelFunction } from "../../kernels/kernel.js";
import { sizeOf } from "../../tensor/shape.js";
import {
  DEPTH,
  FLOAT_BYTES,
  loopsOver,
  type Machine,
  type Operator,
  type Place,
  stretched,
} from "./place.js";

/** Columns that an inner loop computes at once. */
const COLUMNS = 8;
/** Rows of which it keeps the sums: columns that are read for more of them are first laid side by side. */
const ROWS = 4;

/** A product of matrices, each with strides of its own, in places of the memory. */
interface Product {
  readonly rows: number;
  readonly depth: number;
  readonly columns: number;
  readonly aRow: number;
  readonly aStep: number;
  readonly bStep: number;
  readonly bColumn: number;
}

/** Matrix product over the last two axes; leading axes are batches and broadcast. An operand may be turned: it is read with strides. */
const matMul: Operator = ([a, b], output, _, machine) => {
  const { shape } = output;
  const batch = shape.slice(0, -2);
  const [rows, columns] = shape.slice(-2) as [number, number];
  const matrix = ({ strides }: Place) =>
    strides.slice(-2).map((stride) => FLOAT_BYTES * stride) as [number, number];
  const [aRow, aStep] = matrix(a!);
  const [bStep, bColumn] = matrix(b!);
  const product: Product = { rows, columns, depth: a!.shape.at(-1)!, aRow, aStep, bStep, bColumn };
  const leading = ({ shape: own, strides, at }: Place): Place => ({
    at,
    shape: own.slice(0, -2),
    strides: strides.slice(0, -2),
  });
  const places = [a!, b!, output].map(leading);
  const { count, steps, begins } = loopsOver(
    batch,
    places.map(({ at }) => at),
    places.map((place) => stretched(place, batch)),
  );
  const [lefts, rights, tos] = begins.map((list) => Array.from(list, (begin) => begin)) as [
    number[],
    number[],
    number[],
  ];
  const multiply = multiplier(product, machine);
  return () => {
    for (let i = 0; i < tos.length; i++)
      for (let j = 0; j < count; j++)
        multiply(lefts[i]! + j * steps[0]!, rights[i]! + j * steps[1]!, tos[i]! + j * steps[2]!);
  };
};

/** What multiplies matrices of one size, given where they begin. */
function multiplier(
  { rows, depth, columns, aRow, aStep, bStep, bColumn }: Product,
  { numbers, kernels, scratch, narrow }: Machine,
): (a: number, b: number, to: number) => void {
  const { panels, packApart } = kernels as Record<string, KernelFunction>;
  const isInRows = bColumn === FLOAT_BYTES;
  const isNarrow = columns < COLUMNS;
  const packed = FLOAT_BYTES * scratch;
  const cRow = FLOAT_BYTES * (isNarrow ? COLUMNS : columns);
  /** A number of panels of eight columns, from this column on. */
  const compute = (count: number, a: number, b: number, c: number, column: number) => {
    for (let begin = 0; begin < depth; begin += DEPTH) {
      const length = Math.min(DEPTH, depth - begin);
      const right = FLOAT_BYTES * b + begin * bStep + column * bColumn;
      if (!isInRows) packApart!(right, bStep, bColumn, packed, length, Math.min(columns, COLUMNS));
      panels!(
        count,
        isInRows && rows > ROWS ? packed : 0,
        FLOAT_BYTES * a + begin * aStep,
        aRow,
        aStep,
        isInRows ? right : packed,
        isInRows ? bStep : COLUMNS * FLOAT_BYTES,
        FLOAT_BYTES * (c + column),
        cRow,
        rows,
        length,
        begin === 0 ? 0 : 1,
      );
    }
  };
  const complete = Math.floor(columns / COLUMNS);
  return (a, b, to) => {
    if (isNarrow) {
      compute(1, a, b, narrow, 0);
      for (let row = 0; row < rows; row++)
        for (let column = 0; column < columns; column++)
          numbers[to + row * columns + column] = numbers[narrow + row * COLUMNS + column]!;
      return;
    }
    if (isInRows) compute(complete, a, b, to, 0);
    else for (let i = 0; i < complete; i++) compute(1, a, b, to, i * COLUMNS);
    // The last columns are computed with some of those before them.
    if (complete * COLUMNS < columns) compute(1, a, b, to, columns - COLUMNS);
  };
}

/** Numbers that products of fewer columns than an inner loop computes are put into first. */
export function narrowSize({ shape }: Pick<Place, "shape">): number {
  return shape.at(-1)! < COLUMNS ? (sizeOf(shape.slice(-2)) / shape.at(-1)!) * COLUMNS : 0;
}

export const PRODUCT: Readonly<Record<string, Operator>> = { MatMul: matMul };
