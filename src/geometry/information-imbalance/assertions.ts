import { UserError } from "../../errors.js";
import { assertNeighbourCount, isOnePlace, type Searched } from "../neighbours/index.js";
import { assertSameCount, type Points } from "../points.js";

/** With two points every neighbour is the nearest, whatever the space. */
const MIN_POINTS = 3;

/**
 * Asserts that two spaces hold the same samples, at least three, and that each sample has this number of
 * neighbours.
 * @param k neighbours of each sample: 1 to N - 1.
 * @throws UserError otherwise, naming the space.
 */
export function assertSpaces(a: Searched, b: Searched, k: number): void {
  assertSameCount(a, b);
  if (a.count < MIN_POINTS) {
    throw new UserError({
      where: a.name,
      what: `it holds ${a.count} samples, and fewer than ${MIN_POINTS} have no meaningful neighbours`,
      remedy: `Give at least ${MIN_POINTS} samples, better a few thousand`,
    });
  }
  assertNeighbourCount(a, k);
}

/**
 * Asserts that not all points coincide: then none is nearer than another, and ranks would be those of the rows' order.
 * @throws UserError naming the space.
 */
export function assertVaries(points: Points): void {
  if (!isOnePlace(points)) return;
  throw new UserError({
    where: points.name,
    what: "all points are equal, so that none has a nearest neighbour",
    remedy: "Check that these are the activations meant, and that the model has not collapsed",
  });
}
