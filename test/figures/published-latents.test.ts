/** The paper's figures, drawn from the authors' latents: what they must show whatever the drawing looks like. */
import { describe, expect, it } from "vitest";
import { distortionMatrix } from "../../src/figures/distortion-matrix.js";
import { latentMap } from "../../src/figures/latent-map.js";
import { renderSvg } from "../../src/figures/render/svg.js";
import { tuningCurves } from "../../src/figures/tuning-curves.js";
import { published } from "../geometry/published.js";

describe.skipIf(published.missing)(published.title, () => {
  it("maps 1522 codes with their annotated images", async () => {
    const [xU, xL, images] = ["xU", "xL", "X"].map((key) => published.array(`latents.npz:${key}`));
    const rows = Object.keys(published.facts().evaluation_sample.annotated_rows).map(Number);
    const figure = latentMap({
      panels: [
        {
          points: published.array("latents.npz:base_high_emb"),
          examples: rows.map((index) => ({
            index,
            image: { shape: [13, 13], data: images.data.slice(index * 169, (index + 1) * 169) },
          })),
        },
      ],
      colours: {
        kind: "quantity",
        name: "xU − xL",
        values: Array.from(xU.data, (value, k) => value - xL.data[k]),
      },
    });
    const svg = await renderSvg(figure);
    expect(svg.match(/<image /g)).toHaveLength(rows.length);
    // Dots, each a circle or a point of a path, and chosen dots; the frames of the pictures are rectangles.
    expect(svg.match(/<circle |M[\d.]+,[\d.]+h\.01/g)).toHaveLength(1522 + rows.length);
    expect(svg.length).toBeLessThan(80_000);
  });

  it("draws five tuning curves for each capacity and one capacity matrix for each model", async () => {
    const columns = Array.from({ length: 13 }, (_, k) => k);
    const curves = tuningCurves({
      axes: [
        { name: "xU", values: columns },
        { name: "xL", values: columns },
      ],
      panels: ["high", "low"].map((title) => ({
        title,
        curves: published.array(`tuning_curves.npz:base_${title}`),
      })),
    });
    expect(curves.table.rows).toHaveLength(2 * 5 * 169);
    const matrices = distortionMatrix(
      {
        panels: ["base", "bottomBias"].map((title) => ({
          title,
          matrix: published.array(`capacity_distortion_169.npz:${title}`),
          labels: Array.from({ length: 169 }, (_, k) => k),
        })),
      },
      { limits: "own", blocks: { size: 13, name: "xU" } },
    );
    const svg = await renderSvg(matrices);
    expect(svg.match(/<image /g)).toHaveLength(2);
    expect(svg.length).toBeLessThan(300_000);
    await renderSvg(curves);
  });
});
