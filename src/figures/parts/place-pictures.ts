import { assign } from "./assign.js";

/** A place on the page, in pixels. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** Sides of a rectangle, in pixels. */
export interface Extent {
  readonly width: number;
  readonly height: number;
}

export interface PlaceOptions extends Extent {
  /** Size of each picture, frame and gap included. */
  readonly picture: Extent;
  /** Every dot of the page: pictures stand where they cover none, if there is such a place. */
  readonly dots: readonly Place[];
}

/** Pixels that a picture stands farther from its point rather than cover a dot: more than any page is long. */
const DOT_COST = 1000;
/** The same for a point that has a picture. */
const POINT_COST = 3000;
/** From the middle of a dot to its border, in pixels. */
const DOT_RADIUS = 3;

/**
 * Centres for pictures that belong to points: cells of a lattice, one a picture, chosen so that lines from points to pictures are
 * short in all, and dots stay uncovered. Where the lattice has fewer cells than there are pictures, its cells overlap. Deterministic.
 */
export function placePictures(
  points: readonly Place[],
  { width, height, picture, dots }: PlaceOptions,
): Place[] {
  if (points.length === 0) return [];
  const cells = lattice(points.length, { width, height }, picture);
  const covers = (cell: Place, { x, y }: Place, radius = DOT_RADIUS) =>
    Math.abs(x - cell.x) < picture.width / 2 + radius && Math.abs(y - cell.y) < picture.height / 2 + radius;
  const covered = cells.map((cell) => {
    const [ofDots, ofPoints] = [dots, points].map((all) => all.filter((place) => covers(cell, place)).length);
    return DOT_COST * ofDots + POINT_COST * ofPoints;
  });
  const chosen = assign(
    points.length,
    cells.length,
    (k, cell) => Math.hypot(cells[cell].x - points[k].x, cells[cell].y - points[k].y) + covered[cell],
  );
  return chosen.map((cell) => cells[cell]);
}

/** How many pictures may stand on a page without touching a rectangle in its middle, which holds all dots. */
export function roomAround(inner: Extent, page: Extent, picture: Extent): number {
  const isFree = (at: number, side: number, extent: number, own: number) =>
    Math.abs(at - side / 2) >= (extent + own) / 2 + DOT_RADIUS;
  return lattice(0, page, picture).filter(
    ({ x, y }) =>
      isFree(x, page.width, inner.width, picture.width) ||
      isFree(y, page.height, inner.height, picture.height),
  ).length;
}

/** Middles of as many cells as fit on the page, and of no fewer than `count`. */
function lattice(count: number, page: Extent, picture: Extent): Place[] {
  let columns = Math.max(1, Math.floor(page.width / picture.width));
  let rows = Math.max(1, Math.floor(page.height / picture.height));
  while (columns * rows < count) {
    if (page.width / columns > page.height / rows) columns++;
    else rows++;
  }
  const middle = (k: number, cells: number, extent: number, side: number) =>
    cells === 1 ? extent / 2 : side / 2 + (k * (extent - side)) / (cells - 1);
  return Array.from({ length: rows * columns }, (_, k) => ({
    x: middle(k % columns, columns, page.width, picture.width),
    y: middle(Math.floor(k / columns), rows, page.height, picture.height),
  }));
}
