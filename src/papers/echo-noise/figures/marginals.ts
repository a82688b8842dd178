/** Figure 6: the densities of the dimensions of Echo's code. */
import { codeMarginals } from "../../../figures/code-marginals.js";
import type { NumericArray } from "../../../numeric-array.js";
import type { Panel, PaperFigure } from "../../../reproduction/figures/paper-figure.js";
import { encodeTable } from "../../../training/encode.js";
import { marginalDensity } from "../measures/marginals.js";
import { testImages } from "../measures/test-images.js";
import { echoRun, type FigureSource, letterOf } from "./source.js";

/** A panel for each data set on which Echo is trained; nothing where it is on none. */
export async function marginalFigures(source: FigureSource): Promise<PaperFigure[]> {
  const { data, device, recipe } = source;
  const panels: Panel[] = [];
  for (const set of data) {
    const found = echoRun(source, set);
    const marginals = found?.result.measures?.echo?.marginals;
    if (!found || !marginals) continue;
    const { trained } = found;
    const test = testImages(trained);
    const codes: NumericArray[] = [];
    // Each pass through the channel takes other noise.
    for (let k = 0; k < recipe.samplesPerImage; k++) {
      const { code } = await encodeTable({ ...trained, seed: trained.seed + k }, device, test);
      codes.push(code);
    }
    panels.push({
      letter: letterOf(panels.length),
      title: set.title,
      spec: codeMarginals(
        {
          marginals: marginals.map(({ dimension, rateNats, statistic, rejected }) => {
            const { positions, density } = marginalDensity(codes, dimension);
            return {
              name: `z${dimension + 1}`,
              rateNats,
              values: positions,
              density,
              normality: { rejected, detail: `A² = ${statistic.toFixed(2)}` },
            };
          }),
        },
        { title: `Marginals of Echo's code, ${set.title}` },
      ),
      rows: {
        columns: ["dimension", "rate, nats", "A², adjusted for n", "p, adjusted for all"],
        rows: marginals.map(({ dimension, rateNats, statistic, pValue }) => [
          `z${dimension + 1}`,
          rateNats,
          statistic,
          pValue,
        ]),
      },
    });
  }
  if (panels.length === 0) return [];
  return [
    {
      number: 6,
      title: "Marginals of Echo's code",
      caption: `Kernel densities (rule I3) of up to 13 dimensions, nine of the highest and four of the lowest rate, over all test images with ${recipe.samplesPerImage} samples of the code for each (the paper has 2,000); dashed, the normal density of the same mean and deviation. Anderson and Darling's test (rule I4) sees one code for each of at most 1,000 images; its verdict at 0.05 is adjusted for the dimensions tested.`,
      panels,
    },
  ];
}
