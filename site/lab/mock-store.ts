/** Stands in for the store while the workers are being written: numbers that look like those of a training. */
import { ref, shallowRef } from "vue";
import type {
  BoundCurve,
  CodeFrame,
  CodeMeasures,
  Machine,
  PlanePoint,
  Snapshot,
  Status,
  Stimuli,
  TrainingPoint,
} from "./core/contract.js";
import {
  CELLS,
  type Experiment,
  experimentSchema,
  FIRST_EXPERIMENT,
  SIDE,
  sharesWeights,
} from "./core/experiment.js";
import type { Ended, Lab } from "./core/store-contract.js";

const COPIES = 4;

export interface LabOptions {
  /** Address of the folder with ONNX Runtime's files. */
  readonly wasmPaths: string;
  /** The part of the page's address after #. */
  readonly hash: string;
}

export function openLab(_: LabOptions): Lab {
  const experiment = shallowRef<Experiment>(FIRST_EXPERIMENT);
  const status = ref<Status>("opening");
  const step = ref(0);
  const stepsPerSecond = ref<number>();
  const machine = shallowRef<Machine>();
  const stimuli = shallowRef<Stimuli>();
  const frame = shallowRef<CodeFrame>();
  const history = shallowRef<readonly TrainingPoint[]>([]);
  const path = shallowRef<readonly PlanePoint[]>([]);
  const ended = shallowRef<readonly Ended[]>([]);
  const bound = shallowRef<BoundCurve>();
  const measures = shallowRef<CodeMeasures>();
  const snapshots = shallowRef<readonly Snapshot[]>([]);
  const reference = ref<number>();
  const notice = ref<string>();
  const canUndo = ref(false);
  const before: Experiment[] = [];
  let timer: ReturnType<typeof setInterval> | undefined;
  let rate = 0;

  const target = () =>
    experiment.value.limit.kind === "capacity"
      ? experiment.value.limit.nats
      : 6 / (1 + experiment.value.limit.beta);

  function tick(count: number): void {
    step.value += count;
    rate += (target() - rate) * Math.min(1, count / 60);
    show();
    const distortion = 0.155 - 0.1 * (1 - Math.exp(-rate / 2.5));
    history.value = [
      ...history.value,
      {
        step: step.value,
        loss: distortion + 0.01 * Math.abs(target() - rate),
        rateNats: rate,
        distortion,
        targetRateNats: experiment.value.limit.kind === "capacity" ? target() : undefined,
        accuracy: experiment.value.task === undefined ? undefined : 1 - 0.5 * Math.exp(-step.value / 200),
      },
    ];
    path.value = [
      ...path.value,
      { step: step.value, rateNats: rate, positionDistortion: 0.1 * Math.exp(-rate / 2.5) + 0.004 },
    ];
    measures.value = {
      step: step.value,
      dimensionsInUse: [0, 1],
      separableStimuli: Math.max(1, Math.round(Math.exp(rate) * 2)),
      capacityDistortion:
        reference.value === undefined
          ? undefined
          : Float32Array.from({ length: CELLS * CELLS }, (_, k) => {
              const [a, b] = [Math.floor(k / CELLS), k % CELLS];
              return a === b ? Number.NaN : Math.sin(a / 13) * Math.cos(b / 7);
            }),
      classDistortion:
        experiment.value.task === undefined
          ? undefined
          : { classes: ["no", "yes"], values: Float32Array.of(-0.3, 0.4, 0.4, -0.1) },
      indices:
        reference.value === undefined
          ? undefined
          : {
              prototypization: { value: 0.4, low: 0.3, high: 0.5 },
              specialization: { value: -0.1, low: -0.2, high: 0.05 },
              orthogonalization: { value: 0.7, low: 0.5, high: 0.9 },
            },
    };
  }

  function show(): void {
    const present = stimuli.value!;
    const { dimensions } = experiment.value;
    const means = new Float32Array(present.count * dimensions);
    const spread = 1 - Math.exp(-rate / 2);
    for (let k = 0; k < present.count; k++) {
      const [u, l] = [present.xU[k]! / 6 - 1, present.xL[k]! / 6 - 1];
      const wobble = 0.06 * Math.sin(k * 12.9);
      for (let d = 0; d < dimensions; d++) {
        const angle = step.value / 300;
        const turned =
          d % 2 === 0 ? u * Math.cos(angle) - l * Math.sin(angle) : u * Math.sin(angle) + l * Math.cos(angle);
        means[k * dimensions + d] = d < 2 ? spread * (1.5 * turned + wobble) : 0.02 * Math.sin(k * 7 + d);
      }
    }
    frame.value = {
      step: step.value,
      dimensions,
      means,
      samples: means.map((mean, k) => mean + 0.3 * Math.sin(k * 3.7)),
      dimensionRateNats: Float32Array.from({ length: dimensions }, (_, d) => (d < 2 ? rate / 2 : 0.01)),
    };
  }

  function begin(): void {
    step.value = 0;
    rate = 0;
    history.value = [];
    path.value = [];
    show();
  }
  function apply(next: Experiment): void {
    const isSame = sharesWeights(experiment.value, next);
    const last = path.value.at(-1);
    if (last) ended.value = [...ended.value, { experiment: experiment.value, point: last }];
    experiment.value = next;
    if (!isSame && stimuli.value) begin();
  }
  function stop(): void {
    clearInterval(timer);
    status.value = "paused";
    stepsPerSecond.value = undefined;
  }

  setTimeout(() => {
    const count = CELLS * COPIES;
    const xU = Uint8Array.from({ length: count }, (_, k) => Math.floor((k % CELLS) / SIDE));
    const xL = Uint8Array.from({ length: count }, (_, k) => k % SIDE);
    const images = new Uint8Array(count * CELLS);
    for (let k = 0; k < count; k++)
      for (let p = 0; p < CELLS; p++) {
        const [row, column] = [Math.floor(p / SIDE), p % SIDE];
        const at = row < 6 ? xU[k]! : xL[k]!;
        images[k * CELLS + p] = row === 6 || Math.abs(column - at) < 1 + ((k + p) % 3) / 2 ? 0 : 1;
      }
    stimuli.value = { count, xU, xL, images };
    machine.value = {
      device: "wasm",
      threads: 1,
      openMilliseconds: 300,
      missing: ["Numbers on this page are drawn, not trained: the workers are being written."],
    };
    bound.value = {
      entropyNats: Math.log(CELLS),
      points: Array.from({ length: 30 }, (_, k) => ({
        rateNats: (k * Math.log(CELLS)) / 29,
        positionDistortion:
          0.1 * Math.exp(-(k * Math.log(CELLS)) / 29 / 2.2) - 0.1 * Math.exp(-Math.log(CELLS) / 2.2),
      })),
    };
    begin();
    status.value = "paused";
  }, 300);

  return {
    ...{ experiment, status, step, stepsPerSecond, machine, stimuli, frame, history, path, ended, bound },
    ...{ measures, snapshots, reference, notice, canUndo },
    change(settings) {
      const read = experimentSchema.safeParse({ ...experiment.value, ...settings });
      if (!read.success) {
        notice.value = read.error.issues[0]!.message;
        return;
      }
      before.push(experiment.value);
      canUndo.value = true;
      apply(read.data);
    },
    undo() {
      const last = before.pop();
      if (last) apply(last);
      canUndo.value = before.length > 0;
    },
    train() {
      stop();
      status.value = "training";
      stepsPerSecond.value = 200;
      timer = setInterval(() => tick(10), 50);
    },
    pause: stop,
    steps: tick,
    reset: begin,
    limitSpeed() {},
    async decode(codes) {
      const [u = 0, l = 0] = codes;
      return Float32Array.from({ length: CELLS }, (_, p) => {
        const [row, column] = [Math.floor(p / SIDE), p % SIDE];
        const at = 6 + 4 * (row < 6 ? u : l);
        return row === 6 ? 0 : 1 - Math.exp(-((column - at) ** 2) / 3);
      });
    },
    keep() {
      snapshots.value = [
        ...snapshots.value,
        {
          name: `step ${step.value}, C = ${target()} nats`,
          experiment: experiment.value,
          frame: frame.value!,
          plane: path.value.at(-1),
        },
      ];
      reference.value = snapshots.value.length - 1;
    },
    compareWith(snapshot) {
      reference.value = snapshot;
    },
    drop(snapshot) {
      snapshots.value = snapshots.value.filter((_, k) => k !== snapshot);
      reference.value = undefined;
    },
    async download(what) {
      notice.value = `There is no ${what} yet`;
    },
    async show(files) {
      notice.value = `${files.map(({ name }) => name).join(", ")}: no run of Narrows`;
    },
  };
}
