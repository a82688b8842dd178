import { configurationSchema } from "../../src/configuration/schema.js";
import { runLayout } from "../../src/runs/layout.js";
import { openMetrics } from "../../src/runs/metrics.js";
import { closeRun, createRun, openRun, type Run } from "../../src/runs/run.js";
import { plain } from "../../src/training/about-run.js";
import { TINY } from "../training/tiny.js";

export interface MadeUp {
  /** Laid over the tiny model. */
  readonly model?: Record<string, unknown>;
  readonly seed?: number;
  readonly corridors?: Record<string, unknown>;
  readonly fingerprint?: string;
  /** One evaluation each, oldest first: rate in nats, and distortion. */
  readonly evaluations?: readonly (readonly [rateNats: number, distortion: number])[];
  /** More of what each evaluation measured. */
  readonly more?: Record<string, number | string>;
}

/** A run of which there is a manifest and metrics, and nothing was trained. */
export function madeUpRun(root: string, name: string, made: MadeUp = {}): Run {
  const {
    model = {},
    seed = 0,
    corridors = TINY.data.corridors,
    fingerprint = "f",
    evaluations = [[3, 0.1]],
    more = {},
  } = made;
  const configuration = configurationSchema.parse({
    ...TINY,
    seed,
    data: { corridors },
    model: { ...TINY.model, ...model },
  });
  const run = createRun(root, name, {
    configuration: plain(configuration),
    seed,
    dataset: { name: "corridors", fingerprint },
    versions: { narrows: "0", node: "0", onnxruntime: "0", platform: "none" },
  });
  const metrics = openMetrics(runLayout(run.path).metrics);
  evaluations.forEach(([rateNats, distortion], k) => {
    metrics.append({ step: k + 1, epoch: k, split: "train", rateNats: 99, distortion: 99 });
    metrics.append({ step: k + 1, epoch: k, split: "validation", rateNats, distortion, ...more });
  });
  metrics.close();
  closeRun(run);
  return openRun(root, name);
}
