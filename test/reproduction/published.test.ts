import { describe, expect, test } from "vitest";
import { findPublished, publishedNumbers } from "../../src/reproduction/published.js";

describe.each(["echo-noise", "intrinsic-dimension"])("published.csv of %s", (paper) => {
  const numbers = publishedNumbers(paper)();

  test("says of every number where it stands and how it is known", () => {
    expect(numbers.length).toBeGreaterThan(100);
    for (const { quantity, published, source, place } of numbers) {
      expect([quantity, source, place].every((text) => text.trim() !== "")).toBe(true);
      expect(Number.isFinite(published.value) && (published.uncertainty ?? 0) >= 0).toBe(true);
    }
  });

  test("has each number once", () => {
    const keys = numbers.map(({ quantity, keys }) => JSON.stringify([quantity, keys]));
    expect(new Set(keys).size).toBe(keys.length);
  });
});

test("a number is found by its keys; an empty cell holds for every value of its key, another one for none but its own", () => {
  const numbers = () =>
    [
      { keys: { data: "a", epoch: "" }, value: 1 },
      { keys: { data: "b", epoch: "2" }, value: 2 },
    ].map(({ keys, value }) => ({
      quantity: "dimension",
      keys,
      published: { value },
      source: "text",
      place: "p. 1",
    }));
  const find = findPublished(numbers);
  expect(find("dimension", { data: "a", epoch: 7 })).toEqual({ value: 1 });
  expect(find("dimension", { data: "b", epoch: 2 })).toEqual({ value: 2 });
  expect(find("dimension", { data: "b", epoch: 3 })).toBeUndefined();
  expect(find("dimension", { data: "b" })).toBeUndefined();
  expect(find("rate", { data: "a" })).toBeUndefined();
});
