import { refuse } from "../errors.js";
import { type Dataset, type RowRange, type Split, valuesPerImage } from "./dataset.js";

/** The rows before a first bound train, those before a second validate, the rest test. */
export function splitAt(first: number, second: number, count: number): Split {
  return { train: [0, first], validation: [first, second], test: [second, count] };
}

/** The first rows train, the last ones, from a row on, both validate and test. */
export function splitHeldOut(trainEnd: number, heldStart: number, count: number): Split {
  return { train: [0, trainEnd], validation: [heldStart, count], test: [heldStart, count] };
}

/**
 * The split of the authors of "The geometry of efficient codes" (rule D11): the first 85 % of the rows, the
 * next 7.5 %, the rest; 0 to 170,000, to 185,000, to 200,000 for 200,000 rows.
 * @param count number of rows.
 */
export function defaultSplit(count: number): Split {
  return splitAt(Math.round(0.85 * count), Math.round(0.925 * count), count);
}

/**
 * A range of rows as a data set of its own: views of the same numbers, nothing is copied. It has no split:
 * the rows of the whole are not its own.
 * @param dataset what it is a range of.
 * @param range start and end, counted from 0, the end left out.
 * @param what Whose rows they are, for the message, such as `split.train`.
 * @throws UserError when the range is empty, or not within the data.
 */
export function sliceDataset(dataset: Dataset, [start, end]: RowRange, what = "rows"): Dataset {
  if (
    !(Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start < end && end <= dataset.count)
  ) {
    refuse(
      `${dataset.name}, ${what} ${start} to ${end}`,
      start === end
        ? `the range is empty; the data have ${dataset.count}`
        : `no such rows: the data have ${dataset.count}`,
      `Give a start and a larger end within 0 to ${dataset.count}`,
    );
  }
  const { order } = dataset;
  const imageValues = valuesPerImage(dataset);
  const labelCount = dataset.labelNames.length;
  return {
    ...dataset,
    count: end - start,
    images: dataset.images.subarray(start * imageValues, end * imageValues),
    labels: dataset.labels?.subarray(start * labelCount, end * labelCount),
    fingerprint: `${dataset.fingerprint}${order ? `:shuffled-${order.seed}` : ""}:${start}-${end}`,
    split: undefined,
    order: undefined,
  };
}

/**
 * What a reader should know of a split whose training rows are judged too (rule D11): a line where one of the two ranges
 * lies within the other, as where all rows train and some of them, or all, are measured.
 * @param name of the data, for the message.
 * @param isTrained whether a run was trained with it already: nothing is refused then.
 * @throws UserError where validation or test shares rows with training and each has others too: nobody means that.
 */
export function sharedRowWarnings({ train, ...judged }: Split, name: string, isTrained: boolean): string[] {
  const holds = ([start, end]: RowRange, [first, last]: RowRange) => start <= first && last <= end;
  return (["validation", "test"] as const).flatMap((part) => {
    const range = judged[part];
    const [start, end] = [Math.max(train[0], range[0]), Math.min(train[1], range[1])];
    if (start >= end) return [];
    const shared =
      end - start === 1 ? `row ${start} is` : `the ${end - start} rows ${start} to ${end - 1} are`;
    const both = `${shared} in both split.train [${train.join(", ")}] and split.${part} [${range.join(", ")}]`;
    if (!isTrained && !holds(train, range) && !holds(range, train))
      refuse(name, both, "Give ranges that share no rows, or, on purpose, one that lies within the other");
    return [`${name}: ${both}: what is measured there says little of images that were not trained on`];
  });
}

/**
 * Some rows of a data set, in the order given, as a data set of its own: a copy of those images alone. It has
 * no split.
 * @param rows numbers of rows that the data have, from 0, at most as many as there are.
 * @throws UserError for a row that there is not, and for more rows than there are.
 */
export function selectRows(dataset: Dataset, rows: ArrayLike<number>): Dataset {
  const { count, name } = dataset;
  if (rows.length > count)
    refuse(`${name}, rows`, `${rows.length} are asked for, and there are ${count}`, `Give at most ${count}`);
  const imageValues = valuesPerImage(dataset);
  const labelCount = dataset.labelNames.length;
  const images = dataset.images.slice(0, rows.length * imageValues);
  const labels = dataset.labels?.slice(0, rows.length * labelCount);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    if (!(Number.isInteger(row) && row >= 0 && row < count))
      refuse(`${name}, rows`, `there is no row ${row}`, `Give whole numbers from 0 to ${count - 1}`);
    images.set(dataset.images.subarray(row * imageValues, (row + 1) * imageValues), i * imageValues);
    labels?.set(dataset.labels!.subarray(row * labelCount, (row + 1) * labelCount), i * labelCount);
  }
  return {
    ...dataset,
    count: rows.length,
    images,
    labels,
    fingerprint: `${dataset.fingerprint}:${rows.length} rows`,
    split: undefined,
    order: undefined,
  };
}
