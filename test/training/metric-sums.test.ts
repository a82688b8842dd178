import { expect, test } from "vitest";
import { addBatch, emptySums, means } from "../../src/training/metric-sums.js";

test("heads may be called as what every object has", () => {
  const total = emptySums();
  addBatch(total, { loss: 1, headLosses: { constructor: 2, toString: 4 } } as never, 3);
  addBatch(total, { loss: 1, headLosses: { constructor: 6, toString: 8 } } as never, 1);
  expect(means(total).headLosses).toEqual({ constructor: 3, toString: 5 });
});
