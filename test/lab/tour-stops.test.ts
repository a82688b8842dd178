import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { TOUR_STOPS } from "../../site/lab/controls/tour-stops.js";
import { experimentSchema, FIRST_EXPERIMENT } from "../../src/lab/experiment.js";

test("the tour has six stops, and each sets up an experiment that the lab takes", () => {
  expect(TOUR_STOPS).toHaveLength(6);
  for (const { title, settings } of TOUR_STOPS) {
    const read = experimentSchema.safeParse({ ...FIRST_EXPERIMENT, ...settings });
    expect(read.error?.issues, title).toBeUndefined();
  }
});

test("every stop sets all that any stop sets, so that the order of visits does not matter", () => {
  const keys = [...new Set(TOUR_STOPS.flatMap(({ settings }) => Object.keys(settings)))].sort();
  for (const { title, settings } of TOUR_STOPS) expect(Object.keys(settings).sort(), title).toEqual(keys);
});

test("the stops differ in what they set up", () => {
  const settings = TOUR_STOPS.map((stop) => JSON.stringify(stop.settings));
  expect(new Set(settings).size).toBe(TOUR_STOPS.length);
});

test("texts are two to four short sentences", () => {
  for (const { title, text } of TOUR_STOPS) {
    const sentences = text.split(/[.?!](?:\s|$)/).filter((sentence) => sentence.trim() !== "");
    expect(sentences.length, title).toBeGreaterThanOrEqual(2);
    expect(sentences.length, title).toBeLessThanOrEqual(4);
    for (const sentence of sentences)
      expect(sentence.split(/\s+/).length, `${title}: ${sentence}`).toBeLessThanOrEqual(30);
  }
});

test("papers of the tour that Narrows reproduces are cited with the titles of CITATION.cff", () => {
  const citations = readFileSync("CITATION.cff", "utf8").replace(/\s+/g, " ");
  const cited = TOUR_STOPS.map(({ source }) => source.title);
  const known = cited.filter((title) => citations.includes(title));
  expect(new Set(known).size).toBe(2);
  expect(cited.filter((title) => !citations.includes(title))).toEqual([
    "Coding theorems for a discrete source with a fidelity criterion",
  ]);
});
