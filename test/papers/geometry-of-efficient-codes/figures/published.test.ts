/** The matrices and curves as they stand in the drawn figures, against the authors' own. */
import { decode } from "fast-png";
import { beforeAll, describe, expect, it } from "vitest";
import { distortionLimits, divergingScale } from "../../../../src/figures/parts/colour-scale.js";
import { renderSvg } from "../../../../src/figures/render/svg.js";
import { type Points, pairwiseDistances } from "../../../../src/geometry/index.js";
import { paperFigures } from "../../../../src/papers/geometry-of-efficient-codes/figures/index.js";
import type { PaperFigure } from "../../../../src/reproduction/figures/paper-figure.js";
import { largestDifference, published } from "../../../geometry/published.js";
import { givenAtlas } from "./given-atlas.js";

/** Rule G5: the originals were computed in float32. */
const MATRIX_TOLERANCE = 1e-5;
const TUNING_TOLERANCE = 1e-6;

/** Published twice: as if they were ours, and next to these as the authors'. */
const SOURCES = ["ours", "published"];

describe.skipIf(published.missing)(`figures drawn from the authors' codes: ${published.title}`, () => {
  let figures: PaperFigure[];
  beforeAll(() => {
    figures = paperFigures({ atlas: givenAtlas(["Baseline", "E1M1", "E2M4"]) });
  });

  const specOf = (number: number, letter: string) => {
    const panel = figures
      .find((figure) => figure.number === number)
      ?.panels.find((candidate) => candidate.letter === letter);
    if (!panel) throw new Error(`Figure ${number}${letter} was not drawn`);
    return panel.spec;
  };
  /** The rows of a drawn matrix: those of a panel with this title. */
  const matrixOf = (number: number, letter: string, title: string) =>
    specOf(number, letter)
      .table.rows.filter(([panel]) => panel === title)
      .flatMap((row) => row.slice(2).map(Number));

  it("draws the Baseline next to each model, and says what it lacks", () => {
    expect(
      figures.map(({ number, panels }) => [number, panels.map(({ letter }) => letter).join("")]),
    ).toEqual([
      [2, "AB"],
      [4, "ABCDEFGHIJKL"],
      [10, "ABCDEFGHIJKL"],
    ]);
    const { caption } = figures[1]!;
    expect(caption).toContain(
      "Baseline, seed 0: 2 of 5 (published: 2 of 5) at 10 nats, 2 of 5 (published: 2 of 5)",
    );
    expect(caption).toContain("E1M1, seed 0: 4 of 5 (published: 4 of 5) at 10 nats");
  });

  it.each([
    [4, "E", "bottomBias_high"],
    [4, "J", "bottomBias_low"],
    [10, "E", "task0_high"],
    [10, "J", "task0_low"],
  ])("class matrix of Figure %i%s, ours and the published one beside it", (number, letter, key) => {
    const expected: number[] = published.facts().class_distortion_vs_base[key].matrix.flat();
    for (const source of SOURCES) {
      expect(largestDifference(matrixOf(number, letter, source), expected)).toBeLessThan(MATRIX_TOLERANCE);
    }
  });

  it("without the authors' codes, the published class matrix of E1M1 is still known", () => {
    const { stimuli, codes } = givenAtlas(["Baseline", "E1M1"]);
    // One capacity: every code more takes a second for its map.
    const atlas = { stimuli, codes: codes.filter(({ capacityNats }) => capacityNats === 10) };
    const [, figure] = paperFigures({ atlas });
    const spec = figure!.panels.find(({ letter }) => letter === "E")!.spec;
    const [ours, theirs] = SOURCES.map((source) =>
      spec.table.rows.filter(([panel]) => panel === source).flatMap((row) => row.slice(2).map(Number)),
    );
    expect(largestDifference(ours!, theirs!)).toBeLessThan(MATRIX_TOLERANCE);
    expect(figure!.caption).toContain("Published class matrices are computed from the authors' latents.");
  });

  it.each([
    [4, "K", "base"],
    [4, "L", "bottomBias"],
    [10, "L", "task0"],
  ])("capacity matrix of Figure %i%s, as numbers and as pixels", (number, letter, key) => {
    const expected = published.array(`capacity_distortion_169.npz:${key}`);
    for (const source of SOURCES) {
      const drawn = matrixOf(number, letter, source);
      expect(drawn).toHaveLength(169 ** 2);
      expect(largestDifference(drawn, expected.data)).toBeLessThan(MATRIX_TOLERANCE);
    }
    const [, base64] = JSON.stringify(specOf(number, letter).spec).match(/data:image\/png;base64,([^"]+)/)!;
    const { width, channels, data } = decode(Buffer.from(base64!, "base64"));
    const { colourOf } = divergingScale(distortionLimits([expected.data]));
    const enlarge = width / 169;
    const distances = Array.from(expected.data, (value, k) => {
      const at = (Math.floor(k / 169) * enlarge * width + (k % 169) * enlarge) * channels;
      return Math.max(...colourOf(value).map((part, c) => Math.abs(part - data[at + c]!)));
    });
    expect(Math.max(...distances)).toBeLessThan(1.5);
  });

  it.each([
    [4, "F", "base_high"],
    [4, "G", "base_low"],
    [4, "H", "bottomBias_high"],
    [4, "I", "bottomBias_low"],
    [10, "I", "task0_low"],
  ])("tuning curves of Figure %i%s", (number, letter, key) => {
    const { data } = published.array(`tuning_curves.npz:${key}`);
    for (const source of SOURCES) {
      const rows = specOf(number, letter).table.rows.filter(([panel]) => panel === source);
      const drawn = rows.map((row) => Number(row[4]));
      expect(largestDifference(drawn, data)).toBeLessThan(TUNING_TOLERANCE);
      expect(rows[13 * 13 + 13 + 2]!.slice(1, 4)).toEqual(["z2", 1, 2]);
    }
  });

  it("maps 1522 codes with the 23 annotated positions, no worse than the authors' maps, which stand beside", async () => {
    const spec = specOf(4, "D");
    expect((await renderSvg(spec)).match(/<image /g)).toHaveLength(2 * 23);
    const placesOf = (title: string) =>
      spec.table.rows.filter(([panel]) => panel === title).flatMap((row) => [Number(row[2]), Number(row[3])]);
    const ours = placesOf("ours, enlarged");
    expect(ours).toHaveLength(2 * 1522);
    expect(placesOf("ours, to scale")).toEqual(ours);
    const code = published.points("bottomBias_low_Z");
    const authors = published.array("latents.npz:bottomBias_low_emb").data;
    expect(largestDifference(placesOf("published, to scale"), authors)).toBe(0);
    expect(stress(code, ours)).toBeLessThan(1.001 * stress(code, authors));
    // Turned to lie as the authors' map does.
    expect(correlation(ours, authors)).toBeGreaterThan(0.99);
  });
});

/** Rule G7. */
function stress(code: Points, embedding: ArrayLike<number>): number {
  const { count } = code;
  const map = { name: "map", count, dimension: 2, coordinates: Float64Array.from(embedding) };
  const [wanted, found] = [pairwiseDistances(code), pairwiseDistances(map)];
  return wanted.reduce((sum, distance, k) => sum + (distance - found[k]!) ** 2, 0);
}

function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const product = (x: ArrayLike<number>, y: ArrayLike<number>) =>
    Array.from(x).reduce((sum, value, k) => sum + value * y[k]!, 0);
  return product(a, b) / Math.sqrt(product(a, a) * product(b, b));
}
