/** Cells of the grid of stimuli under a pointer that moves. */
import { SIDE } from "../../../src/lab/experiment.js";

/** A place on the grid, from 0 to 1 from its left and upper edge. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** The cell at a place, row * 13 + column; undefined outside of the grid. */
export function cellAt({ x, y }: Place): number | undefined {
  if (!(x >= 0 && x < 1 && y >= 0 && y < 1)) return undefined;
  return Math.floor(y * SIDE) * SIDE + Math.floor(x * SIDE);
}

/** The cells on the way from one place to another: a quick pointer reports few places. */
export function cellsBetween(from: Place, to: Place): number[] {
  const steps = Math.max(1, Math.ceil(4 * SIDE * Math.max(Math.abs(to.x - from.x), Math.abs(to.y - from.y))));
  const cells = new Set<number>();
  for (let k = 0; k <= steps; k++) {
    const share = k / steps;
    const cell = cellAt({ x: from.x + share * (to.x - from.x), y: from.y + share * (to.y - from.y) });
    if (cell !== undefined) cells.add(cell);
  }
  return [...cells];
}

/** Where a key leads from a cell; the cell itself at an edge, undefined for a key that does not move. */
export function cellAfterKey(cell: number, key: string): number | undefined {
  const row = Math.floor(cell / SIDE);
  const column = cell % SIDE;
  const inside = (place: number) => Math.min(SIDE - 1, Math.max(0, place));
  switch (key) {
    case "ArrowUp":
      return inside(row - 1) * SIDE + column;
    case "ArrowDown":
      return inside(row + 1) * SIDE + column;
    case "ArrowLeft":
      return row * SIDE + inside(column - 1);
    case "ArrowRight":
      return row * SIDE + inside(column + 1);
    case "Home":
      return row * SIDE;
    case "End":
      return row * SIDE + SIDE - 1;
    default:
      return undefined;
  }
}
