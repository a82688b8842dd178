import { parseReference, writeArray } from "../../../data/arrays/index.js";
import type { NumericArray } from "../../../numeric-array.js";
import { type Settings, text, type ValuesOf } from "../../../settings/index.js";
import { type Command, defineCommand } from "../../command/define.js";
import { force } from "../../command/groups.js";
import { claimOutput } from "../../output.js";
import {
  type Codes,
  type CodesOptions,
  codesArgument,
  codesSettings,
  labelsSetting,
  readCodes,
  readingSettings,
} from "./codes.js";

/** What a measure found. */
interface Measured {
  /** The numbers, for JSON. */
  readonly json: object;
  /** Lines for people. */
  readonly text: readonly string[];
  /** What `--out` writes. */
  readonly array?: NumericArray;
}

const outputOf = (about: string) => ({
  out: text({ about: `write ${about} here: .npy, .npz:KEY or .csv`, placeholder: "file" }),
  ...force,
});

/**
 * A measure of one code, from a file or of a run: what all of them take and report is here, and a measure adds its own.
 * @param description.compared Whether codes are compared with labels.
 * @param description.writes The array that `--out` writes, in words; without it there is no `--out`.
 * @param description.purpose Names the random stream by which rows are drawn (rule D2).
 */
export function codeMeasure<S extends Settings>(description: {
  /** Rule of docs/definitions/. */
  readonly definition?: string;
  readonly units: string;
  readonly compared?: true;
  readonly writes?: string;
  readonly purpose?: string;
  readonly settings?: S;
  readonly details: string;
  readonly examples: readonly [string, ...string[]];
  measure(
    codes: Codes,
    options: CodesOptions & { readonly out?: string } & ValuesOf<S>,
  ): Measured | Promise<Measured>;
}): Command {
  const { definition, units, compared, writes, purpose, details, examples, measure } = description;
  return defineCommand({
    arguments: codesArgument,
    settings: {
      ...(compared && labelsSetting),
      ...codesSettings,
      ...description.settings,
      ...(writes !== undefined && outputOf(writes)),
      ...readingSettings,
    },
    details,
    examples,
    async run(given) {
      const options = given as typeof given & CodesOptions & { out?: string; force?: boolean } & ValuesOf<S>;
      const { out } = options;
      if (out !== undefined) claimOutput(parseReference(out).path, options.force);
      const codes = await readCodes(options, purpose);
      const { json, text: lines, array } = await measure(codes, options);
      const written = out !== undefined && array !== undefined;
      if (written) writeArray(out, array);
      return {
        json: {
          ...(definition !== undefined && { definition }),
          units,
          ...codes.about,
          ...json,
          ...(written && { out }),
        },
        text: written ? [...lines, "", `${out}: ${writes}`] : lines,
      };
    },
  });
}
