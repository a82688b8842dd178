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

describe.skipIf(published.missing)(`figures drawn from the authors' codes: ${published.title}`, () => {
  let figures: PaperFigure[];
  beforeAll(() => {
    figures = paperFigures({ atlas: givenAtlas(["Baseline", "E1M1"]) });
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

  it("draws Figures 4 and 5, and says what it lacks", () => {
    expect(
      figures.map(({ number, panels }) => [number, panels.map(({ letter }) => letter).join("")]),
    ).toEqual([
      [4, "ABCDE"],
      [5, "ABCDEF"],
    ]);
    expect(figures[1]!.caption).toContain("E1M2 is missing: it was not trained.");
    expect(figures[0]!.caption).toContain("2 of 5 (published: 2 of 5) at 10 nats");
    expect(figures[0]!.caption).toContain("2 of 5 (published: 2 of 5) at 0.3 nats");
  });

  it.each([
    ["bottomBias_high", "C = 10 nats"],
    ["bottomBias_low", "C = 0.3 nats"],
  ])("class matrix %s, ours and the published one beside it", (key, title) => {
    const expected: number[] = published.facts().class_distortion_vs_base[key].matrix.flat();
    expect(largestDifference(matrixOf(5, "E", title), expected)).toBeLessThan(MATRIX_TOLERANCE);
    expect(largestDifference(matrixOf(5, "E", `published, ${title}`), expected)).toBeLessThan(1e-8);
  });

  it.each([
    [4, "E", "base"],
    [5, "F", "bottomBias"],
  ])("capacity matrix of Figure %i%s, as numbers and as pixels", (number, letter, key) => {
    const expected = published.array(`capacity_distortion_169.npz:${key}`);
    const drawn = matrixOf(number, letter, "1");
    expect(drawn).toHaveLength(169 ** 2);
    expect(largestDifference(drawn, expected.data)).toBeLessThan(MATRIX_TOLERANCE);

    const [, base64] = JSON.stringify(specOf(number, letter).spec).match(/data:image\/png;base64,([^"]+)/)!;
    const { width, channels, data } = decode(Buffer.from(base64!, "base64"));
    const { colourOf } = divergingScale(distortionLimits([expected.data]));
    const enlarge = width / 169;
    const distances = drawn.map((_, k) => {
      const at = (Math.floor(k / 169) * enlarge * width + (k % 169) * enlarge) * channels;
      const wanted = colourOf(expected.data[k]!);
      return Math.max(...wanted.map((part, c) => Math.abs(part - data[at + c]!)));
    });
    expect(Math.max(...distances)).toBeLessThan(1.5);
  });

  it.each([
    [4, "C", "base_high"],
    [4, "D", "base_low"],
    [5, "C", "bottomBias_high"],
    [5, "D", "bottomBias_low"],
  ])("tuning curves of Figure %i%s", (number, letter, key) => {
    const rows = specOf(number, letter).table.rows;
    const drawn = rows.map((row) => Number(row[4]));
    const { data } = published.array(`tuning_curves.npz:${key}`);
    expect(largestDifference(drawn, data)).toBeLessThan(TUNING_TOLERANCE);
    expect(rows[13 * 13 + 13 + 2]!.slice(1, 4)).toEqual(["z2", 1, 2]);
  });

  it("maps 1522 codes with the 23 annotated positions, and no worse than the authors' maps", async () => {
    const spec = specOf(5, "B");
    expect((await renderSvg(spec)).match(/<image /g)).toHaveLength(23);
    const places = spec.table.rows.flatMap((row) => [Number(row[2]), Number(row[3])]);
    expect(places).toHaveLength(2 * 1522);
    const code = published.points("bottomBias_low_Z");
    const authors = published.array("latents.npz:bottomBias_low_emb").data;
    expect(stress(code, places)).toBeLessThan(1.001 * stress(code, authors));
  });
});

/** Rule G7. */
function stress(code: Points, embedding: ArrayLike<number>): number {
  const { count } = code;
  const map = { name: "map", count, dimension: 2, coordinates: Float64Array.from(embedding) };
  const [wanted, found] = [pairwiseDistances(code), pairwiseDistances(map)];
  return wanted.reduce((sum, distance, k) => sum + (distance - found[k]!) ** 2, 0);
}
