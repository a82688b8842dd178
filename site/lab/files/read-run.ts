/** A run's folder, or its zip, that was dropped on the page. */
import { unzipSync } from "fflate";
import * as z from "zod";
import { UserError } from "../../../src/errors.js";
import type { ModelSettings } from "../../../src/model/model.js";
import { NARROWS_MODELS } from "../../../src/model/schema.js";
import { type Checkpoint, parseCheckpoint } from "../../../src/runs/checkpoint-bytes.js";
import { type Manifest, parseManifest } from "../../../src/runs/manifest-text.js";
import type { TrainingPoint } from "../core/contract.js";

/** A file as it was dropped: its path may begin with any folders. */
export interface DroppedFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** A run of Corridors images that was read whole. */
export interface ReadRun {
  readonly name: string;
  readonly manifest: Manifest;
  readonly model: ModelSettings;
  readonly checkpoint: Checkpoint;
  readonly history: readonly TrainingPoint[];
}

const CHECKPOINT = /(?:^|\/)checkpoints\/step-(\d{8,})\.safetensors$/;
/** A zip that grows beyond this is none of ours. */
const MAX_BYTES = 2 ** 30;

const corridorsSchema = z.looseObject({
  data: z.object({ corridors: z.looseObject({ size: z.literal(13).default(13) }) }),
});

const lineSchema = z.looseObject({
  step: z.int().nonnegative(),
  split: z.literal("train"),
  loss: z.number(),
  distortion: z.number(),
  rateNats: z.number(),
  targetRateNats: z.number().optional(),
});

function refuse(what: string, remedy: string): never {
  throw new UserError({ where: "the dropped files", what, remedy });
}

/**
 * Reads a run.
 * @param dropped The files of its folder, or one zip of it.
 * @throws UserError when it is no run, is damaged, or is of other images than Corridors of 13 x 13 pixels.
 */
export function readRun(dropped: readonly DroppedFile[]): ReadRun {
  const files = dropped.length === 1 && dropped[0]!.path.endsWith(".zip") ? unzipped(dropped[0]!) : dropped;
  const manifestFile = files.find(({ path }) => /(?:^|\/)manifest\.json$/.test(path));
  if (!manifestFile) refuse("there is no manifest.json", "Drop the folder of one run, or its zip");
  const folder = manifestFile.path.slice(0, -"manifest.json".length);
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  const manifest = parseManifest(text(manifestFile.bytes), manifestFile.path, folder);
  if (!corridorsSchema.safeParse(manifest.configuration).success) {
    refuse(
      "the run is of other images than Corridors of 13 x 13 pixels",
      "The lab shows no others: narrows report does",
    );
  }
  const model = NARROWS_MODELS.autoencoder.safeParse(manifest.configuration.model);
  if (!model.success)
    refuse("the run's model is no autoencoder made of parts of Narrows", "narrows report shows it");
  const [latest] = files
    .filter(({ path }) => path.startsWith(folder) && CHECKPOINT.test(path))
    .sort((a, b) => (a.path < b.path ? 1 : -1));
  if (!latest) refuse("the run has no checkpoint", "Drop the whole folder, with its folder checkpoints");
  const step = Number(CHECKPOINT.exec(latest.path)![1]);
  const metrics = files.find(({ path }) => path === `${folder}metrics.jsonl`);
  return {
    name: manifest.name,
    manifest,
    model: model.data,
    checkpoint: parseCheckpoint(latest.bytes, latest.path, step),
    history: metrics ? historyIn(text(metrics.bytes), step) : [],
  };
}

function unzipped({ path, bytes }: DroppedFile): DroppedFile[] {
  let total = 0;
  try {
    const entries = unzipSync(bytes, {
      filter({ originalSize }) {
        total += originalSize;
        if (total > MAX_BYTES) refuse(`${path} holds more than 1 GiB`, "Drop the folder instead");
        return true;
      },
    });
    return Object.entries(entries).map(([inside, content]) => ({ path: inside, bytes: content }));
  } catch (error) {
    if (error instanceof UserError) throw error;
    refuse(`${path} is no zip, or is damaged`, "Download it again, or drop the run's folder");
  }
}

/** The lines of the training; others, and a last one that was cut short, are passed over. */
function historyIn(text: string, upTo: number): TrainingPoint[] {
  return text.split("\n").flatMap((line) => {
    const parsed = lineSchema.safeParse(parsedJson(line));
    if (!parsed.success || parsed.data.step > upTo) return [];
    const { step, loss, rateNats, distortion, targetRateNats } = parsed.data;
    return [{ step, loss, rateNats, distortion, targetRateNats, accuracy: undefined }];
  });
}

function parsedJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
