import type { z } from "zod";
import type { Dataset } from "../dataset.js";

/** A kind of data set: one file in this folder, registered in `index.ts`; or one of your own, which a training is given. */
export interface DatasetSource<Shape extends z.ZodRawShape = z.ZodRawShape> {
  readonly kind: "data";
  /** The key that chooses it in a configuration: `data: {corridors: ...}`. */
  readonly name: string;
  /** One line for `narrows datasets`. */
  readonly about: string;
  /** The configuration keys that it understands, `name` among them; all optional. */
  readonly shape: Shape;
  /** Loads or draws the data; called when its key is there. */
  load(spec: z.output<z.ZodObject<Shape>>): Dataset;
  /**
   * Whether the place of a row may mean something, such as its class, so that rows are shuffled before they are split; not for
   * data that are drawn at random or come with a split.
   */
  isOrdered?(spec: z.output<z.ZodObject<Shape>>): boolean;
  /**
   * How a configuration would name what lies at a path, where this source knows it by its looks, for
   * `narrows datasets inspect`.
   */
  recognize?(path: string): z.input<z.ZodObject<Shape>> | undefined;
}

/**
 * A source whose options stand under its own name, as `load`, `isOrdered` and `recognize` have them here: in
 * a file of this folder, or of your own (`narrows train --with`; docs/extending.md).
 * @param source.name the key that chooses it in a configuration.
 * @param source.about one line for `narrows datasets`.
 * @param source.options a zod object of what a configuration says under that name, with defaults.
 * @param source.load makes the data, by `asDataset`; it throws a UserError for files that are missing or
 * damaged.
 */
export function defineSource<Name extends string, Options extends z.ZodObject>(source: {
  readonly name: Name;
  readonly about: string;
  readonly options: Options;
  load(options: z.output<Options>): Dataset;
  isOrdered?(options: z.output<Options>): boolean;
  recognize?(path: string): z.input<Options> | undefined;
}): DatasetSource<{ readonly [Key in Name]: z.ZodOptional<Options> }> {
  type Shape = { readonly [Key in Name]: z.ZodOptional<Options> };
  const { name, about, options, load, isOrdered, recognize } = source;
  const optionsIn = (spec: z.output<z.ZodObject<Shape>>) => (spec as Record<Name, z.output<Options>>)[name];
  return {
    kind: "data",
    name,
    about,
    shape: { [name]: options.optional() } as Shape,
    load: (spec) => load(optionsIn(spec)),
    isOrdered: (spec) => isOrdered?.(optionsIn(spec)) ?? false,
    recognize(path) {
      const found = recognize?.(path);
      return found && ({ [name]: found } as z.input<z.ZodObject<Shape>>);
    },
  };
}
