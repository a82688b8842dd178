import { distortionMatrix } from "../../../geometry/index.js";
import { type Atlas, codeOf, type ModelCode } from "../atlas.js";
import { channelsUsed } from "../channels-used.js";
import { type ComparedModel, classesOf, indicesBetween } from "../code-indices.js";
import type { ModelName } from "../models.js";
import { squeezeRatio } from "../squeeze.js";
import { ANALYSIS_CLASSES } from "../tasks.js";

/** Room that class 1 has, as a multiple of that of class 0: mean distance within the one over that within the other (G10). */
export interface Room {
  readonly inCode: number;
  readonly inBaseline: number;
}

type Which = Pick<ModelCode, "capacityNats" | "seed">;

/** Numbers of an atlas' codes, each measured once however many statements ask for it; undefined where a code is missing. */
export class CodeMeasures {
  readonly #known = new Map<string, unknown>();
  readonly #atlas: Atlas;

  constructor(atlas: Atlas) {
    this.#atlas = atlas;
  }

  /** Channels whose code moves by more than a tenth, as a standard deviation over stimuli. */
  channels(model: ModelName, which: Which): number | undefined {
    const code = codeOf(this.#atlas, { model, ...which });
    return code && channelsUsed(code.points);
  }

  /** Mean distortion ratio of 0.3 against 10 nats (rule G4). */
  squeeze(model: ModelName, seed: number): number | undefined {
    return this.#once(`squeeze ${model} ${seed}`, () => squeezeRatio(this.#atlas, model, seed));
  }

  /** The room of the two classes of a model. */
  room(model: ComparedModel, which: Which): Room | undefined {
    return this.#once(`room ${model} ${which.capacityNats} ${which.seed}`, () => {
      const [code, baseline] = this.#pair(model, which);
      if (!code || !baseline) return undefined;
      const { specialization } = indicesBetween(code.points, baseline.points, this.#classes(model), 0);
      const { inCode, inReference } = specialization.byClass[1]!;
      return { inCode: Math.exp(inCode), inBaseline: Math.exp(inReference) };
    });
  }

  /** The class matrix of a model against the Baseline (rule G5), [classes, classes]. */
  classMatrix(model: ComparedModel, which: Which): Float64Array | undefined {
    return this.#once(`classes ${model} ${which.capacityNats} ${which.seed}`, () => {
      const [code, baseline] = this.#pair(model, which);
      if (!code || !baseline) return undefined;
      return distortionMatrix(code.points, baseline.points, this.#classes(model)).matrix.data;
    });
  }

  #pair(model: ComparedModel, which: Which): (ModelCode | undefined)[] {
    return ([model, "Baseline"] as const).map((name) => codeOf(this.#atlas, { model: name, ...which }));
  }

  #classes(model: ComparedModel) {
    return classesOf(this.#atlas.stimuli.positions, ANALYSIS_CLASSES[model]);
  }

  #once<T>(key: string, measure: () => T): T {
    if (!this.#known.has(key)) this.#known.set(key, measure());
    return this.#known.get(key) as T;
  }
}
