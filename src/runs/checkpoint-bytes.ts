/** The bytes of a checkpoint. They know no folder, so that a browser can write them too. */
import { crc32 } from "node:zlib";
import { UserError } from "../errors.js";
import { decodeSafetensors, encodeSafetensors, type Safetensors } from "../files/safetensors-format.js";
import type { NumericArray } from "../numeric-array.js";

/** What a checkpoint is made of. */
export interface CheckpointContent {
  /** Arrays by name. */
  readonly tensors: ReadonlyMap<string, NumericArray>;
  /** Text in addition to the arrays; the key `crc32` is added. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** A checkpoint that was read whole. */
export interface Checkpoint extends Safetensors {
  readonly path: string;
  /** Training steps done when it was written. */
  readonly step: number;
}

const CHECKSUM_KEY = "crc32";

/** The chunks of a checkpoint's file, a checksum among its metadata. */
export function checkpointChunks(content: CheckpointContent): Uint8Array[] {
  const metadata = { ...content.metadata, [CHECKSUM_KEY]: checksum(content) };
  return encodeSafetensors(content.tensors, metadata);
}

/**
 * The checkpoint in the bytes of its file.
 * @param path The file's name, for messages.
 * @throws UserError when it is truncated, damaged or not written by Narrows
 */
export function parseCheckpoint(bytes: Uint8Array, path: string, step: number): Checkpoint {
  const { tensors, metadata } = decodeSafetensors(bytes, path);
  const { [CHECKSUM_KEY]: stored, ...rest } = metadata;
  if (stored !== checksum({ tensors, metadata: rest })) {
    throw new UserError({
      where: path,
      what:
        stored === undefined ? "this is not a checkpoint of Narrows" : "damaged: its checksum does not fit",
      remedy: "Use an older checkpoint, or train again",
    });
  }
  if (rest.step !== undefined && Number(rest.step) !== step) {
    throw new UserError({
      where: path,
      what: `damaged: it is the checkpoint of step ${rest.step} under another name`,
      remedy: "Restore the file from a copy",
    });
  }
  return { path, step, tensors, metadata: rest };
}

/** CRC-32 over the encoded file as it is without the checksum. */
function checksum({ tensors, metadata }: CheckpointContent): string {
  const chunks = encodeSafetensors(tensors, metadata);
  return chunks.reduce((sum, chunk) => crc32(chunk, sum), 0).toString(16);
}
