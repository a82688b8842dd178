/** Where labels of points stand, such that they cover neither each other nor a point. */

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface LabelledPoint {
  readonly x: number;
  readonly y: number;
  /** Size of the label in pixels. */
  readonly width: number;
  readonly height: number;
}

const GAP = 7;

/**
 * The box of each label beside its point: right, left, above, below, or at a corner; the first place that is free.
 * @param area Labels stay within it.
 * @param taken Other things to leave free.
 * @returns undefined for a label without a free place.
 */
export function placeLabels(
  points: readonly LabelledPoint[],
  area: Box,
  taken: readonly Box[] = [],
): (Box | undefined)[] {
  const dot = ({ x, y }: LabelledPoint): Box => ({ x: x - 4, y: y - 4, width: 8, height: 8 });
  const full: Box[] = [...taken, ...points.map(dot)];
  return points.map((point) => {
    const box = candidates(point).find(
      (candidate) => isInside(candidate, area) && !full.some((other) => overlap(candidate, other)),
    );
    if (box) full.push(box);
    return box;
  });
}

function candidates({ x, y, width, height }: LabelledPoint): Box[] {
  const across = [x + GAP, x - GAP - width, x - width / 2];
  const up = [y - height / 2, y - GAP - height, y + GAP];
  return [
    [0, 0],
    [1, 0],
    [2, 1],
    [2, 2],
    [0, 1],
    [1, 1],
    [0, 2],
    [1, 2],
  ].map(([a, b]) => ({ x: across[a], y: up[b], width, height }));
}

const overlap = (a: Box, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

const isInside = (box: Box, area: Box) =>
  box.x >= area.x &&
  box.y >= area.y &&
  box.x + box.width <= area.x + area.width &&
  box.y + box.height <= area.y + area.height;
