import { expect, test } from "vitest";
import { bitsOf, readNumber, shortNumber, stepsPerSecondText } from "../../site/lab/controls/number-text.js";

const NATS = { min: 0, max: 12, unit: "nats" };

test.each([
  ["3", 3],
  [" 0.3 ", 0.3],
  ["0,3", 0.3],
  ["12", 12],
  ["1e-1", 0.1],
])("%j is a number", (text, value) => {
  expect(readNumber(text, NATS)).toEqual({ value });
});

test.each(["", "  ", "many", "-1", "12.01", "NaN", "Infinity", "1 2"])(
  "%j is refused with the range",
  (text) => {
    expect(readNumber(text, NATS)).toEqual({ problem: "Give a number from 0 to 12 nats" });
  },
);

test("a whole number is asked for where only these are taken", () => {
  expect(readNumber("2.5", { min: 1, max: 10, isWhole: true })).toEqual({
    problem: "Give a whole number from 1 to 10",
  });
});

test("numbers are short, and one nat is 1.443 bits", () => {
  expect(shortNumber(0.30000000000000004)).toBe("0.3");
  expect(shortNumber(12)).toBe("12");
  expect(bitsOf(1)).toBeCloseTo(1 / Math.log(2), 12);
});

test.each([
  [undefined, ""],
  [0.42, "0.4 steps/s"],
  [9.94, "9.9 steps/s"],
  [812.4, "812 steps/s"],
])("a speed of %j is %j", (speed, text) => {
  expect(stepsPerSecondText(speed)).toBe(text);
});
