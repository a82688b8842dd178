import { createHash } from "node:crypto";
import { join } from "node:path";
import { loadRemembering } from "../../data/remember.js";
import { classifierFeatures } from "../../features/features.js";
import type { Device } from "../../onnx/devices.js";
import type { PlanOutcome } from "../../plans/execute.js";
import type { PlannedRun } from "../../plans/plan.js";
import { kept } from "../../reproduction/measured-once.js";
import { type RunOutcome, readOutcome } from "../../reproduction/run-outcome.js";
import { openRun } from "../../runs/run.js";
import { snapshotsOf } from "../../training/snapshots.js";
import { loadClassifierRun, loadTrainedRun } from "../../training/trained-run.js";
import { type Crossing, crossNetworks } from "./measures/crossings.js";
import { measureEpoch, type NetworkContext, referenceOf } from "./measures/network.js";
import type { DimensionPlan, PlannedFeatures, PlannedNetwork } from "./models.js";
import type { DimensionPreset } from "./recipe.js";
import type { CrossImbalance, DimensionResults, EpochMeasures, NetworkResult } from "./results.js";

/** How runs are measured. */
export interface MeasureOptions {
  /** Folder of the runs. */
  readonly runs: string;
  /** Folder in which what was measured is kept, a file an epoch. */
  readonly measured: string;
  readonly device: () => Promise<Device>;
  /** Of what measures: another one measures anew. */
  readonly version: string;
  readonly onMeasured?: (done: number, of: number) => void;
}

/** A run of the plan as it stands, and a text that differs between any two trainings that differ. */
interface RunStatus extends RunOutcome {
  readonly key: string;
}

/** Both data sets of the paper. */
const REMEMBERED = 2;

/**
 * Measures the finished networks of a plan at each of their snapshots, and pairs of K and 2K at the end.
 * @throws UserError when a run cannot be read, or its data have changed.
 */
export async function measurePlan(
  preset: DimensionPreset,
  { features, networks }: DimensionPlan,
  outcomes: ReadonlyMap<PlannedRun, PlanOutcome>,
  { runs, measured, device, version, onMeasured }: MeasureOptions,
): Promise<DimensionResults> {
  const load = loadRemembering(REMEMBERED);
  const open = (run: string) => loadTrainedRun(openRun(runs, run), load);
  const statusOf = (planned: PlannedRun): RunStatus => {
    const { outcome, line } = readOutcome(outcomes.get(planned)!, runs);
    return { ...outcome, key: hashOf(version, planned.configuration, line) };
  };
  const isFinished = ({ run, status }: RunOutcome): boolean => status === "finished" && run !== null;
  let done = 0;
  const tell = () => onMeasured?.(done++, networks.length);

  const classifiers = new Map(features.map((own) => [own, statusOf(own)] as const));
  const contexts = new Map<PlannedFeatures, Promise<NetworkContext & { readonly key: string }>>();
  const contextOf = (network: PlannedNetwork) => {
    const own = features.find(({ data }) => data === network.data)!;
    const runStatus = classifiers.get(own)!;
    if (!isFinished(runStatus)) return undefined;
    const known = contexts.get(own) ?? openContext(runStatus);
    contexts.set(own, known);
    return known;
  };
  const openContext = async ({ run, key }: RunStatus) => {
    const classifier = loadClassifierRun(openRun(runs, run!), load);
    const opened = await device();
    const found = classifierFeatures(classifier, opened, run!);
    return {
      device: opened,
      features: found,
      reference: await referenceOf(classifier.experiment.split.test, found),
      known: new WeakMap(),
      key,
    };
  };

  const found: {
    readonly planned: PlannedNetwork;
    readonly runStatus: RunStatus;
    readonly result: NetworkResult;
  }[] = [];
  for (const planned of networks) {
    tell();
    const { data, bottleneck, seed } = planned;
    const runStatus = statusOf(planned);
    const { key, ...outcome } = runStatus;
    const context = isFinished(runStatus) ? await contextOf(planned) : undefined;
    const epochs: EpochMeasures[] = [];
    if (context) {
      const trained = open(outcome.run!);
      for (const snapshot of snapshotsOf(trained)) {
        const file = join(measured, `${outcome.run}-epoch-${snapshot.epoch}.json`);
        epochs.push(
          await kept(file, hashOf(key, context.key, snapshot.step), () =>
            measureEpoch(trained, snapshot, context),
          ),
        );
      }
    }
    found.push({
      planned,
      runStatus,
      result: { ...outcome, data: data.name, bottleneck, seed, epochs },
    });
  }

  const crossings: CrossImbalance[] = [];
  for (const smaller of found) {
    const larger = found.find(
      ({ planned }) =>
        planned.data === smaller.planned.data &&
        planned.seed === smaller.planned.seed &&
        planned.bottleneck === 2 * smaller.planned.bottleneck,
    );
    if (!larger || !isFinished(smaller.runStatus) || !isFinished(larger.runStatus)) continue;
    const [a, b] = [smaller.runStatus, larger.runStatus];
    const crossed = await kept(
      join(measured, `${a.run}-and-${b.run}.json`),
      hashOf(a.key, b.key),
      async (): Promise<Crossing[]> => crossNetworks(open(a.run!), open(b.run!), await device()),
    );
    const { data, bottleneck, seed, configuration } = smaller.planned;
    const at = { data: data.name, seed, bottleneck, epoch: configuration.training.epochs! };
    crossings.push(...crossed.map((one) => ({ ...at, ...one })));
  }
  const about = [
    ...new Set(await Promise.all([...contexts.values()].map(async (one) => (await one).features.about))),
  ];
  return {
    preset,
    features: about.join("; ") || "the features of a small classifier of the training images",
    networks: found.map(({ result }) => result),
    crossings,
  };
}

function hashOf(...parts: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}
