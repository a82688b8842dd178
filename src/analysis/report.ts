import { selectRows } from "../data/split.js";
import { UserError } from "../errors.js";
import type { FigureSpec } from "../figures/index.js";
import { USED_VARIANCE } from "../geometry/index.js";
import { labLinkOf } from "../lab/experiment-of.js";
import { RATE_ESTIMATORS } from "../model/parts.js";
import type { Device } from "../onnx/devices.js";
import type { ComparisonSide, Fact, KeyFigure, Report, Section } from "../report/report.js";
import { drawTrainingCurves, type Runs, reconstructionsOf } from "../run-figures/index.js";
import { greyConventionOf } from "../run-figures/runs.js";
import { lengthOf } from "../training/length.js";
import { rateVerdict } from "../training/verdict.js";
import type { AnalysedRun, Analysis } from "./analysis.js";
import { byRate, capacityDistortion, capacityError, latentMap, pictured, tuningCurves } from "./figures.js";

/** What the page says besides what it measures. */
export interface ReportWords {
  /** By default what the page shows. */
  readonly title?: string;
  readonly subtitle?: string;
  /** Pairs under the title, such as the time taken. */
  readonly facts?: readonly Fact[];
  /** The command that makes the page again. */
  readonly command?: string;
  /** Address of the browser's lab, to which runs that it can show are linked; without one the page says its settings. */
  readonly lab?: string;
}

const RECONSTRUCTIONS = 8;

/**
 * The page of one or several runs, from the highest rate down: the code, and the effect of the rate limit on
 * it. Figures that the data do not allow are replaced by a line that says why.
 * @param analysis as `analyseRuns` makes it.
 * @param words title, subtitle, facts and the command that the page names; all have defaults.
 * @returns a page for `renderReport` or `renderReportPdf`.
 */
export async function analysisReport(
  analysis: Analysis,
  device: Device,
  words: ReportWords = {},
): Promise<Report> {
  const runs = byRate(analysis.runs) as [AnalysedRun, ...AnalysedRun[]];
  const ordered = { ...analysis, runs };
  const several = runs.length > 1;
  const isSqueezed = new Set(runs.map(({ capacityNats }) => capacityNats)).size > 1;
  const [high, low] = [runs[0], runs.at(-1)!];
  const trained = runs.map((run) => run.trained) as unknown as Runs;
  const images = selectRows(analysis.stimuli, pictured(ordered).slice(0, RECONSTRUCTIONS));
  const sections: Section[] = [
    {
      kind: "comparison",
      heading: isSqueezed ? "Effect of the rate limit" : several ? "The codes" : "The code",
      text: [
        "The encoder describes each image through a channel of limited rate. The rate is in nats per image: where it is exact, the code tells so much about the image; where it is an upper bound, so much at most. The distortion is the error of the reconstruction.",
        `On a map every dot is the code of one image, and images with near dots have similar codes.${several ? " Runs are shown from the highest rate down." : ""}`,
      ],
      sides: runs.map((run) => ({
        title: run.title,
        ...(run.title === run.name ? {} : { subtitle: run.name }),
        keyFigures: keyFigures(run),
        warnings: warningsOf(run),
        ...inTheLab(run, words.lab),
        figures: [latentMap(ordered, [run])],
      })),
    },
    await figuresSection(
      "What each channel responds to",
      "For every latent channel, its mean activity over the labels of the data, on one scale for the whole code. A channel that is constant carries nothing.",
      () => tuningCurves(ordered),
    ),
    await figuresSection(
      "Reconstructions",
      "Images, and under each its reconstruction through a sample of its code.",
      () =>
        reconstructionsOf(trained, device, images, {
          convention: greyConventionOf(trained[0].experiment.configuration),
        }),
    ),
    ...(several
      ? [
          await figuresSection(
            "Which distances survive",
            `For all pairs of classes: the distance between their codes in the run of the lowest rate (${low.title}) relative to that in the run of the highest rate (${high.title}), minus the mean over all pairs. Blue pairs come closer than others, red pairs stay apart.`,
            () => capacityDistortion(ordered),
          ),
        ]
      : []),
    await figuresSection(
      "Training",
      "Distortion and rate over the training.",
      () => drawTrainingCurves(trained),
      () => capacityError(ordered),
    ),
    {
      kind: "table",
      heading: "Settings",
      text: ["The configuration of the first run as resolved; every run keeps its own in manifest.json."],
      columns: [{ title: "key" }, { title: "value" }],
      rows: flatten(runs[0].trained.experiment.configuration),
      folded: true,
    },
  ];
  return {
    title: words.title ?? titleOf(runs, isSqueezed),
    ...(words.subtitle === undefined ? {} : { subtitle: words.subtitle }),
    facts: [...factsOf(ordered), ...(words.facts ?? [])],
    sections,
    ...(words.command === undefined ? {} : { footer: `Made by Narrows. Again: ${words.command}` }),
  };
}

/** Runs of one capacity, or without any, show no effect of its limit. */
function titleOf(runs: readonly AnalysedRun[], isSqueezed: boolean): string {
  if (isSqueezed) return "The effect of the rate limit";
  const names = runs.map(({ name }) => name);
  if (names.length > 2) return `The codes of ${names.length} runs`;
  return `The ${names.length > 1 ? "codes" : "code"} of ${names.join(" and ")}`;
}

/** Figures under a heading; one that these data do not allow is replaced by a line that says why. */
async function figuresSection(
  heading: string,
  text: string,
  ...draw: readonly (() => FigureSpec | Promise<FigureSpec>)[]
): Promise<Section> {
  const figures: FigureSpec[] = [];
  const missing: string[] = [];
  for (const one of draw) {
    try {
      figures.push(await one());
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      missing.push(`Not shown: ${error.problem.what}.`);
    }
  }
  return { kind: "figures", heading, text: [...(figures.length > 0 ? [text] : []), ...missing], figures };
}

/** The run's experiment in the browser's lab: a link, or, without an address, the settings to choose there. */
function inTheLab({ trained }: AnalysedRun, address: string | undefined): Partial<ComparisonSide> {
  const link = labLinkOf(trained.experiment.configuration);
  if (!link) return {};
  const text = `${link.isSame ? "The same experiment" : "An experiment with these settings"} in the lab`;
  const hash = `#${link.settings}`;
  if (address !== undefined) return { links: [{ text, address: new URL(hash, address).href }] };
  return {
    links: [
      {
        text: `${text} of Narrows, a web page that trains such codes: add ${hash} to the address of the lab`,
      },
    ],
  };
}

/** What `narrows evaluate` warns of. */
function warningsOf({ evaluation, trained: { experiment } }: AnalysedRun): readonly string[] {
  const { model } = experiment.configuration;
  return rateVerdict(evaluation, { model, length: lengthOf(experiment) }).warnings;
}

function keyFigures({
  evaluation,
  capacityNats,
  dimensionsInUse,
  published,
  trained,
}: AnalysedRun): KeyFigure[] {
  const gap = evaluation.capacityGapNats ?? evaluation.gapNats;
  return [
    {
      label: "distortion (MSE)",
      value: evaluation.squaredErrorPerPixel.toFixed(4),
      unit: "per pixel",
      ...(published
        ? { note: `published: ${published.squaredErrorPerPixel.toFixed(4)} (${published.source})` }
        : {}),
    },
    {
      label: "rate",
      value: evaluation.rateNats.toFixed(2),
      unit: "nats",
      note: [
        RATE_ESTIMATORS[trained.model.rateEstimator].is,
        `${evaluation.rateBits.toFixed(2)} bits`,
        ...(gap === undefined ? [] : [`target ${capacityNats}, gap ${gap >= 0 ? "+" : ""}${gap.toFixed(2)}`]),
      ].join("; "),
    },
    {
      // Not "in use", as evaluations call those that send something (rule R7).
      label: "dimensions that vary",
      value: `${dimensionsInUse} of ${trained.model.codeDimensions}`,
      note: `standard deviation of the mean code over images above ${Math.sqrt(USED_VARIANCE)}`,
    },
  ];
}

function factsOf(analysis: Analysis): Fact[] {
  const { runs, stimuli } = analysis;
  const { run, experiment } = runs[0].trained;
  const seeds = [...new Set(runs.map(({ trained }) => trained.experiment.configuration.seed))];
  const { manifest } = run;
  const { split } = experiment;
  return [
    { name: "Data", value: `${manifest.dataset?.name ?? "unknown"}, ${split.train.count} training images` },
    { name: "Labels", value: labelsText(analysis) },
    { name: "Runs", value: String(runs.length) },
    { name: seeds.length > 1 ? "Seeds" : "Seed", value: seeds.toSorted((a, b) => a - b).join(", ") },
    { name: "Images drawn", value: `${stimuli.count} of the test rows` },
    { name: "Narrows", value: manifest.versions.narrows },
    { name: "Date", value: (manifest.finishedAt ?? manifest.createdAt).slice(0, 10) },
  ];
}

/** The labels that are shown, and of how many where some are not: those that are constant or come late. */
function labelsText({ labels, stimuli: { labelNames } }: Analysis): string {
  const shown = labels.map(({ name, kind }) => `${name} (${kind})`).join(", ") || "none";
  return labels.length < labelNames.length ? `${shown}; the data have ${labelNames.length}` : shown;
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
