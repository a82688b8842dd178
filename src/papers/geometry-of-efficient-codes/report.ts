import type { Device } from "../../onnx/devices.js";
import type { Fact, KeyFigure, Report, Section } from "../../report/report.js";
import type { RunAnalysis } from "./analysis.js";
import {
  capacityDistortion,
  capacityError,
  latentMap,
  reconstructions,
  titleOf,
  trainingCurves,
  tuningCurves,
} from "./figures.js";
import { BASELINE_MSE } from "./published.js";

/** What the page says besides what it measures. */
export interface ReportWords {
  readonly title: string;
  readonly subtitle?: string;
  /** Pairs under the title, such as the time taken. */
  readonly facts?: readonly Fact[];
  /** The command that makes the page again. */
  readonly command?: string;
}

/** The page of one or several runs: what the squeeze did to the code. Runs are shown from the highest rate down. */
export async function geometryReport(
  analyses: readonly [RunAnalysis, ...RunAnalysis[]],
  device: Device,
  words: ReportWords,
): Promise<Report> {
  const ordered = [...analyses].sort((a, b) => b.evaluation.rateNats - a.evaluation.rateNats) as [
    RunAnalysis,
    ...RunAnalysis[],
  ];
  const [first] = ordered;
  const several = ordered.length > 1;
  const sections: Section[] = [
    {
      kind: "comparison",
      heading: several ? "What the squeeze did" : "The code",
      text: [
        "The encoder must describe each image through a channel of limited rate. The rate is how many nats the code tells about the image beyond what the marginal expects; the distortion is what the reconstruction gets wrong.",
        ...(several
          ? [
              "Left the wide channel, right the narrow one. On a map every dot is the code of an image, and near dots are images that the code hardly tells apart.",
            ]
          : []),
      ],
      sides: await Promise.all(
        ordered.map(async (analysis) => ({
          title: titleOf(analysis),
          subtitle: analysis.name,
          keyFigures: keyFigures(analysis),
          figures: [await latentMap([analysis], device)],
        })),
      ),
    },
    {
      kind: "figures",
      heading: "What each channel answers to",
      text: [
        "For every latent channel, its mean activity when the upper corridor stands at xU (rows) and the lower one at xL (columns), on one scale for the whole code. A channel that is one flat colour carries nothing.",
      ],
      figures: [await tuningCurves(ordered, device)],
    },
    {
      kind: "figures",
      heading: "What is left of an image",
      text: ["Images, and under each one reconstruction through a sampled code."],
      figures: [await reconstructions(ordered, device)],
    },
    ...(several
      ? [
          {
            kind: "figures" as const,
            heading: "Which distances survive",
            text: [
              "For all pairs of positions: the distance between their codes under the low capacity, relative to that under the high one, less the average. Pairs in blue collapse more than others, pairs in red are kept apart.",
            ],
            figures: [await capacityDistortion(ordered, device)],
          },
        ]
      : []),
    {
      kind: "figures",
      heading: "How it was learnt",
      text: [
        "The target C rises during the first steps, and the rate follows it; the distortion falls as the channel opens.",
      ],
      figures: [await trainingCurves(ordered, device), await capacityError(ordered, device)],
    },
    {
      kind: "table",
      heading: "Settings",
      text: ["The configuration of the first run as resolved; every run keeps its own in manifest.json."],
      columns: [{ title: "key" }, { title: "value" }],
      rows: flatten(first.trained.experiment.configuration),
      folded: true,
    },
  ];
  return {
    title: words.title,
    ...(words.subtitle === undefined ? {} : { subtitle: words.subtitle }),
    facts: [...factsOf(first, ordered.length), ...(words.facts ?? [])],
    sections,
    ...(words.command === undefined ? {} : { footer: `Made by Narrows. Again: ${words.command}` }),
  };
}

function keyFigures({ evaluation, capacityNats, channelsUsed, trained }: RunAnalysis): KeyFigure[] {
  const published = BASELINE_MSE.find((point) => point.capacityNats === capacityNats);
  const gap = evaluation.capacityGapNats ?? evaluation.gapNats;
  return [
    {
      label: "distortion",
      value: evaluation.squaredErrorPerPixel.toFixed(4),
      unit: "squared error per pixel",
      ...(published
        ? { note: `published Baseline ${published.distortion.toFixed(4)}, with the full recipe` }
        : {}),
    },
    {
      label: "rate",
      value: evaluation.rateNats.toFixed(2),
      unit: "nats",
      note:
        gap === undefined
          ? `${evaluation.rateBits.toFixed(2)} bits`
          : `${evaluation.rateBits.toFixed(2)} bits; target ${capacityNats}, gap ${gap >= 0 ? "+" : ""}${gap.toFixed(2)}`,
    },
    {
      label: "channels in use",
      value: `${channelsUsed} of ${trained.model.codeDimensions}`,
      note: "standard deviation of the code above 0.1",
    },
  ];
}

function factsOf({ trained, stimuli }: RunAnalysis, runs: number): Fact[] {
  const { manifest } = trained.run;
  const { split, configuration } = trained.experiment;
  return [
    { name: "Data", value: `${manifest.dataset?.name ?? "unknown"}, ${split.train.count} training images` },
    { name: "Runs", value: String(runs) },
    { name: "Seed", value: String(configuration.seed) },
    { name: "Stimuli drawn", value: `${stimuli.images.count} of the test rows` },
    { name: "Narrows", value: manifest.versions.narrows },
    { name: "Date", value: (manifest.finishedAt ?? manifest.createdAt).slice(0, 10) },
  ];
}

/** A nested object as dotted keys and values. */
function flatten(value: object, prefix = ""): (readonly [string, string])[] {
  return Object.entries(value).flatMap(([key, entry]): (readonly [string, string])[] =>
    entry !== null && typeof entry === "object" && !Array.isArray(entry)
      ? flatten(entry, `${prefix}${key}.`)
      : entry === undefined
        ? []
        : [[prefix + key, JSON.stringify(entry)]],
  );
}
