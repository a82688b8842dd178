import { authorsHead, LAST_TASK } from "../configuration/authors-heads.js";
import { namedRule } from "../data/label-rules/index.js";
import type { HeadSettings } from "../model/heads/index.js";
import type { NumericArray } from "../numeric-array.js";
import type { LightningHead } from "./lightning-heads.js";

/** A classifier that is not imported, and why. */
export interface HeadLeftOut {
  /** `clf`, or `clf_dict.<task>`. */
  readonly key: string;
  readonly why: string;
}

/** An imported classifier with its task. */
export interface PlacedHead {
  readonly key: string;
  readonly settings: HeadSettings;
  readonly outputs: number;
  /** Under the names they have in a run: `heads.E2M1.0.weight`. */
  readonly parameters: ReadonlyMap<string, NumericArray<Float32Array>>;
}

/** The classifiers of a file, by what becomes of them. */
export interface HeadsPlaced {
  readonly placed: readonly PlacedHead[];
  readonly leftOut: readonly HeadLeftOut[];
  /** Heads of the configuration that the file has no classifier for. */
  readonly absent: readonly HeadSettings[];
}

/**
 * Finds the task of each classifier: in its own name, in its many classes, or, for the one that has no number, as the
 * only head of the configuration. What the configuration says of a head holds, except its network, which is given by the weights.
 * @param configured Heads of the configuration.
 */
export function placeHeads(
  heads: readonly LightningHead[],
  configured: readonly HeadSettings[],
): HeadsPlaced {
  const placed: PlacedHead[] = [];
  const leftOut: HeadLeftOut[] = [];
  const waiting = [...configured];
  for (const head of heads) {
    const { key, network } = head;
    if (!network) {
      leftOut.push({ key, why: "its layers are not those of the authors' code" });
      continue;
    }
    const found = headFor(head, heads.length === 1, waiting);
    if (typeof found === "string") {
      leftOut.push({ key, why: found });
      continue;
    }
    const index = waiting.indexOf(found);
    if (index >= 0) waiting.splice(index, 1);
    const parameters = new Map(
      [...network.parameters].map(([name, weights]) => [`heads.${found.name}.${name}`, weights]),
    );
    const settings = { ...found, network: network.settings };
    placed.push({ key, settings, outputs: network.outputs, parameters });
  }
  return { placed, leftOut, absent: waiting };
}

/** Classes of the authors' task 0, which no other task of BetaVAE_CLF has. */
const CLASSES_OF_TASK_0 = 25;

/** The settings of a classifier, or why there are none. */
function headFor(
  { key, task, network }: LightningHead,
  isOnly: boolean,
  configured: readonly HeadSettings[],
): HeadSettings | string {
  const [first, second] = configured;
  if (key === "clf" && isOnly && first && !second) return first;
  const number = key === "clf" && network?.outputs === CLASSES_OF_TASK_0 ? 0 : task;
  if (number === undefined || number > LAST_TASK) {
    return key === "clf"
      ? "its weights do not show which task it has; give --config hparams.yaml, or --set 'model.heads=[{name: E2M1, task: E2M1}]'"
      : "the authors' code has no task of this number";
  }
  const own = authorsHead(number, "delayed");
  return configured.find(({ task }) => namedRule(task) === namedRule(own.task)) ?? own;
}
