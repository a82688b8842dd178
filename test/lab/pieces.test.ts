import { expect, test } from "vitest";
import { gaussianDensity, gaussianRate } from "../../site/lab/pieces/gaussian-rate.js";
import { KINDS, type KindName } from "../../site/lab/pieces/kinds.js";
import { pieceOf } from "../../site/lab/pieces/marker.js";
import { targetsOf } from "../../site/lab/pieces/target-curve.js";
import { type Tried, withTried } from "../../site/lab/pieces/tried.js";
import { Turn } from "../../site/lab/pieces/turn.js";
import { linkOf, readLink } from "../../src/lab/link.js";
import { shareOfFirstNat } from "../../src/model/objectives/first-nat.js";
import { PAGES } from "../docs/pages.js";

/** The pieces that each page asks for, by their markers. */
const placed = PAGES.flatMap(({ path, text }) =>
  text.split("\n").flatMap((line) => {
    const kind = pieceOf(line);
    return kind === undefined ? [] : [{ path, kind }];
  }),
);

test("every marker of a page names a piece that there is, and every piece stands on a page", () => {
  const kinds = Object.keys(KINDS).sort();
  expect([...new Set(placed.map(({ kind }) => kind))].sort()).toEqual(kinds);
  for (const kind of ["plane", "tuning", "map"] satisfies KindName[]) {
    const pages = placed.filter((each) => each.kind === kind).map(({ path }) => path);
    // Where the number is defined, and where it is learned.
    expect(pages.some((path) => path.startsWith("docs/"))).toBe(true);
    expect(pages.some((path) => path.startsWith("site/tutorials/"))).toBe(true);
  }
});

test("what looks like a marker is one: no page has a comment about a piece that stays a comment", () => {
  // Code, in which pages explain markers, aside.
  const comments = PAGES.flatMap(
    ({ text }) => text.replaceAll(/`[^`]*`/g, "").match(/^.*<!--\s*live\b.*$/gim) ?? [],
  );
  expect(comments.filter((line) => pieceOf(line) === undefined)).toEqual([]);
  expect(comments).toHaveLength(placed.length);
});

test("a marker of a piece that there is not says which there are", () => {
  expect(pieceOf("<!-- live: plane -->")).toBe("plane");
  expect(pieceOf("<!-- a comment -->")).toBeUndefined();
  expect(() => pieceOf("<!-- live: plain -->")).toThrow(/"plain" is no live piece: there are plane, /);
  expect(() => pieceOf("<!-- live: toString -->")).toThrow(/no live piece/);
});

test("a piece begins with an experiment that the lab opens, in the words of its address", () => {
  for (const { link } of Object.values(KINDS)) {
    const { experiment } = readLink(link);
    expect(experiment && linkOf(experiment)).toBe(link);
  }
});

test("one trains at a time: who begins stops the one before, and not itself", () => {
  const turn = new Turn();
  const stopped: string[] = [];
  const [a, b] = [() => void stopped.push("a"), () => void stopped.push("b")];
  turn.take(a);
  turn.take(a);
  expect(stopped).toEqual([]);
  turn.take(b);
  expect(stopped).toEqual(["a"]);
  // A turn that is over already is not ended twice.
  turn.leave(a);
  turn.take(a);
  expect(stopped).toEqual(["a", "b"]);
  turn.leave(a);
  turn.take(b);
  expect(stopped).toEqual(["a", "b"]);
});

test("the rate of a gaussian dimension is the integral of q ln(q / m), in two parts", () => {
  for (const [mean, deviation] of [
    [0, 1],
    [1, 0.4],
    [-2.5, 0.05],
    [0.3, 1.5],
  ] as const) {
    const { meanNats, widthNats } = gaussianRate(mean, deviation);
    const dz = deviation / 200;
    let integral = 0;
    for (let z = mean - 10 * deviation; z <= mean + 10 * deviation; z += dz) {
      const q = gaussianDensity(z, mean, deviation);
      integral += q * Math.log(q / gaussianDensity(z, 0, 1)) * dz;
    }
    expect(meanNats + widthNats).toBeCloseTo(integral, 6);
    expect(gaussianRate(0, deviation).meanNats).toBe(0);
  }
  expect(gaussianRate(0, 1)).toEqual({ meanNats: 0, widthNats: 0 });
});

test("the target of every step, by rules S1 and S2, as the paper's code has it", () => {
  const paper = { capacityNats: 10, warmupPercent: 50, quarteredUntil: 1500, steps: 5000 };
  const targets = targetsOf(paper);
  const at = (n: number) => targets[n - 1]!.nats;
  expect(targets).toHaveLength(5000);
  // Shares of the capacity that docs/definitions/schedules.md gives.
  expect(at(1499) / 10).toBeCloseTo(0.15, 3);
  expect(at(1500) / 10).toBeCloseTo(0.6, 12);
  expect(at(2500)).toBe(10);
  expect(targetsOf({ ...paper, warmupPercent: 0, quarteredUntil: 0 }).every(({ nats }) => nats === 10)).toBe(
    true,
  );
});

test("the price of a nat away from the target lies within 1/4 and 3/2 of what the first nat saves (O7)", () => {
  expect(shareOfFirstNat(0, 5)).toBe(1.5);
  expect(shareOfFirstNat(12, 5)).toBe(0.25);
  expect(shareOfFirstNat(3, 5)).toBeCloseTo(3 * Math.exp(-6 / 5), 12);
});

test("rates that were tried: those that were reached, the latest of each, as they came", () => {
  const at = (targetNats: number, rateNats: number, separableStimuli: number): Tried => ({
    targetNats,
    rateNats,
    separableStimuli,
  });
  let tried: readonly Tried[] = [];
  for (const next of [at(10, 5, 20), at(10, 9.7, 150), at(3, 9, 140), at(3, 3.1, 35), at(10, 9.9, 160)])
    tried = withTried(tried, next);
  expect(tried).toEqual([at(3, 3.1, 35), at(10, 9.9, 160)]);
  for (let target = 4; target < 12; target++) tried = withTried(tried, at(target, target, target));
  expect(tried.map(({ targetNats }) => targetNats)).toEqual([6, 7, 8, 9, 10, 11]);
});
