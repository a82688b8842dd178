/** The text of a run's manifest. It knows no folder, so that a browser can write and read it too. */
import * as z from "zod";
import { UserError } from "../errors.js";
import { metricsSumSchema, sumSchema, textSum } from "./sums.js";

const FORMAT = 1;

/** What is known of a run: all that is needed to understand, repeat and resume it. */
const manifestSchema = z.object({
  /** Version of this file's own layout. */
  format: z.literal(FORMAT),
  name: z.string(),
  status: z.enum(["created", "running", "interrupted", "finished", "failed"]),
  /** Why the run has that status, if there is something to report. */
  reason: z.string().optional(),
  createdAt: z.iso.datetime(),
  /** Begin of the latest training process. */
  startedAt: z.iso.datetime().optional(),
  finishedAt: z.iso.datetime().optional(),
  /** Time spent training, all processes together. */
  wallTimeSeconds: z.number().nonnegative(),
  /** The whole configuration as resolved: presets, files and options merged. */
  configuration: z.record(z.string(), z.json()),
  seed: z.int().nonnegative().optional(),
  /** The folder that paths of the configuration were relative to; absent where none is relative, and in runs of earlier versions. */
  workingFolder: z.string().optional(),
  dataset: z
    .object({ name: z.string(), fingerprint: z.string(), labelNames: z.array(z.string()).optional() })
    .optional(),
  /** How the rows were split (rules D11 and D28), and the labels whose classes each part has in proportion. */
  split: z
    .object({
      order: z.enum(["shuffled", "given"]),
      seed: z.int().nonnegative().optional(),
      by: z.array(z.string()).optional(),
      train: z.tuple([z.int(), z.int()]),
      validation: z.tuple([z.int(), z.int()]),
      test: z.tuple([z.int(), z.int()]),
    })
    .optional(),
  device: z.string().optional(),
  threads: z.int().nonnegative().optional(),
  /** Training steps of the whole plan. */
  totalSteps: z.int().nonnegative().optional(),
  /** Epochs of the whole plan, the last one perhaps not whole. */
  totalEpochs: z.int().nonnegative().optional(),
  parameterCount: z.int().nonnegative().optional(),
  /** The file with the initial weights, where they were not drawn, and the sum of its bytes. */
  initialWeights: z.object({ file: z.string(), sha256: z.string() }).optional(),
  /** The files with parts of one's own, and the sums of their bytes. */
  parts: z.array(z.object({ file: z.string(), sha256: z.string() })).optional(),
  /** Metrics of one's own, by their names in the metrics file. */
  ownMetrics: z
    .record(z.string(), z.object({ label: z.string(), unit: z.string(), digits: z.int().nonnegative() }))
    .optional(),
  /** The file an imported run was read from. */
  importedFrom: z.string().optional(),
  versions: z.object({
    narrows: z.string(),
    node: z.string(),
    onnxruntime: z.string(),
    platform: z.string(),
    /** How steps are computed; absent in runs of before it was counted, which are of the first kind. */
    arithmetic: z.int().positive().optional(),
  }),
  /** Where a training went on with steps computed in another way, which agree with the earlier to some digits only. */
  arithmeticChanges: z
    .array(z.object({ step: z.int().nonnegative(), from: z.int().positive(), to: z.int().positive() }))
    .optional(),
  /** What the run's other files must be; absent before the first checkpoint, and in runs of earlier versions. */
  integrity: z
    .object({
      /** Of the newest checkpoint. */
      step: z.int().nonnegative(),
      metrics: metricsSumSchema,
      /** Whether the training has come to its end or was stopped: metrics and TensorBoard files then end here. */
      complete: z.boolean(),
      /** Steps of the snapshots. */
      snapshots: z.array(z.int().nonnegative()),
      /** Sums of the TensorBoard files and of the models, by name. */
      files: z.record(z.string(), sumSchema),
    })
    .optional(),
});

/** What `manifest.json` holds of a run: configuration, seed, data, device, versions, status and checksums. */
export type Manifest = z.infer<typeof manifestSchema>;

export type Integrity = NonNullable<Manifest["integrity"]>;

/** In the file in addition to the manifest's own keys: the sum of all the others. */
const CHECKSUM_KEY = "checksum";

/** What the maker of a run must give; name, format, status and times are filled in. */
export type NewManifest = Omit<
  Manifest,
  "format" | "name" | "status" | "createdAt" | "wallTimeSeconds" | "integrity"
>;

/** The manifest of a run that begins now. */
export function newManifest(name: string, about: NewManifest): Manifest {
  const createdAt = new Date().toISOString();
  return { format: FORMAT, name, status: "created", createdAt, wallTimeSeconds: 0, ...about };
}

/** The text of a manifest's file, its checksum at the end. */
export function manifestText(manifest: Manifest): string {
  // As it will be read: without keys that are undefined.
  const content = JSON.parse(JSON.stringify(manifest)) as Record<string, unknown>;
  return `${JSON.stringify({ ...content, [CHECKSUM_KEY]: checksumOf(content) }, null, 2)}\n`;
}

/**
 * The manifest in the text of its file.
 * @param where The file's name, for messages.
 * @param run The folder of the run, for messages.
 * @param accept Takes one whose checksum does not fit, for one that was changed on purpose.
 * @throws UserError when it is no JSON, lacks a key, is damaged, or was written by a newer Narrows
 */
export function parseManifest(text: string, where: string, run: string, accept = false): Manifest {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    throw new UserError({ where, what: "this is not JSON", remedy: "Restore the file from a copy", cause });
  }
  const format = z.object({ format: z.int() }).safeParse(content).data?.format;
  if (format !== undefined && format > FORMAT) {
    throw new UserError({
      where,
      what: `the run has format ${format}, and this Narrows reads up to ${FORMAT}`,
      remedy: "Update Narrows",
    });
  }
  const parsed = manifestSchema.safeParse(content);
  if (parsed.success) {
    if (!accept) requireChecksum(content as object, where, run);
    return parsed.data;
  }
  const issue = parsed.error.issues[0]!;
  throw new UserError({
    where,
    what: `"${issue.path.join(".")}" is wrong: ${issue.message}`,
    remedy: "Restore the file from a copy",
    cause: parsed.error,
  });
}

/** Earlier versions wrote none; they knew no other keys than those of the schema either, nor wrote sums of other files. */
function requireChecksum(content: object, where: string, run: string): void {
  const { [CHECKSUM_KEY]: stored, ...rest } = content as Record<string, unknown>;
  const isOfEarlierVersion =
    stored === undefined &&
    Object.keys(rest).every((key) => key in manifestSchema.shape && key !== "integrity");
  if (isOfEarlierVersion || stored === checksumOf(rest)) return;
  throw new UserError({
    where,
    what: "it is not as it was written (its checksum does not fit)",
    remedy: `Restore the file from a copy; if you changed it on purpose, accept it with "narrows check ${run} --accept"`,
  });
}

function checksumOf(content: Readonly<Record<string, unknown>>): string {
  return textSum(JSON.stringify(content));
}
