/**
 * What a file of your own defines for Narrows (docs/extending.md): a part of a model, a source of data, a metric, a figure. Each
 * room takes those of its kinds and leaves the others.
 */
export interface OwnPart {
  readonly kind: string;
}
