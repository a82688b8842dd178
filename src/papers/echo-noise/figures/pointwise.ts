/** Figure 7: what Echo spends on images that it tells well and on those that it does not. */
import { pointwiseRate } from "../../../figures/pointwise-rate.js";
import type { Panel, PaperFigure } from "../../../reproduction/figures/paper-figure.js";
import { encodeTable, reconstructTable } from "../../../training/encode.js";
import { logLikelihoodsNats, rowLengths } from "../measures/pointwise.js";
import { testImages } from "../measures/test-images.js";
import { echoRun, type FigureSource, letterOf } from "./source.js";

/** A panel for each data set on which Echo is trained; nothing where it is on none. */
export async function pointwiseFigures(source: FigureSource): Promise<PaperFigure[]> {
  const { data, device } = source;
  const panels: Panel[] = [];
  for (const set of data) {
    const found = echoRun(source, set);
    if (!found) continue;
    const { trained } = found;
    const test = testImages(trained);
    const { mean, rateNats } = await encodeTable(trained, device, test);
    const reconstruction = await reconstructTable(trained, device, test);
    panels.push({
      letter: letterOf(panels.length),
      title: set.title,
      spec: pointwiseRate(
        {
          logLikelihoodNats: logLikelihoodsNats(test, reconstruction),
          rateNats: rateNats.data,
          meanNorm: rowLengths(mean),
        },
        { title: `Rate of each example, ${set.title}` },
      ),
    });
  }
  if (panels.length === 0) return [];
  return [
    {
      number: 7,
      title: "Rate of each example",
      caption:
        "Test images from the least to the most likely under p(x|z), through one sample of Echo's code at beta = 1. Left the rate of each, i(x) = -ln |det S(x)|, right the length of its centre. Line: mean of neighbours; band: from their 10th to their 90th percentile.",
      panels,
    },
  ];
}
