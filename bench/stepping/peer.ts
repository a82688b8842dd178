import * as z from "zod";
import type { DeviceName } from "../../src/onnx/devices.js";
import type { NetworkSource } from "../networks.js";
import { openProcess } from "../peers/process.js";

/** What a process of ours trains. */
export interface StepTask extends NetworkSource {
  /** Folder with the checkout whose `dist` and `configs` are used. */
  readonly checkout: string;
  readonly threads: number;
  /** The processor by default. */
  readonly device?: DeviceName;
}

/** Steps to be timed, and untimed ones before them. */
export interface StepRequest {
  readonly steps: number;
  readonly warmup: number;
}

export const stepTimesSchema = z.object({
  milliseconds: z.number().positive(),
  /** Processor time of a step, of all threads, user and system. */
  processorMilliseconds: z.number().optional(),
  /** Null where it is no number: JSON has none for it. */
  loss: z.number().nullable(),
  /** Of each step, where the peer tells them. */
  losses: z.array(z.number()).optional(),
  /** The most memory that the process ever held. */
  peakMegabytes: z.number().optional(),
});
export type StepAnswer = z.output<typeof stepTimesSchema>;

const parametersSchema = z.object({ parameters: z.int() });
const refusalSchema = z.object({ error: z.string() });

/** Somebody who makes training steps of one network and times them. */
export interface StepPeer {
  time(request: StepRequest): Promise<StepAnswer>;
  close(): void;
}

/** What a peer answers, as `schema` has it. @throws Error with the peer's own words when it could not. */
export function readAnswer<T>(schema: z.ZodType<T>, answer: unknown): T {
  const refusal = refusalSchema.safeParse(answer);
  if (refusal.success) throw new Error(refusal.data.error);
  return schema.parse(answer);
}

/**
 * The steps and the loss of an answer.
 * @throws Error when the loss is no finite number: such a step is no step.
 */
export function readTimes(answer: unknown): StepAnswer {
  const times = readAnswer(stepTimesSchema, answer);
  if (times.loss === null) throw new Error("the loss is not finite");
  return times;
}

/** Where `npm run bench` puts the program of the processes that step. */
const WORKER = "node_modules/.narrows-bench/stepping/worker.js";

/** Our own training in a process of its own, with its first step made. @throws Error when the checkout cannot train it. */
export async function openOwnSteps(task: StepTask): Promise<StepPeer & { readonly parameters: number }> {
  const silence = `the process that trains ${task.configuration} of ${task.checkout} does not start`;
  const peer = await openProcess([process.execPath, WORKER, JSON.stringify(task)], "training", {
    missing: silence,
    silent: silence,
  });
  if (typeof peer === "string") throw new Error(peer);
  const { parameters } = readAnswer(parametersSchema, peer.greeting);
  return {
    parameters,
    time: async (request) => readTimes(await peer.ask(request)),
    close: peer.close,
  };
}
