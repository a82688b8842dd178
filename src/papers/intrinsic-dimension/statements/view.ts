import type { ClaimNumber } from "../../../reproduction/statements/claim.js";
import { withPublished } from "../../../reproduction/statements/numbers.js";
import { SeedView } from "../../../reproduction/view.js";
import { mean } from "../../../statistics.js";
import type { DimensionResults } from "../measures/results.js";
import {
  bottlenecksOf,
  dimensionOf,
  epochsOf,
  type Quantity,
  relativeOf,
  toInputOf,
  valuesOver,
} from "../measures/select.js";
import { DATA_TITLES, type DataName, type LayerName } from "../networks.js";
import { publishedResults } from "../published.js";

/** Until then the first, fast part of a training is over. */
export const EARLY_EPOCHS = 10;

/** The results of some seeds on one data set. */
export class DimensionView extends SeedView {
  /** K of every network, rising. */
  readonly bottlenecks: readonly number[];
  /** The epochs measured, rising. */
  readonly epochs: readonly number[];
  readonly data: DataName;
  readonly #results: DimensionResults;

  constructor(results: DimensionResults, data: DataName, seeds: readonly number[]) {
    super(seeds);
    this.#results = results;
    this.data = data;
    this.epochs = epochsOf(results, data);
    this.bottlenecks = bottlenecksOf(results, data);
  }

  /** The last epoch that any network is measured after. */
  get lastEpoch(): number {
    const last = this.epochs.at(-1);
    if (last === undefined) this.missing.add(`any network measured on ${DATA_TITLES[this.data]}`);
    return last ?? Number.NaN;
  }

  /** The last measured epoch of the first part of the training; remembered as missing where there is none. */
  get earlyEpoch(): number {
    const early = this.epochs.findLast((epoch) => epoch >= 1 && epoch <= EARLY_EPOCHS);
    if (early === undefined) this.missing.add(`an epoch from 1 to ${EARLY_EPOCHS}`);
    return early ?? Number.NaN;
  }

  /** Remembers as missing that the training has this number of epochs, where it does not. */
  requireEpoch(epoch: number): void {
    if (!(this.lastEpoch >= epoch)) this.missing.add(`a training of ${epoch} epochs or more`);
  }

  /** Intrinsic dimension of the images themselves: that of l0. */
  get dataDimension(): number {
    const found = this.bottlenecks.flatMap((bottleneck) =>
      valuesOver(this.#results, this.#at(bottleneck), dimensionOf("l0"), this.seeds),
    );
    return this.meanOr(found, `the dimension of the images of ${DATA_TITLES[this.data]}`);
  }

  /** Every K below a multiple of the images' dimension; remembered as missing where there is none. */
  below(times: number): number[] {
    return this.#some(
      `K below ${timesWords(times)}`,
      (bottleneck) => bottleneck < times * this.dataDimension,
    );
  }

  /** Every K above a multiple of the images' dimension; remembered as missing where there is none. */
  above(times: number): number[] {
    return this.#some(
      `K above ${timesWords(times)}`,
      (bottleneck) => bottleneck > times * this.dataDimension,
    );
  }

  dimension(bottleneck: number, layer: LayerName, epoch = this.lastEpoch): number {
    return this.number(`the dimension of ${layer}`, bottleneck, dimensionOf(layer), epoch);
  }

  /** Delta(l -> l0). */
  toInput(bottleneck: number, layer: LayerName, epoch = this.lastEpoch): number {
    return this.number(`Δ(${layer}→l0)`, bottleneck, toInputOf(layer), epoch);
  }

  /**
   * Mean of the relative imbalances from one step to another, both with them; a step has the place of its
   * first layer.
   */
  relative(bottleneck: number, first: number, last: number): number {
    const steps = Array.from({ length: last - first + 1 }, (_, k) => first + k);
    return mean(
      steps.map((step) => this.number(`Δ of l${step} and l${step + 1}`, bottleneck, relativeOf(step))),
    );
  }

  /** Images at which dimensions are measured: the fewest of any network. */
  get points(): number {
    const found = this.bottlenecks.flatMap((bottleneck) =>
      valuesOver(this.#results, this.#at(bottleneck), ({ points }) => points, this.seeds),
    );
    return found.length === 0 ? Number.NaN : Math.min(...found);
  }

  /** Any number of a network. */
  number(what: string, bottleneck: number, quantity: Quantity, epoch = this.lastEpoch): number {
    const found = valuesOver(this.#results, this.#at(bottleneck, epoch), quantity, this.seeds);
    return this.meanOr(found, `${what} at K = ${bottleneck}, epoch ${epoch}, on ${DATA_TITLES[this.data]}`);
  }

  #at(bottleneck: number, epoch = this.lastEpoch) {
    return { data: this.data, bottleneck, epoch };
  }

  #some(what: string, isSuch: (bottleneck: number) => boolean): number[] {
    const found = this.bottlenecks.filter(isSuch);
    if (found.length === 0) this.missing.add(`a network with ${what}the dimension of the images`);
    return found;
  }

  /** The same number of what is published; undefined where something of it is not. */
  published(of: (view: DimensionView) => number): number | undefined {
    const view = new DimensionView(publishedResults[this.data](), this.data, [0]);
    const value = of(view);
    return Number.isFinite(value) && view.missing.size === 0 ? value : undefined;
  }

  /** A number of ours, with that of what is published. */
  compared(label: string, of: (view: DimensionView) => number): ClaimNumber {
    return withPublished(label, of(this), this.published(of));
  }
}

function timesWords(times: number): string {
  if (times === 1) return "";
  return times < 1 ? `1/${1 / times} of ` : `${times} times `;
}
