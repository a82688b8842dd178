import { expect, test } from "vitest";
import { windowOver, windowUnder } from "../../src/nn/convolution.js";

// TensorFlow's rules for "same" and "valid", as the specification of the Echo paper works them out (section 2.1).
test.each([
  [28, { kernel: 5, stride: 1, padding: "same" }, 28, 2],
  [28, { kernel: 5, stride: 2, padding: "same" }, 14, 1],
  [14, { kernel: 5, stride: 2, padding: "same" }, 7, 1],
  [28, { kernel: 4, stride: 1, padding: "same" }, 28, 1],
  [7, { kernel: 7, stride: 1, padding: "valid" }, 1, 0],
  [13, { kernel: 4, stride: 2, padding: 1 }, 6, 1],
] as const)("over %i: %o", (n, settings, coarse, before) => {
  expect(windowOver([n, n], settings)).toMatchObject({ coarse: [coarse, coarse], padding: before });
});

test.each([
  [7, { kernel: 5, stride: 2, padding: "same" }, 14, 1],
  [28, { kernel: 4, stride: 1, padding: "same" }, 28, 1],
  [1, { kernel: 7, stride: 1, padding: "valid" }, 7, 0],
  [4, { kernel: 4, stride: 2, padding: "same" }, 8, 1],
] as const)("under %i: %o", (n, settings, fine, before) => {
  expect(windowUnder([n, n], settings)).toMatchObject({ fine: [fine, fine], padding: before });
});

test("what does not fit is refused", () => {
  expect(() => windowOver([3, 3], { kernel: 5, stride: 1, padding: "valid" })).toThrow(
    /kernel of 5 .* 3 x 3/,
  );
  expect(() => windowOver([4, 5], { kernel: 5, stride: 2, padding: "same" })).toThrow(/different padding/);
  expect(() => windowUnder([1, 1], { kernel: 2, stride: 1, padding: 1 })).toThrow(/leaves nothing/);
});
