import type { Experiment } from "../../../src/lab/experiment.js";
import type { Device } from "../../../src/onnx/devices.js";
import { TrainingFailure } from "../../../src/training/loop.js";
import type { TrainingState } from "../../../src/training/state.js";
import type { Machine } from "../core/contract.js";
import { judged, type Measured, measuredKey, type Timed } from "../core/way-trial.js";
import {
  type ComputeChoice,
  type GpuKind,
  type HostFacts,
  type Way,
  type WayName,
  waysOf,
} from "../core/ways.js";
import type { Prepared } from "../training/prepared.js";
import type { openWay } from "./device.js";
import { DeviceFailure, guarded } from "./guarded-device.js";
import { timedSteps } from "./trial.js";
import { versions } from "./versions.js";

/** What is needed of the machine: a browser's, or a test's. */
export interface Host {
  readonly facts: () => HostFacts;
  readonly lookForGpu: () => Promise<GpuKind>;
  readonly openWay: typeof openWay;
  /** A clock, in milliseconds. */
  readonly now: () => number;
}

/** Where the lab computes: what is possible, what the visitor wants, what was measured, and what has failed. */
export class Computing {
  readonly #host: Host;
  #facts: HostFacts;
  #choice: ComputeChoice = "automatic";
  #measured: Measured | undefined;
  /** Whether a way could not be tried: what was measured then holds for this visit. */
  #isForNow = false;
  #wasmPaths = "";
  #says: string | undefined;
  readonly #failed = new Map<WayName, string>();
  readonly #devices = new Map<WayName, Device>();

  constructor(host: Host) {
    this.#host = host;
    this.#facts = host.facts();
  }

  /** Takes what the page has kept. */
  open(wasmPaths: string, choice: ComputeChoice, measured: Measured | undefined): void {
    this.#wasmPaths = wasmPaths;
    this.#choice = choice;
    this.#measured = measured;
  }

  choose(choice: ComputeChoice): void {
    this.#choice = choice;
    this.#says = undefined;
  }

  /** Looks for a graphics card, once. */
  async look(): Promise<void> {
    if (this.#facts.gpu === undefined) this.#facts = { ...this.#facts, gpu: await this.#host.lookForGpu() };
  }

  /** Looks for what has to be known before a network is opened: of the small one nothing, which therefore opens at once. */
  async lookFor(network: Experiment["network"]): Promise<void> {
    const isAsked = this.#choice === "webgpu" || (this.#choice === "automatic" && network === "paper");
    if (isAsked) await this.look();
  }

  /** Where a network is computed. */
  wayFor(network: Experiment["network"]): WayName {
    const choice = this.#choice;
    if (choice === "automatic") return this.#measuredFor(network)?.way ?? "own";
    const { blocked, words } = this.way(choice);
    if (blocked === undefined) return choice;
    this.#says = `${words} is not possible here, and this page's own code computes instead: ${blocked}`;
    return "own";
  }

  /** Whether the ways are to be measured: there are several, and it was not done before. A step of the small network is about as long as a call. */
  shouldMeasure(network: Experiment["network"]): boolean {
    const isOpen = this.#choice === "automatic" && network === "paper" && !this.#measuredFor(network);
    return isOpen && this.#candidates().length > 1;
  }

  /** Makes the same steps on every way, from a state that is left as it is, and keeps which is the fastest. */
  async measure(training: { readonly prepared: Prepared; readonly state: TrainingState }): Promise<void> {
    const { network } = training.prepared.experiment;
    const key = this.#keyOf(network);
    const { now } = this.#host;
    let own: Timed | undefined;
    const others: Timed[] = [];
    const failed = new Map<WayName, string>();
    for (const { name } of this.#candidates()) {
      try {
        const timed = await timedSteps(training, name, await this.device(name), own, now);
        if (own) others.push(timed);
        else own = timed;
      } catch (error) {
        // Steps that no number comes of on the page's own code say nothing of the ways: another time.
        if (error instanceof TrainingFailure && !own) return;
        if (error instanceof TrainingFailure) failed.set(name, notUsed(error.message));
        else if (error instanceof DeviceFailure) {
          this.#block(error);
          this.#isForNow = true;
          failed.set(name, this.#failed.get(name)!);
        } else throw error;
      }
    }
    if (!own) return;
    this.#measured = { key, ...judged(own, others, failed) };
    const problem = this.#measured.seen.find((seen) => seen.problem !== undefined);
    this.#says = problem && `${this.way(problem.way).words}: ${problem.problem}`;
  }

  /** The device of a way, opened once. @throws DeviceFailure where a way other than the page's own code cannot be opened. */
  async device(name: WayName): Promise<Device> {
    const known = this.#devices.get(name);
    if (known) return known;
    let lose: (why: string) => void = () => {};
    const lost = new Promise<string>((resolve) => {
      lose = resolve;
    });
    const way = this.way(name);
    const device = await this.#host.openWay(way, this.#wasmPaths, lose).catch((error: unknown) => {
      throw name === "own" ? error : new DeviceFailure(name, error);
    });
    const opened = name === "own" ? device : guarded(device, name, lost);
    this.#devices.set(name, opened);
    return opened;
  }

  /**
   * A way has failed: it is not used again in this visit, nor chosen by what was measured before.
   * @param step Where the training that it computed continues; undefined where it could not be opened.
   */
  fail(failure: DeviceFailure, step: number | undefined): void {
    this.#block(failure);
    this.#measured = undefined;
    if (this.#choice === failure.way) this.#choice = "automatic";
    const { words } = this.way(failure.way);
    const why = failure.message;
    this.#says =
      step === undefined
        ? `${words} could not be opened (${why}): this page's own code computes instead.`
        : `${words} stopped working (${why}): this page's own code continues from step ${step.toLocaleString("en")}.`;
  }

  way(name: WayName): Way {
    return this.#ways().find((way) => way.name === name)!;
  }

  machine(inUse: WayName): Machine {
    return {
      choice: this.#choice,
      inUse,
      ways: this.#ways(),
      measured: this.#measured,
      isForNow: this.#isForNow,
      says: this.#says,
    };
  }

  #block({ way, message }: DeviceFailure): void {
    this.#failed.set(way, `It failed in this visit (${message}): reload the page to try it again.`);
    this.#devices.delete(way);
  }

  #ways(): readonly Way[] {
    const holds = this.#measured?.key === this.#keyOf("paper");
    const unsound = new Map(holds ? this.#measured?.seen.map(({ way, problem }) => [way, problem]) : []);
    return waysOf(this.#facts).map((way) => {
      const blocked = way.blocked ?? this.#failed.get(way.name) ?? unsound.get(way.name);
      return { ...way, blocked };
    });
  }

  #keyOf(network: Experiment["network"]): string {
    return measuredKey(versions, network, waysOf(this.#facts));
  }

  #candidates(): readonly Way[] {
    return this.#ways().filter(({ isCandidate, blocked }) => isCandidate && blocked === undefined);
  }

  /** What was measured of a network, where that holds still. */
  #measuredFor(network: Experiment["network"]): Measured | undefined {
    const measured = this.#measured;
    if (network === "small" || measured?.key !== this.#keyOf(network)) return undefined;
    return this.way(measured.way).blocked === undefined ? measured : undefined;
  }
}

const notUsed = (why: string) => `It is not used here: ${why}`;
