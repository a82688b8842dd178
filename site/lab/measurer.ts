/** The worker that measures, as a page asks it: it begins with the first question. */
import { shallowRef } from "vue";
import type { Frequencies } from "../../src/lab/experiment.js";
import type { BoundCurve, CodeMeasures } from "./core/contract.js";
import type { MeasureTask } from "./measures/code-measures.js";
import { Answers } from "./worker/answers.js";
import type { MeasureAnswer, MeasureRequest } from "./worker/measures-worker.js";

export class Measurer {
  /** The bound of the frequencies that were asked for last; undefined until it is known. */
  readonly bound = shallowRef<BoundCurve>();
  /** What went wrong: a question that could not be answered, or the worker itself. */
  readonly problem = shallowRef<string>();
  readonly #codes = new Answers<CodeMeasures>(() => ++this.#asked);
  #asked = 0;
  #boundAsked = 0;
  #boundOf = "";
  #worker: Worker | undefined;

  /** Asks for the bound of these frequencies, unless it is that which was asked for last; a coarse one may come before a tighter one. */
  askBound(frequencies: Frequencies): void {
    const text = JSON.stringify(frequencies);
    if (text === this.#boundOf) return;
    this.#boundOf = text;
    this.bound.value = undefined;
    this.#boundAsked = ++this.#asked;
    this.#ask({ id: this.#boundAsked, kind: "bound", frequencies });
  }

  /** @throws Error (rejects) where the code cannot be measured. */
  measure(task: MeasureTask): Promise<CodeMeasures> {
    return this.#codes.ask((id) => this.#ask({ id, kind: "code", task }));
  }

  close(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
  }

  #ask(request: MeasureRequest): void {
    this.#worker ??= this.#begin();
    this.#worker.postMessage(request);
  }

  #begin(): Worker {
    const worker = new Worker(new URL("./worker/measures-worker.ts", import.meta.url), { type: "module" });
    worker.onmessage = ({ data }: MessageEvent<MeasureAnswer>) => {
      if (data.kind === "code") this.#codes.give(data.id, data.measures);
      else if (data.kind === "refused") {
        if (!this.#codes.refuse(data.id, data.what)) this.problem.value = data.what;
      } else if (data.id === this.#boundAsked) this.bound.value = data.bound;
    };
    worker.onerror = ({ message }) => {
      this.problem.value = message || "A worker of the page could not be started: reload the page.";
    };
    return worker;
  }
}
