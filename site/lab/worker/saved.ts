/** What was trained when the page was closed: one record in the browser's own database, replaced every few seconds. */

import { type Experiment, experimentSchema } from "../../../src/lab/experiment.js";
import type { TrainingState } from "../../../src/training/state.js";
import type { PlanePoint, TrainingPoint } from "../core/contract.js";

/** A training as it is kept. */
export interface SavedTraining {
  readonly experiment: Experiment;
  readonly state: TrainingState;
  readonly history: readonly TrainingPoint[];
  readonly path: readonly PlanePoint[];
  /** It went on by itself when the page was closed. */
  readonly wasTraining: boolean;
}

const DATABASE = "narrows-lab";
const STORE = "trainings";
const KEY = "latest";
/** Of what is kept: a later version of the page reads no other. */
const FORMAT = 1;

function asPromise<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function openStore(mode: IDBTransactionMode): Promise<IDBObjectStore> {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  const database = await asPromise(request);
  const transaction = database.transaction(STORE, mode);
  // A connection that is left open keeps a later version of the page from changing the database.
  const close = () => database.close();
  transaction.oncomplete = close;
  transaction.onabort = close;
  return transaction.objectStore(STORE);
}

/** Keeps a training, as it is when this is called, in place of the one before: all of it or nothing. */
export async function save({ state, ...training }: SavedTraining): Promise<void> {
  const { parameters, gradientSum, squareSum, ...rest } = state;
  // Copies, before anything is waited for: the next step changes the arrays.
  const vectors = [parameters, gradientSum, squareSum].map((vector) => vector.slice());
  const record = structuredClone({ format: FORMAT, ...training, state: rest, vectors });
  const store = await openStore("readwrite");
  await asPromise(store.put(record, KEY));
}

/** The training that was kept; undefined where there is none that can be used. */
export async function saved(): Promise<SavedTraining | undefined> {
  const store = await openStore("readonly");
  const found: unknown = await asPromise(store.get(KEY));
  if (typeof found !== "object" || found === null || !("format" in found) || found.format !== FORMAT)
    return undefined;
  const kept = found as unknown as SavedTraining & { readonly vectors: readonly Float32Array[] };
  const experiment = experimentSchema.safeParse(kept.experiment);
  if (!experiment.success) return undefined;
  const [parameters, gradientSum, squareSum] = kept.vectors;
  const state = { ...kept.state, parameters: parameters!, gradientSum: gradientSum!, squareSum: squareSum! };
  const { history, path, wasTraining } = kept;
  return { experiment: experiment.data, state, history, path, wasTraining };
}
