import type { TrainingLine } from "../../../src/training/loop.js";
import type { Message, PlanePoint, TrainingPoint } from "../core/contract.js";
import { withPoint } from "../core/points.js";
import type { Training } from "../training/training.js";

/** What was measured of a training up to now. */
export interface Past {
  readonly history: readonly TrainingPoint[];
  readonly path: readonly PlanePoint[];
}

/** Writes down what is measured of a training, and sends it to the page. */
export class TrainingRecord {
  readonly #send: (message: Message) => void;
  #past: Past = { history: [], path: [] };
  #accuracy: number | undefined;

  constructor(send: (message: Message) => void) {
    this.#send = send;
  }

  get past(): Past {
    return this.#past;
  }

  /** Begins with what is known of another training. */
  begin({ history, path }: Past): void {
    this.#past = { history, path };
    this.#accuracy = undefined;
  }

  /** Forgets what lies after a step: it is trained again. */
  cutAfter(lastStep: number): void {
    const isMade = ({ step }: { readonly step: number }) => step <= lastStep;
    this.#past = { history: this.#past.history.filter(isMade), path: this.#past.path.filter(isMade) };
  }

  addLine({ step, loss, rateNats, distortion, targetRateNats }: TrainingLine): void {
    const accuracy = this.#accuracy;
    const point = { step, loss, rateNats: rateNats!, distortion: distortion!, targetRateNats, accuracy };
    this.#past = { ...this.#past, history: withPoint(this.#past.history, point) };
    this.#send({ kind: "point", point });
  }

  /** Measures where the code lies in the plane. */
  async measurePlane(training: Training): Promise<void> {
    const { point, accuracy } = await training.planePoint();
    this.#accuracy = accuracy;
    this.#past = { ...this.#past, path: withPoint(this.#past.path, point) };
    this.#send({ kind: "plane", point });
  }
}
