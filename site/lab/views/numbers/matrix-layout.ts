/** Where the cells and the labels of a distortion matrix stand, in pixels. */

interface Label {
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

export interface MatrixLayout {
  readonly left: number;
  readonly top: number;
  /** Of the square of all cells. */
  readonly side: number;
  readonly cell: number;
  /** Stimuli of one xU; 1 for classes. */
  readonly block: number;
  readonly height: number;
  readonly title: string;
  readonly rowLabels: readonly Label[];
  readonly columnLabels: readonly Label[];
}

const CHARACTER = 6.6;
const MAXIMUM_SIDE = 640;
const MAXIMUM_CELL = 84;
/** Names take this share of the width at most; longer ones end with three dots. */
const LABEL_SHARE = 0.42;
const MAXIMUM_NAME = 4;

/**
 * @param width Pixels there are.
 * @param size Rows of the matrix.
 * @param classes Names of the rows; undefined for stimuli, in blocks of one xU.
 */
export function matrixLayout(
  width: number,
  size: number,
  classes: readonly string[] | undefined,
): MatrixLayout {
  return classes ? ofClasses(width, size, classes) : ofStimuli(width, size);
}

function ofStimuli(width: number, size: number): MatrixLayout {
  const block = Math.max(1, Math.round(Math.sqrt(size)));
  const [left, top] = [26, 36];
  const side = Math.max(1, Math.min(width - left - 1, MAXIMUM_SIDE));
  const middle = (k: number) => ((k + 0.5) * side) / block;
  const blocks = Array.from({ length: block }, (_, k) => k);
  return {
    ...{ left, top, side, block },
    cell: side / Math.max(1, size),
    height: top + side + 2,
    title: "xU of the stimulus",
    columnLabels: blocks.map((k) => ({ x: left + middle(k), y: top - 6, text: String(k) })),
    rowLabels: blocks.map((k) => ({ x: left - 5, y: top + middle(k), text: String(k) })),
  };
}

function ofClasses(width: number, size: number, classes: readonly string[]): MatrixLayout {
  // Long names stand at the rows alone, each with the number that stands for it at its column.
  const isShort = classes.every((name) => name.length <= MAXIMUM_NAME);
  const names = isShort ? classes : classes.map((name, k) => `${name}  ${k + 1}`);
  const longest = Math.max(0, ...names.map((name) => name.length));
  const left = Math.round(Math.min(longest * CHARACTER + 8, width * LABEL_SHARE));
  const top = 22;
  const side = Math.max(1, Math.min(width - left - 1, MAXIMUM_SIDE, MAXIMUM_CELL * Math.max(1, size)));
  const cell = side / Math.max(1, size);
  const room = Math.floor((left - 8) / CHARACTER);
  const cut = (name: string, k: number) => {
    if (name.length <= room) return name;
    const end = isShort ? "" : `  ${k + 1}`;
    return `${name.slice(0, Math.max(1, room - end.length - 1))}…${end}`;
  };
  // Where cells are small, every second, third ... is named.
  const every = Math.max(1, Math.ceil(15 / cell));
  const labels = names.map((name, k) => ({ name, k })).filter(({ k }) => k % every === 0);
  return {
    ...{ left, top, side, cell },
    block: 1,
    height: top + side + 2,
    title: "",
    columnLabels: labels.map(({ name, k }) => ({
      x: left + (k + 0.5) * cell,
      y: top - 6,
      text: isShort ? name : String(k + 1),
    })),
    rowLabels: labels.map(({ name, k }) => ({ x: left - 6, y: top + (k + 0.5) * cell, text: cut(name, k) })),
  };
}
