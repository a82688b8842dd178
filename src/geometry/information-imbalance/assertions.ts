import { UserError } from "../../errors.js";
import { assertNeighbourCount, isOnePlace, type Rows, type Searched } from "../neighbours/index.js";
import { assertSameCount } from "../points.js";

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
 * {@link assertSpaces} of spaces whose numbers are at hand, and that in neither all points are equal: what every information imbalance
 * asks first.
 */
export function assertVaryingSpaces(a: Rows, b: Rows, k: number): void {
  assertSpaces(a, b, k);
  for (const space of [a, b]) assertVaries(space);
}

/** Where all points coincide none is nearer than another, and ranks would be those of the rows' order. */
function assertVaries(space: Rows): void {
  if (!isOnePlace(space)) return;
  throw new UserError({
    where: space.name,
    what: "all points are equal, so that none has a nearest neighbour",
    remedy: "Check that these are the activations meant, and that the model has not collapsed",
  });
}
