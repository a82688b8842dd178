/** A place on the page, in pixels. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

interface Extent {
  readonly width: number;
  readonly height: number;
}

export interface PlaceOptions extends Extent {
  /** Size of each picture, frame and gap included. */
  readonly picture: Extent;
  /** How far from its point the middle of a picture starts. */
  readonly distance: number;
}

const ROUNDS = 400;
/** In the last rounds pictures only avoid each other: in a crowd it is worse to cover a picture than a point. */
const POINTS_SHARE = 0.8;
const PULL = 0.02;
/** Between the border of a picture and a point that has one. */
const CLEARANCE = 4;

/**
 * Centres for pictures that belong to points: each starts outward of its point (seen from the points' middle), is
 * pushed off the pictures and points it covers, drawn gently back, and kept on the page. Deterministic.
 */
export function placePictures(
  points: readonly Place[],
  { width, height, picture, distance }: PlaceOptions,
): Place[] {
  const middle = {
    x: points.reduce((sum, point) => sum + point.x, 0) / points.length,
    y: points.reduce((sum, point) => sum + point.y, 0) / points.length,
  };
  const clamp = (value: number, side: number, page: number) =>
    Math.min(Math.max(value, side / 2), page - side / 2);
  const kept = ({ x, y }: Place) => ({
    x: clamp(x, picture.width, width),
    y: clamp(y, picture.height, height),
  });
  const apart = { width: picture.width / 2 + CLEARANCE, height: picture.height / 2 + CLEARANCE };
  const homes = points.map((point, k) => {
    const [dx, dy] = [point.x - middle.x, point.y - middle.y];
    const length = Math.hypot(dx, dy);
    // A point in the very middle has no outward: spread such points by the golden angle.
    const angle = length > 1 ? Math.atan2(dy, dx) : k * 2.4;
    return { x: point.x + distance * Math.cos(angle), y: point.y + distance * Math.sin(angle) };
  });
  const places = homes.map(kept);
  for (let round = 0; round < ROUNDS; round++) {
    const pull = PULL * (1 - round / ROUNDS);
    for (const [k, place] of places.entries()) {
      place.x += pull * (homes[k].x - place.x);
      place.y += pull * (homes[k].y - place.y);
    }
    if (round < ROUNDS * POINTS_SHARE) {
      for (const place of places) {
        for (const point of points) separate(place, { ...point }, apart);
      }
    }
    for (let i = 0; i < places.length; i++) {
      for (let j = i + 1; j < places.length; j++) separate(places[i], places[j], picture);
    }
    for (const place of places) Object.assign(place, kept(place));
  }
  return places;
}

/** Moves two overlapping rectangles apart along the axis where they overlap least. */
function separate(a: { x: number; y: number }, b: { x: number; y: number }, { width, height }: Extent): void {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const [overlapX, overlapY] = [width - Math.abs(dx), height - Math.abs(dy)];
  if (overlapX <= 0 || overlapY <= 0) return;
  if (overlapX < overlapY) {
    const shift = (overlapX / 2) * (dx < 0 ? -1 : 1);
    a.x -= shift;
    b.x += shift;
  } else {
    const shift = (overlapY / 2) * (dy < 0 ? -1 : 1);
    a.y -= shift;
    b.y += shift;
  }
}
