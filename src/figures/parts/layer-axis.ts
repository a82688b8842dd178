import { requireLength } from "../figure.js";
import type { PlaceAxis } from "./curve-plane.js";
import type { Curve } from "./curves.js";

/** A published value, and by how much it may lie off where that is known. */
export interface PublishedValue {
  readonly value: number;
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

/**
 * A horizontal axis with the name of a layer under each tick.
 * @param between each place is a step from a layer to the next, and stands between the two.
 */
export function layerAxis(layers: readonly string[], between = false): PlaceAxis {
  return {
    title: "layer",
    scale: { domain: [-0.3, layers.length - 0.7], nice: false, zero: false },
    axis: {
      values: layers.map((_, k) => k),
      labelExpr: `${JSON.stringify(layers)}[datum.value]`,
      labelOverlap: false,
    },
    atOf: (x) => (between ? x + 0.5 : x),
  };
}
