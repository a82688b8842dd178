import { type Atlas, codeOf, type ModelCode } from "../atlas.js";
import { channelsUsed } from "../channels-used.js";
import { indicesBetween } from "../code-indices.js";
import type { ModelName } from "../models.js";
import { type ClassedModel, classesOf } from "../panels/classes.js";
import { classMatrix } from "../panels/measures.js";
import { squeezeRatio } from "../squeeze.js";

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
  room(model: ClassedModel, which: Which): Room | undefined {
    return this.#once(`room ${model} ${which.capacityNats} ${which.seed}`, () => {
      const [code, baseline] = this.#pair(model, which);
      if (!code || !baseline) return undefined;
      const { specialization } = indicesBetween(code.points, baseline.points, this.#classes(model), 0);
      const { inCode, inReference } = specialization.byClass[1]!;
      return { inCode: Math.exp(inCode), inBaseline: Math.exp(inReference) };
    });
  }

  /** The class matrix of a model against the Baseline (rule G5), [classes, classes]: the one that the figures draw. */
  classMatrix(model: ClassedModel, which: Which): Float64Array | undefined {
    const { capacityNats, seed } = which;
    return this.#once(
      `classes ${model} ${capacityNats} ${seed}`,
      () => classMatrix(this.#atlas, model, capacityNats, seed)?.matrix.data,
    );
  }

  #pair(model: ClassedModel, which: Which): (ModelCode | undefined)[] {
    return ([model, "Baseline"] as const).map((name) => codeOf(this.#atlas, { model: name, ...which }));
  }

  #classes(model: ClassedModel) {
    return classesOf(model, this.#atlas.stimuli.positions).labels;
  }

  #once<T>(key: string, measure: () => T): T {
    if (!this.#known.has(key)) this.#known.set(key, measure());
    return this.#known.get(key) as T;
  }
}
