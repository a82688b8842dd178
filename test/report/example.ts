import type { Report } from "../../src/report/index.js";
import { curves as capacityCurvesExamples } from "../figures/examples/capacity-curves.js";
import { examples as distortionMatrixExamples } from "../figures/examples/distortion-matrix.js";
import { examples as latentMapExamples } from "../figures/examples/latent-map.js";
import { examples as reconstructionsExamples } from "../figures/examples/reconstructions.js";
import { examples as trainingCurvesExamples } from "../figures/examples/training-curves.js";
import { examples as tuningCurvesExamples } from "../figures/examples/tuning-curves.js";

const { capacityMatrices, classMatrices } = distortionMatrixExamples;
const { byClass, byQuantity } = latentMapExamples;
const { withPublished } = capacityCurvesExamples;
const { threeRows } = reconstructionsExamples;
const { twoRuns } = trainingCurvesExamples;
const { fiveChannels } = tuningCurvesExamples;

/** A report with every kind of section and figure, on constructed data. */
export const exampleReport: Report = {
  title: "What a narrow channel does to a code",
  subtitle: "A β-VAE learns the Corridors through 10 nats and through 0.3 nats.",
  facts: [
    { name: "Data", value: "corridors, 20,000 images of 13 × 13, seed 0" },
    { name: "Training", value: "quick preset, 2 runs, 1 min 52 s on 2 threads (cpu)" },
    { name: "Version", value: "narrows 0.1.0, onnxruntime 1.30.0, Node 20.20.2" },
  ],
  sections: [
    {
      kind: "prose",
      heading: "The question",
      text: [
        "An autoencoder with little capacity cannot keep everything. What it keeps, and how it arranges it, is its geometry.",
        'Text is plain: <b>tags</b> & "quotes" stand as they are.',
      ],
    },
    {
      kind: "comparison",
      heading: "Effect of the rate limit",
      text: ["The same model, the same data, two capacities."],
      sides: [
        {
          title: "C = 10 nats",
          subtitle: "room for both corridors",
          keyFigures: [
            { label: "distortion", value: "0.0533", unit: "MSE per pixel", note: "published 0.0533" },
            { label: "rate", value: "10.02", unit: "nats", note: "target 10, gap 0.02" },
          ],
          figures: [byClass],
        },
        {
          title: "C = 0.3 nats",
          subtitle: "a hint of one",
          keyFigures: [
            { label: "distortion", value: "0.1449", unit: "MSE per pixel", note: "published 0.1449" },
            { label: "rate", value: "0.30", unit: "nats", note: "target 0.3, gap 0.00" },
          ],
          figures: [byClass],
        },
      ],
    },
    { kind: "figures", heading: "Reconstructions", figures: [threeRows] },
    { kind: "figures", heading: "Training", figures: [twoRuns] },
    {
      kind: "figures",
      heading: "Geometry",
      text: ["How distances within and between classes change."],
      figures: [fiveChannels, byQuantity, classMatrices, capacityMatrices, withPublished],
    },
    {
      kind: "panels",
      heading: "Figure 5: one model at two capacities",
      number: 5,
      title: "One model at two capacities",
      caption: "A map, its tuning curves, and the effect of the rate limit on its classes.",
      panels: [
        { letter: "A", title: "latent map", figure: byClass },
        { letter: "B", title: "class matrices", figure: classMatrices },
        { letter: "C1", title: "tuning curves, wider than half a page", figure: fiveChannels },
      ],
    },
    {
      kind: "key-figures",
      heading: "In short",
      keyFigures: [
        { label: "images per second", value: "12,400" },
        { label: "share of the machine's matrix product rate", value: "47", unit: "%" },
      ],
    },
    {
      kind: "table",
      heading: "Runs",
      columns: [
        { title: "run" },
        { title: "C (nats)", align: "end" },
        { title: "MSE per pixel", align: "end" },
      ],
      rows: [
        ["corridors-c10", 10, 0.0533048],
        ["corridors-c0.3", 0.3, 0.1449129],
      ],
      caption: "Evaluated on the validation split.",
    },
    {
      kind: "table",
      folded: true,
      caption: "Configuration as resolved",
      columns: [{ title: "key" }, { title: "value" }],
      rows: [
        ["model.latents", 5],
        ["objective.kind", "capacity"],
      ],
    },
  ],
  footer: "Written by narrows demo.",
};
