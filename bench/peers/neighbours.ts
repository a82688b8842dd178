import * as z from "zod";
import { openPython } from "./python.js";

const SCRIPT = "bench/peers/neighbours.py";

const greetingSchema = z.object({ sklearn: z.string(), dadapy: z.string().nullable() });
const answerSchema = z.object({
  milliseconds: z.number().positive(),
  processorMilliseconds: z.number().nonnegative(),
  result: z.number(),
});
const refusalSchema = z.object({ error: z.string() });

/** Ways to the same numbers in Python. */
export type NeighboursBy = "matrix" | "dadapy";

/** What is asked: of one file of points its dimension, of two the sum of both imbalances. */
export type NeighboursWork =
  | { readonly work: "dimension"; readonly a: string }
  | { readonly work: "imbalance"; readonly a: string; readonly b: string };

/** Python's neighbours in a process of its own. */
export interface NeighboursPeer {
  /** The ways there are, with their versions. */
  readonly ways: readonly { readonly by: NeighboursBy; readonly name: string }[];
  /** @throws Error with Python's own message when it cannot. */
  time(by: NeighboursBy, work: NeighboursWork, threads: number): Promise<z.output<typeof answerSchema>>;
  close(): void;
}

/** Starts the peer; a line that says why where `python3` or its scikit-learn is not there. */
export async function openNeighbours(): Promise<NeighboursPeer | string> {
  const peer = await openPython(SCRIPT, "scikit-learn");
  if (typeof peer === "string") return peer;
  const { sklearn, dadapy } = greetingSchema.parse(peer.greeting);
  return {
    ways: [
      { by: "matrix", name: `scikit-learn ${sklearn}, matrix of all distances` },
      ...(dadapy === null ? [] : [{ by: "dadapy" as const, name: `DADApy ${dadapy}` }]),
    ],
    async time(by, work, threads) {
      const answer = await peer.ask({ by, threads, ...work });
      const refusal = refusalSchema.safeParse(answer);
      if (refusal.success) throw new Error(refusal.data.error);
      return answerSchema.parse(answer);
    },
    close: peer.close,
  };
}
