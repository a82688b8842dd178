import * as z from "zod";
import { BIASES, writtenConfiguration } from "./configuration.js";
import {
  CELLS,
  type Experiment,
  experimentSchema,
  FIRST_EXPERIMENT,
  MAX_WEIGHT,
  SIDE,
} from "./experiment.js";
import { linkOf } from "./link.js";

/** What is read of a run's configuration; others (of other data, with a flow as a channel) are of no experiment. */
const runSchema = z.object({
  seed: z.int().optional(),
  data: z.object({
    corridors: z.object({
      size: z.literal(SIDE).optional(),
      bias: z.string().optional(),
      weights: z.array(z.number()).optional(),
    }),
  }),
  model: z.object({
    encoder: z.object({ type: z.string() }),
    channel: z.object({ type: z.string(), dimensions: z.number() }),
    objective: z.discriminatedUnion("type", [
      z.object({ type: z.literal("capacity"), capacity: z.number() }),
      z.object({ type: z.literal("beta"), beta: z.number() }),
    ]),
    heads: z.array(z.object({ task: z.string() })),
  }),
});

/**
 * The experiment of a run's configuration, as near as the lab's settings come; undefined where they cannot say it at all (a flow, more
 * dimensions, other data). Whether it is the same is another question: {@link isOfTheLab}.
 * @param configuration whole, every default filled in.
 */
export function experimentOf(configuration: unknown): Experiment | undefined {
  const run = runSchema.safeParse(configuration).data;
  return run && experimentOfRun(run);
}

function experimentOfRun({ seed = 0, data, model }: z.output<typeof runSchema>): Experiment | undefined {
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

/** Where the lab shows what a run trained. */
export interface LabLink {
  /** Such as `rate=0.3&network=paper`: the address of the lab has it after #. */
  readonly settings: string;
  /** Whether the lab trains the same, step by step; otherwise its network, schedule or number of images are its own. */
  readonly isSame: boolean;
}

/**
 * The lab's link to a run's experiment.
 * @param configuration whole, every default filled in.
 * @returns undefined where the lab has no such experiment: other data, another bias, several classifiers, a channel that it does not have.
 */
export function labLinkOf(configuration: object): LabLink | undefined {
  const run = runSchema.safeParse(configuration).data;
  const experiment = run && experimentOfRun(run);
  if (!experiment) return undefined;
  const { bias } = run.data.corridors;
  const hasOtherBias =
    bias !== undefined && experiment.frequencies.kind === FIRST_EXPERIMENT.frequencies.kind;
  if (hasOtherBias || run.model.heads.length > 1) return undefined;
  return { settings: linkOf(experiment), isSame: isOfTheLab(configuration, experiment) };
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
