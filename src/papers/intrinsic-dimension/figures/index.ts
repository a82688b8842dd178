/** Figures 1 to 3 and A1 to A4 of the paper, from our numbers. A new figure is a function and a line here. */

import {
  inPaperOrder,
  type PanelPlan,
  type PaperFigure,
  sentences,
} from "../../../reproduction/figures/paper-figure.js";
import type { DimensionResults } from "../measures/results.js";
import {
  codeDimensions,
  crossImbalances,
  outputAndQuality,
  outputAndQualityAsPublished,
  overTraining,
} from "./curves.js";
import { profilesOfEpochs, profilesOfK, relativeProfiles, stepsPlane } from "./profiles.js";
import {
  activeUnits,
  dimension,
  frechet,
  gap,
  outputToInput,
  rate,
  toInput,
  toOutput,
} from "./quantities.js";
import {
  chosenOf,
  type FigureSource,
  figureOf,
  mainSource,
  measuredWords,
  publishedWords,
  sourceOf,
  standInWords,
} from "./source.js";

/** The figures of CIFAR-10, or of what stands in for it, and those of MNIST. */
export function dimensionFigures(results: DimensionResults): PaperFigure[] {
  const main = mainSource(results);
  const mnist = sourceOf(results, "mnist");
  return inPaperOrder([
    ...(main ? MAIN.map((figure) => figure(main)) : []),
    ...(mnist ? APPENDIX_OF_MNIST.map((figure) => figure(mnist)) : []),
  ]);
}

type Draw = (source: FigureSource) => PaperFigure | undefined;

const layersFigure: Draw = (source) => {
  const pair = chosenOf([4, 64], source.bottlenecks);
  return figureOf(1, {
    title: "Dimension and information from layer to layer",
    caption: sentences(
      measuredWords(source, "epoch"),
      standInWords(source),
      "A: intrinsic dimension of each layer. B: information imbalance from each layer to the input. C: relative imbalance of each layer and the next. D, of ours: the same pairs in the information plane. E, of ours: dimension of the sampled code and of its mean.",
      publishedWords(source),
    ),
    panels: [
      panel("Intrinsic dimension", profilesOfK(source, dimension), "dimensions"),
      panel("Imbalance to the input", profilesOfK(source, toInput), "imbalances to the input"),
      panel("Relative imbalance of neighbours", relativeProfiles(source, pair), IMBALANCES_OF_NEIGHBOURS),
      panel("Neighbours in the information plane", stepsPlane(source, pair), IMBALANCES_OF_NEIGHBOURS),
      panel("Dimension of the code", codeDimensions(source), "dimensions of the code"),
    ],
  });
};

const IMBALANCES_OF_NEIGHBOURS = "imbalances between each layer and the next";

const trainingFigure: Draw = (source) =>
  figureOf(2, {
    title: "Quality, rate and information over the training",
    caption: sentences(
      measuredWords(source, "training"),
      standInWords(source),
      `A: Fréchet distance of the reconstructions of test images to these, on ${source.results.features}. B: rate. C: imbalance from the output to the input. D, of ours: −ELBO of test images minus that of training images. E, of ours: active dimensions of the code.`,
      source.data === "cifar10"
        ? "The published Fréchet distance is of other features and of 136 images, and not drawn; the published rate is divided by the 136 images it was summed over."
        : "",
    ),
    panels: [
      panel("Quality", overTraining(source, frechet), "features of reconstructions"),
      panel("Rate", overTraining(source, rate), "the rate of test images"),
      panel("Imbalance from output to input", overTraining(source, outputToInput), "imbalances to the input"),
      panel("Gap to the training images", overTraining(source, gap), "losses of test and training images"),
      panel("Active dimensions", overTraining(source, activeUnits), "counts of active dimensions"),
    ],
  });

const dimensionTrainingFigure: Draw = (source) => {
  const [bottleneck = Number.NaN] = chosenOf([64], source.bottlenecks);
  return figureOf(3, {
    title: "Dimension from layer to layer over the training",
    caption: sentences(
      measuredWords(source, "training"),
      standInWords(source),
      `K = ${bottleneck}; grey: the untrained network.`,
    ),
    panels: [panel(`K = ${bottleneck}`, profilesOfEpochs(source, dimension, bottleneck), "dimensions")],
  });
};

const overKFigure: Draw = (source) =>
  figureOf("A1", {
    title: "Information and quality over the size of the code",
    caption: sentences(
      measuredWords(source, "epoch"),
      standInWords(source),
      `A: imbalance from the output to the input, and Fréchet distance of the reconstructions on ${source.results.features}. B and C: how well the code, and the output, of a network predicts that of one with twice its K and the other way round.`,
      source.data === "cifar10"
        ? "D: A as published; its Fréchet distance is of the last 136 images on 2,048 features of a network for ImageNet, and comparable with no other."
        : "",
      publishedWords(source),
    ),
    panels: [
      panel("Output and quality", outputAndQuality(source), "imbalances to the input"),
      panel("Codes of K and 2K", crossImbalances(source, "l5"), CROSSINGS),
      panel("Outputs of K and 2K", crossImbalances(source, "l10"), CROSSINGS),
      ...(source.data === "cifar10"
        ? [panel("As published", outputAndQualityAsPublished(source), "published values")]
        : []),
    ],
  });

const CROSSINGS = "networks of K and 2K of one seed";

const inputTrainingFigure: Draw = (source) =>
  figureOf("A2", {
    title: "Information about the input over the training",
    caption: sentences(
      measuredWords(source, "training"),
      standInWords(source),
      "Imbalance from each layer to the input; grey: the untrained network.",
    ),
    panels: chosenOf([2, 8, 128], source.bottlenecks).map((bottleneck) =>
      panel(`K = ${bottleneck}`, profilesOfEpochs(source, toInput, bottleneck), "imbalances to the input"),
    ),
  });

const MAIN: readonly Draw[] = [
  layersFigure,
  trainingFigure,
  dimensionTrainingFigure,
  overKFigure,
  inputTrainingFigure,
];

const WHICH =
  "The paper's captions of A3 and A4 are not known to us; most likely they show dimension and information on MNIST.";

const APPENDIX_OF_MNIST: readonly Draw[] = [
  (source) =>
    figureOf("A3", {
      title: "Dimension from layer to layer, MNIST",
      caption: sentences(measuredWords(source, "epoch"), publishedWords(source), WHICH),
      panels: [panel("Intrinsic dimension", profilesOfK(source, dimension), "dimensions")],
    }),
  (source) =>
    figureOf("A4", {
      title: "Information from layer to layer, MNIST",
      caption: sentences(
        measuredWords(source, "epoch"),
        "A: imbalance from each layer to the input. B: to the output. C: relative imbalance of each layer and the next.",
        publishedWords(source),
        WHICH,
      ),
      panels: [
        panel("Imbalance to the input", profilesOfK(source, toInput), "imbalances to the input"),
        panel("Imbalance to the output", profilesOfK(source, toOutput), "imbalances to the output"),
        panel(
          "Relative imbalance of neighbours",
          relativeProfiles(source, chosenOf([2, 16], source.bottlenecks)),
          IMBALANCES_OF_NEIGHBOURS,
        ),
      ],
    }),
];

function panel(title: string, spec: PanelPlan["spec"], needs: string): PanelPlan {
  return { title, spec: spec && { ...spec, title }, needs };
}
