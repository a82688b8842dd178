import * as z from "zod";

const words = z.union([z.string().min(1), z.number()]);
const count = z.int().positive();

/** What jobs on a cluster ask a scheduler for: no part of the experiment, which is the same wherever it is trained. */
export const clusterSchema = z
  .strictObject({
    partition: z.string().min(1).optional().describe("partition (queue) of the jobs"),
    account: z.string().min(1).optional().describe("account of the jobs"),
    time: words
      .optional()
      .describe('longest time of a job, in quotes, such as "4:00:00"; a number is minutes'),
    mem: words.optional().describe("memory of a job, such as 4G; a number is MB"),
    cpus: count.optional().describe("processors of a job"),
    gpus: words.optional().describe("graphics cards of a job, such as 1 or a100:1"),
    atOnce: count.optional().describe("jobs of an array that run at the same time"),
    jobs: count.optional().describe("jobs of a plan; more runs than that are shared among them"),
    sbatch: z
      .record(z.string().regex(/^[a-z][a-z-]*$/), z.union([z.string(), z.number(), z.literal(true)]))
      .optional()
      .describe("any other options of sbatch, by their long names; true for a switch"),
  })
  .describe("what jobs on a cluster ask for (--on slurm); no part of the experiment");

/** What jobs on a cluster ask a scheduler for, as a configuration says it under `cluster`. */
export type ClusterBlock = z.infer<typeof clusterSchema>;
