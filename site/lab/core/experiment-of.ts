import { BIASES, writtenConfiguration } from "./configuration.js";
import { CELLS, type Experiment, experimentSchema, FIRST_EXPERIMENT, MAX_WEIGHT } from "./experiment.js";

/** A configuration of a run on Corridors, as far as it is read here. */
export interface RunConfiguration {
  readonly seed?: number | undefined;
  readonly data: {
    readonly corridors: {
      readonly bias?: string | undefined;
      readonly weights?: readonly number[] | undefined;
    };
  };
  readonly model: {
    readonly encoder: { readonly type: string };
    readonly channel: { readonly type: string; readonly dimensions: number };
    readonly objective:
      | { readonly type: "capacity"; readonly capacity: number }
      | { readonly type: "beta"; readonly beta: number };
    readonly heads: readonly { readonly task: string }[];
  };
}

/**
 * The experiment of a run's configuration, as near as the lab's settings come; undefined where they cannot say it at all (a flow, more
 * dimensions). Whether it is the same is another question: {@link isOfTheLab}.
 */
export function experimentOf({ seed = 0, data, model }: RunConfiguration): Experiment | undefined {
  const { objective, channel, encoder, heads } = model;
  const { bias, weights } = data.corridors;
  const named = Object.entries(BIASES).find(([, text]) => text === bias)?.[0];
  const parsed = experimentSchema.safeParse({
    limit:
      objective.type === "capacity"
        ? { kind: "capacity", nats: objective.capacity }
        : { kind: "beta", beta: objective.beta },
    frequencies: weights
      ? { kind: "drawn", weights: scaled(weights) }
      : { kind: named ?? FIRST_EXPERIMENT.frequencies.kind },
    ...(heads[0] && { task: heads[0].task }),
    channel: channel.type,
    dimensions: channel.dimensions,
    network: encoder.type === "dense" ? "small" : "paper",
    seed,
  });
  return parsed.data;
}

/** Weights that may be larger than those that are painted. */
function scaled(weights: readonly number[]): number[] {
  const largest = Math.max(...weights);
  if (largest <= MAX_WEIGHT || weights.length !== CELLS) return [...weights];
  return weights.map((weight) => Math.round((weight * MAX_WEIGHT) / largest));
}

/** Whether a configuration says, in every key that the lab writes, what it writes for this experiment. */
export function isOfTheLab(configuration: object, experiment: Experiment): boolean {
  return holds(configuration, JSON.parse(JSON.stringify(writtenConfiguration(experiment))));
}

function holds(whole: unknown, part: unknown): boolean {
  if (typeof part !== "object" || part === null) return whole === part;
  if (typeof whole !== "object" || whole === null) return false;
  const own = whole as Record<string, unknown>;
  return Object.entries(part).every(([key, value]) => holds(own[key], value));
}
