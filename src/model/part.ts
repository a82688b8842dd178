import { z } from "zod";
import { UserError } from "../errors.js";

/**
 * A part that a configuration can name: its settings with their defaults, and what they make. The settings' types are
 * closed in, so that the parts of one slot can stand in one list.
 */
export interface Choice<Made> {
  /** The value of `type` in the configuration. */
  readonly type: string;
  /** Its settings; unknown keys are refused. */
  readonly schema: z.ZodObject;
  make(settings: PartSettings): Made;
}

/** A part under its name; the schema gains the literal `type`. */
export function definePart<Made, Shape extends z.ZodRawShape>(
  type: string,
  shape: Shape,
  make: (settings: z.output<z.ZodObject<Shape>>) => Made,
): Choice<Made> {
  const schema = z.strictObject({ type: z.literal(type), ...shape });
  return { type, schema, make: (given) => make(schema.parse(given) as z.output<z.ZodObject<Shape>>) };
}

/** Settings of some part of a slot: its `type`, and what that part understands. */
export interface PartSettings {
  readonly type: string;
  readonly [setting: string]: unknown;
}

/** The choices for one slot of a model. Adding a part is adding a file and naming it in the slot's list. */
export interface Slot<Made> {
  /** Settings of every choice, distinguished by `type`. */
  readonly schema: z.ZodType<PartSettings, PartSettings>;
  /** The choices, for messages and for shells that complete names. */
  readonly choices: readonly Choice<Made>[];
  /**
   * What settings of this slot's schema make.
   * @throws UserError when there is no part of this type, ZodError when a setting is unknown or wrong.
   */
  make(settings: PartSettings): Made;
}

/** A slot that the given parts fit. */
export function slot<Made>(...choices: readonly [Choice<Made>, ...Choice<Made>[]]): Slot<Made> {
  const [first, ...rest] = choices;
  const union: z.ZodType<unknown, unknown> = z.discriminatedUnion("type", [
    first.schema,
    ...rest.map(({ schema }) => schema),
  ]);
  const byType = new Map(choices.map((choice) => [choice.type, choice]));
  return {
    schema: union as z.ZodType<PartSettings, PartSettings>,
    choices,
    make(settings) {
      const choice = byType.get(settings.type);
      if (choice) return choice.make(settings);
      throw new UserError({
        where: "model",
        what: `there is no part of type ${JSON.stringify(settings.type)}`,
        remedy: `Give one of ${[...byType.keys()].join(", ")}`,
      });
    },
  };
}
