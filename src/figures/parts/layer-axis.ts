import { requireLength } from "../figure.js";
import type { Curve } from "./curves.js";
import type { Axis } from "./plane.js";

/** A published value, and how exactly it is known. */
export interface PublishedValue {
  readonly value: number;
  /** The value is known up to this, in the same unit. */
  readonly uncertainty?: number;
}

/** A quantity at each layer, or at each step from a layer to the next, of one network or of its copies with other seeds. */
export interface LayerProfile {
  readonly name: string;
  /** At each place one value for each seed; empty where nothing was measured. */
  readonly values: readonly (readonly number[])[];
  /** At each place; undefined where none is published. */
  readonly published?: readonly (PublishedValue | undefined)[];
}

/**
 * Profiles as curves over the numbers of their places.
 * @throws UserError when a list is not as long as there are places.
 */
export function profileCurves(
  profiles: readonly LayerProfile[],
  count: number,
  { figure, places }: { readonly figure: string; readonly places: string },
): Curve[] {
  return profiles.map(({ name, values, published = [] }) => {
    requireLength(values.length, count, `${figure}, ${name}`, places);
    if (published.length > 0) requireLength(published.length, count, `${figure}, ${name}, published`, places);
    return {
      name,
      points: values.map((seeds, x) => ({ x, values: seeds })),
      published: published.flatMap((one, x) => (one ? [{ x, ...one }] : [])),
    };
  });
}

/** A horizontal axis with the name of a layer under each tick. */
export function layerAxis(layers: readonly string[]): Axis {
  return {
    title: "layer",
    domain: [-0.3, layers.length - 0.7],
    ticks: layers.map((_, k) => k),
    names: layers,
  };
}
