/** The state of a page: what the workers say, and what the visitor does. The one file that talks to the worker that trains. */
import { onScopeDispose, ref, shallowRef, watch } from "vue";
import {
  type Experiment,
  experimentSchema,
  FIRST_EXPERIMENT,
  sharesWeights,
} from "../../src/lab/experiment.js";
import { readLink } from "../../src/lab/link.js";
import { keepComputing, readComputing } from "./compute-memory.js";
import type {
  CodeFrame,
  CodeMeasures,
  Ended,
  Machine,
  Message,
  PlanePoint,
  Request,
  Snapshot,
  Status,
  Stimuli,
  TrainingPoint,
} from "./core/contract.js";
import { sameExperiment, titleOf } from "./core/experiment-words.js";
import { withPoint } from "./core/points.js";
import type { Lab } from "./core/store-contract.js";
import { Measurer } from "./measurer.js";
import { Answers } from "./worker/answers.js";

/** Measures are asked for again at the earliest so long after the last. */
const MEASURE_EVERY_MS = 900;
const MAX_UNDO = 50;
/** Changes of the same setting that follow each other so soon are one. */
const ONE_CHANGE_MS = 120;

/** What a page opens the lab with. */
export interface LabOptions {
  /** Address of the folder with the runtime's wasm files. */
  readonly wasmPaths: string;
  /** The part of the page's address after #. */
  readonly hash: string;
  /** Whether the training is kept for the next visit, in place of the one before; true by default. */
  readonly isKept?: boolean;
  /** What measures, where the page has it already: whoever made it closes it. */
  readonly measurer?: Measurer;
}

/** Opens the lab: its workers begin at once. To be called in a component's setup. */
export function openLab({ wasmPaths, hash, isKept = true, measurer: given }: LabOptions): Lab {
  const link = readLink(hash);
  const asked = hash.replace(/^#/, "") === "" ? undefined : link.experiment;
  const experiment = shallowRef<Experiment>(asked ?? FIRST_EXPERIMENT);
  const status = ref<Status>("opening");
  const step = ref(0);
  const stepsPerSecond = ref<number>();
  const machine = shallowRef<Machine>();
  const stimuli = shallowRef<Stimuli>();
  const frame = shallowRef<CodeFrame>();
  const history = shallowRef<readonly TrainingPoint[]>([]);
  const path = shallowRef<readonly PlanePoint[]>([]);
  const ended = shallowRef<readonly Ended[]>([]);
  const measures = shallowRef<CodeMeasures>();
  const snapshots = shallowRef<readonly Snapshot[]>([]);
  const reference = ref<number>();
  const notice = ref<string | undefined>(link.problem);
  const undoable: Experiment[] = [];
  /** What was changed last, and when. */
  let changed = { keys: "", at: 0 };
  const canUndo = ref(false);

  const trainer = startTrainer(isKept);
  const measurer = given ?? new Measurer();
  onScopeDispose(() => {
    trainer.terminate();
    if (!given) measurer.close();
  });
  let asks = 0;
  const nextNumber = () => ++asks;
  const decoded = new Answers<Float32Array>(nextNumber);
  const files = new Answers<{ readonly name: string; readonly bytes: Uint8Array }>(nextNumber);
  const send = (request: Request) => trainer.postMessage(request);

  // A measure is asked for when the one before has come, of the latest code.
  let measuring = false;
  let measuredAt = 0;
  const measure = () => {
    const wait = measuredAt + MEASURE_EVERY_MS - performance.now();
    if (measuring || !frame.value || !stimuli.value) return;
    measuring = true;
    setTimeout(() => void measureNow(), Math.max(0, wait));
  };
  const measureNow = async () => {
    if (!frame.value || !stimuli.value) return;
    const before = reference.value === undefined ? undefined : snapshots.value[reference.value];
    try {
      measures.value = await measurer.measure({
        experiment: experiment.value,
        stimuli: stimuli.value,
        frame: frame.value,
        reference: before?.frame,
      });
    } catch (error) {
      notice.value = error instanceof Error ? error.message : String(error);
      return;
    } finally {
      measuring = false;
      measuredAt = performance.now();
    }
    if (frame.value.step !== measures.value.step) measure();
  };
  const askBound = () => measurer.askBound(experiment.value.frequencies);

  /** The latest change: an answer to one before may still be on its way. */
  let sent: Experiment | undefined;
  const changeTo = (next: Experiment, isNewChange: boolean) => {
    sent = next;
    const last = path.value.at(-1);
    if (isNewChange && last && last.step > 0)
      ended.value = [...ended.value, { experiment: experiment.value, point: last }].slice(-20);
    if (!sharesWeights(next, experiment.value)) {
      history.value = [];
      path.value = [];
    }
    experiment.value = next;
    send({ kind: "change", experiment: next });
    askBound();
    measure();
  };

  const hear: { [Kind in Message["kind"]]: (message: Extract<Message, { kind: Kind }>) => void } = {
    stimuli(message) {
      stimuli.value = message.stimuli;
    },
    machine(message) {
      machine.value = message.machine;
      keepComputing(message.machine);
    },
    opened(message) {
      if (sent && !sharesWeights(sent, message.experiment)) return;
      experiment.value = sent ?? message.experiment;
      step.value = message.step;
      history.value = message.history;
      path.value = message.path;
      askBound();
    },
    status(message) {
      status.value = message.status;
      step.value = message.step;
      stepsPerSecond.value = message.status === "training" ? message.stepsPerSecond : undefined;
    },
    frame(message) {
      frame.value = message.frame;
      measure();
    },
    point: ({ point }) => {
      history.value = withPoint(history.value, point);
    },
    plane: ({ point }) => {
      path.value = withPoint(path.value, point);
    },
    decoded: ({ id, images }) => decoded.give(id, images),
    shown({ snapshot }) {
      snapshots.value = [...snapshots.value, snapshot];
      reference.value = snapshots.value.length - 1;
      measure();
    },
    file: ({ id, name, bytes }) => files.give(id, { name, bytes }),
    refused({ id, what }) {
      if (id === undefined || !(decoded.refuse(id, what) || files.refuse(id, what))) notice.value = what;
    },
    failed({ what }) {
      status.value = "failed";
      notice.value = what;
    },
  };
  trainer.onmessage = ({ data }: MessageEvent<Message>) => {
    const listen = hear[data.kind] as (message: Message) => void;
    listen(data);
  };
  trainer.onerror = ({ message }) => {
    hear.failed({
      kind: "failed",
      what: message || "A worker of the page could not be started: reload the page.",
    });
  };
  watch(measurer.problem, (problem) => {
    if (problem !== undefined) notice.value = problem;
  });
  send({ kind: "open", experiment: asked, wasmPaths, ...readComputing() });

  return {
    experiment,
    status,
    step,
    stepsPerSecond,
    machine,
    stimuli,
    frame,
    history,
    path,
    ended,
    bound: measurer.bound,
    measures,
    snapshots,
    reference,
    notice,
    canUndo,
    change(settings) {
      const next = experimentSchema.safeParse({ ...experiment.value, ...settings });
      if (!next.success) {
        notice.value = next.error.issues[0]?.message;
        return;
      }
      if (sameExperiment(next.data, experiment.value)) return;
      const keys = Object.keys(settings).sort().join();
      const now = performance.now();
      // A slider that is drawn is one change, not one for each of its places.
      const isNewChange = keys !== changed.keys || now - changed.at > ONE_CHANGE_MS;
      if (isNewChange) undoable.push(experiment.value);
      changed = { keys, at: now };
      if (undoable.length > MAX_UNDO) undoable.shift();
      canUndo.value = true;
      changeTo(next.data, isNewChange);
    },
    undo() {
      const before = undoable.pop();
      changed = { keys: "", at: 0 };
      canUndo.value = undoable.length > 0;
      if (before) changeTo(before, true);
    },
    train: () => send({ kind: "train" }),
    pause: () => send({ kind: "pause" }),
    steps: (count) => send({ kind: "steps", count }),
    reset() {
      history.value = [];
      path.value = [];
      send({ kind: "reset" });
    },
    limitSpeed: (limit) => send({ kind: "speed", stepsPerSecond: limit }),
    computeOn: (choice) => send({ kind: "compute", choice }),
    lookAtMachine: () => send({ kind: "look" }),
    decode: (codes) => decoded.ask((id) => send({ kind: "decode", id, codes })),
    keep() {
      if (!frame.value) return;
      const name = titleOf(experiment.value, frame.value.step);
      const kept = { name, experiment: experiment.value, frame: frame.value, plane: path.value.at(-1) };
      snapshots.value = [...snapshots.value, kept];
      reference.value = snapshots.value.length - 1;
      measure();
    },
    compareWith(snapshot) {
      reference.value = snapshot;
      measure();
    },
    drop(snapshot) {
      snapshots.value = snapshots.value.filter((_, place) => place !== snapshot);
      const { value } = reference;
      if (value === snapshot) reference.value = undefined;
      else if (value !== undefined && value > snapshot) reference.value = value - 1;
      measure();
    },
    async download(what) {
      try {
        const { name, bytes } = await files.ask((id) => send({ kind: "export", id, what }));
        offer(name, bytes);
      } catch (error) {
        notice.value = error instanceof Error ? error.message : String(error);
      }
    },
    async show(given) {
      sent = undefined;
      const read = given.map(async (file) => ({
        path: file.webkitRelativePath || file.name,
        bytes: new Uint8Array(await file.arrayBuffer()),
      }));
      send({ kind: "show", files: await Promise.all(read) });
    },
  };
}

/** The worker that trains. One of another name keeps no copy of its training in the browser: see worker/training-worker.ts. */
function startTrainer(isKept: boolean): Worker {
  // The options stand where the bundler reads them.
  return isKept
    ? new Worker(new URL("./worker/training-worker.ts", import.meta.url), { type: "module" })
    : new Worker(new URL("./worker/training-worker.ts", import.meta.url), { type: "module", name: "unkept" });
}

/** Hands a file to the visitor. */
function offer(name: string, bytes: Uint8Array): void {
  const address = URL.createObjectURL(new Blob([bytes as BlobPart]));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // Not before the browser has begun to read it.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
