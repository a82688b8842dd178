import { classifierFeatures } from "../../../features/features.js";
import type { Measuring } from "../../../reproduction/measured-once.js";
import { openRun } from "../../../runs/run.js";
import { snapshotsOf } from "../../../training/snapshots.js";
import { loadClassifierRun } from "../../../training/trained-run.js";
import type { PlannedFeatures, PlannedNetwork } from "../runs.js";
import { crossNetworks } from "./crossings.js";
import { measureEpoch, type NetworkContext, referenceOf } from "./network.js";
import type { CrossImbalance, DimensionResults, EpochMeasures, NetworkResult } from "./results.js";

/**
 * Measures the finished networks of a plan at each of their snapshots, and pairs of K and 2K at the end.
 * @throws UserError when a run cannot be read, or its data have changed.
 */
export async function measurePlan(
  plan: readonly (PlannedFeatures | PlannedNetwork)[],
  measuring: Measuring,
): Promise<DimensionResults> {
  const networks = plan.filter((planned) => planned.kind === "network");
  const isFinished = (planned: PlannedFeatures | PlannedNetwork) =>
    measuring.outcomeOf(planned).status === "finished";
  const contexts = new Map<PlannedFeatures, NetworkContext>();
  const contextOf = async (features: PlannedFeatures) => {
    const context = contexts.get(features) ?? (await openContext(features, measuring));
    contexts.set(features, context);
    return context;
  };

  const results: NetworkResult[] = [];
  for (const planned of measuring.counted(networks)) {
    const { data, bottleneck, seed } = planned;
    const features = plan.find((own) => own.kind === "features" && own.data === data) as PlannedFeatures;
    const outcome = measuring.outcomeOf(planned);
    const epochs: EpochMeasures[] = [];
    if (isFinished(planned) && isFinished(features)) {
      const context = await contextOf(features);
      const trained = measuring.open(planned);
      for (const snapshot of snapshotsOf(trained)) {
        epochs.push(
          await measuring.once(
            `${outcome.run}-epoch-${snapshot.epoch}`,
            { runs: [planned, features], and: [snapshot.step] },
            () => measureEpoch(trained, snapshot, context),
          ),
        );
      }
    }
    results.push({ ...outcome, data: data.name, bottleneck, seed, epochs });
  }
  const about = [...contexts.values()].map(({ features }) => features.about);
  return {
    features: about.join("; ") || "the features of a small classifier of the training images",
    networks: results,
    crossings: await crossings(networks.filter(isFinished), measuring),
  };
}

async function openContext(planned: PlannedFeatures, measuring: Measuring): Promise<NetworkContext> {
  const { run } = measuring.outcomeOf(planned);
  const classifier = loadClassifierRun(openRun(measuring.runs, run!), { load: measuring.load });
  const device = await measuring.device();
  const features = classifierFeatures(classifier, device, run!);
  return {
    device,
    features,
    reference: await referenceOf(classifier.experiment.split.test, features),
    known: new WeakMap(),
  };
}

/** Each finished network with that of the same data and seed with twice its K. */
async function crossings(
  networks: readonly PlannedNetwork[],
  measuring: Measuring,
): Promise<CrossImbalance[]> {
  const found: CrossImbalance[] = [];
  for (const smaller of networks) {
    const { data, seed, bottleneck, configuration } = smaller;
    const larger = networks.find(
      (other) => other.data === data && other.seed === seed && other.bottleneck === 2 * bottleneck,
    );
    if (!larger) continue;
    const [a, b] = [smaller, larger].map((one) => measuring.outcomeOf(one).run);
    const crossed = await measuring.once(`${a}-and-${b}`, { runs: [smaller, larger] }, async () =>
      crossNetworks(measuring.open(smaller), measuring.open(larger), await measuring.device()),
    );
    const at = { data: data.name, seed, bottleneck, epoch: configuration.training.epochs! };
    found.push(...crossed.map((one) => ({ ...at, ...one })));
  }
  return found;
}
