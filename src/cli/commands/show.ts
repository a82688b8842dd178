import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { Document, isMap, visit } from "yaml";
import { type AnyMetricName, METRICS, metricTitle } from "../../model/metrics.js";
import type { Manifest } from "../../runs/manifest-text.js";
import { openRun, type Run } from "../../runs/run.js";
import { type RunHistory, type RunSummary, summarizeRun, type ValidationLine } from "../../runs/summary.js";
import { readTags } from "../../runs/tags.js";
import { runName } from "../../settings/index.js";
import { describeArithmeticChange } from "../../training/arithmetic.js";
import { recordedLength } from "../../training/length.js";
import { rateVerdict } from "../../training/verdict.js";
import { defineCommand } from "../command/define.js";
import { RUN, runFolder } from "../command/groups.js";
import {
  decimal,
  formatBytes,
  formatDuration,
  formatTime,
  grouped,
  metricEntries,
  OTHER_METRICS,
  ownMetricEntries,
  signed,
} from "../format.js";
import { headTable } from "../head-table.js";
import { nextCommands } from "../next-commands.js";
import { warn } from "../output.js";
import { definitionLines, sparkline } from "../table.js";

type Entries = readonly (readonly [name: string, value: string])[];

export default defineCommand({
  arguments: { run: runName({ about: RUN, required: true }) },
  settings: runFolder,
  examples: ["narrows show baseline-c10-s0", "narrows show runs/baseline-c10-s0 --json"],
  async run({ run: name, runs: root }) {
    const run = openRun(root, name);
    const summary = summarizeRun(run);
    if (summary.misfit !== undefined) {
      warn(`${summary.misfit}; "narrows check ${run.path}" compares all files`);
    } else if (summary.damagedLines > 0) {
      warn(`${run.path}: ${summary.damagedLines} lines of its metrics are damaged and skipped`);
    }
    for (const warning of verdictOf(run, summary)) warn(warning);
    const files = filesOf(run.path);
    const tags = readTags(run.path);
    const next = nextCommands(run, root);
    return {
      json: { ...run.manifest, name: run.name, path: run.path, tags, ...summary, files },
      text: [
        ...describe(run, tags, summary, files),
        "",
        "Configuration",
        ...configurationYaml(run.manifest.configuration).map((line) => `  ${line}`),
        ...(next.length > 0 ? section("Next", next) : []),
      ],
    };
  },
});

/** What is not as the configuration meant it, of a run that has ended. */
function verdictOf({ manifest }: Run, { validation }: RunSummary): readonly string[] {
  if (manifest.status !== "finished" || !validation) return [];
  const { model } = manifest.configuration;
  return rateVerdict(validation, { model, length: recordedLength(manifest) }).warnings;
}

interface RunFile {
  /** Within the run's folder. */
  readonly path: string;
  readonly bytes: number;
}

function filesOf(folder: string): RunFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      // A running training may have removed it meanwhile.
      const bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
      return { path: path.slice(join(folder, "/").length), bytes };
    })
    .sort((a, b) => a.path.localeCompare(b.path, "en"));
}

function describe(
  run: Run,
  tags: readonly string[],
  summary: RunHistory,
  files: readonly RunFile[],
): string[] {
  const { manifest } = run;
  const { validation } = summary;
  const heads = validation ? headTable(validation) : [];
  const curves = curveEntries(summary.validations);
  const measured = validation?.images === undefined ? "" : `, ${grouped(validation.images)} images`;
  return [
    `${run.name}: ${manifest.status}${manifest.reason ? ` (${manifest.reason})` : ""}`,
    "",
    ...definitionLines([
      ...aboutEntries(run, summary),
      ...(tags.length > 0 ? [["tags", tags.join(", ")] as const] : []),
    ]),
    ...(validation
      ? section(
          `Last evaluation (validation split, step ${validation.step}${measured})`,
          evaluationEntries(validation, run.manifest),
        )
      : []),
    ...(heads.length > 0 ? ["", ...heads.map((line) => `  ${line}`)] : []),
    ...(curves.length > 0 ? section("Validation, from the first evaluation to the last", curves) : []),
    ...section(
      "Files",
      files.map(({ path, bytes }) => [path, formatBytes(bytes)]),
    ),
  ];
}

function section(title: string, entries: Entries): string[] {
  return ["", title, ...definitionLines(entries).map((line) => `  ${line}`)];
}

function aboutEntries({ path, manifest }: Run, { step, totalSteps, epoch, epochs }: RunSummary): Entries {
  const { dataset, device, threads, versions, arithmeticChanges = [] } = manifest;
  const time = (iso: string | undefined) => (iso === undefined ? "-" : formatTime(iso));
  const trained = [
    device ?? "",
    threads === undefined ? "" : `${threads} ${threads === 1 ? "thread" : "threads"}`,
    formatDuration(manifest.wallTimeSeconds),
  ];
  return [
    ["folder", path],
    [
      "progress",
      `step ${grouped(step)}${totalSteps === undefined ? "" : ` of ${grouped(totalSteps)}`}, ` +
        `epoch ${epoch}${epochs === undefined ? "" : ` of ${epochs}`}`,
    ],
    ["data", dataset ? `${dataset.name} (fingerprint ${dataset.fingerprint})` : "-"],
    ["parameters", manifest.parameterCount === undefined ? "-" : grouped(manifest.parameterCount)],
    ...(manifest.parts ?? []).map(
      ({ file, sha256 }) => ["parts of its own", `${file} (SHA-256 ${sha256})`] as const,
    ),
    ...(manifest.initialWeights
      ? [
          [
            "initial weights",
            `from ${manifest.initialWeights.file} (SHA-256 ${manifest.initialWeights.sha256})`,
          ] as const,
        ]
      : []),
    ["seed", manifest.seed === undefined ? "-" : String(manifest.seed)],
    ...(manifest.importedFrom === undefined
      ? [["trained", trained.filter(Boolean).join(", ")] as const]
      : [["imported", `from ${manifest.importedFrom}; trained elsewhere`] as const]),
    ["started", time(manifest.startedAt ?? manifest.createdAt)],
    ["finished", time(manifest.finishedAt)],
    [
      "versions",
      `narrows ${versions.narrows}, node ${versions.node}, onnxruntime ${versions.onnxruntime}, ${versions.platform}`,
    ],
    ...arithmeticChanges.map((change) => ["resumed", describeArithmeticChange(change)] as const),
  ];
}

function evaluationEntries(line: ValidationLine, { ownMetrics = {} }: Manifest): Entries {
  const { squaredErrorPerPixel, squaredErrorPerImage, rateNats, rateBits, targetRateNats } = line;
  const { capacityNats, capacityGapNats } = line;
  return [
    ...(squaredErrorPerPixel === undefined
      ? []
      : [
          ["MSE per pixel", decimal(squaredErrorPerPixel, 5)] as const,
          ["squared error per image", decimal(squaredErrorPerImage, 4)] as const,
        ]),
    ...(rateNats === undefined
      ? [["loss", decimal(line.loss, 5)] as const]
      : [
          [
            "rate",
            `${decimal(rateNats, 3)} nats (${decimal(rateBits, 3)} bits)${line.rateEstimator === undefined ? "" : `, ${line.rateEstimator}`}`,
          ] as const,
          ["target C", typeof capacityNats === "number" ? `${capacityNats} nats` : "none"] as const,
          ...(typeof targetRateNats === "number" && targetRateNats !== capacityNats
            ? [["C at that step", `${decimal(targetRateNats, 3)} nats`] as const]
            : []),
          ["gap", typeof capacityNats === "number" ? `${signed(capacityGapNats)} nats` : "-"] as const,
          ...metricEntries(line, OTHER_METRICS),
        ]),
    ...ownMetricEntries(
      line.own ?? {},
      Object.entries(ownMetrics).map(([name, metric]) => ({ name, ...metric })),
    ),
  ];
}

function curveEntries(lines: readonly ValidationLine[]): Entries {
  const curve = (name: AnyMetricName, title = metricTitle(name)) => {
    const { digits } = METRICS[name];
    const values = lines.map((line) => line[name] ?? null).filter((value) => value !== null);
    const ends = `${decimal(values[0], digits)} to ${decimal(values.at(-1), digits)}`;
    return values.length < 2 ? [] : [[title, `${sparkline(values)}  ${ends}`] as const];
  };
  const traded = [...curve("squaredErrorPerPixel"), ...curve("rateNats", "rate in nats")];
  return traded.length > 0 ? traded : curve("loss");
}

/** A configuration as the lines of a YAML file; the entries of a list stand on one line each. */
function configurationYaml(configuration: Readonly<Record<string, unknown>>): string[] {
  const document = new Document(configuration);
  visit(document, {
    Seq(_, { items }) {
      for (const item of items) if (isMap(item)) item.flow = true;
    },
  });
  return document.toString({ lineWidth: 0 }).trimEnd().split("\n");
}
