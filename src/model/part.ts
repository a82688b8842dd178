import * as z from "zod";
import { UserError } from "../errors.js";
import type { Channel, Decoder, Encoder, Likelihood, Marginal, Objective, Regularizer } from "./parts.js";

/** What a part of each kind makes: the kinds are the slots of a model, by the names that a configuration has for them. */
export interface PartKinds {
  readonly encoder: Encoder;
  readonly channel: Channel;
  readonly marginal: Marginal;
  readonly decoder: Decoder;
  readonly likelihood: Likelihood;
  readonly objective: Objective;
  readonly regularizer: Regularizer;
}

/** Name of a kind of part: `channel`, `encoder` and so on. */
export type PartKind = keyof PartKinds;

/**
 * A part that a configuration can name: its settings with their defaults, and what they make. The settings' types are
 * closed in, so that the parts of one slot can stand in one list.
 */
export interface Part<Kind extends PartKind = PartKind> {
  readonly kind: Kind;
  /** The value of `type` in the configuration. */
  readonly type: string;
  /** What it is, in one phrase for help and the configuration's schema. */
  readonly about: string;
  /** Its settings with `type` among them; unknown keys are refused. */
  readonly schema: z.ZodObject;
  /** What settings of its schema make. */
  make(settings: PartSettings): PartKinds[Kind];
}

/**
 * A part of a model under its name: a file of its own, named in the list of its slot, or one of your own that a training is
 * given (`narrows train --with`, `createModel(settings, shape, { parts })`; docs/extending.md).
 * @param definition.kind The slot it is for.
 * @param definition.settings The schema of each of its settings, with defaults and `.describe(...)`; `type` is added.
 * @param definition.make What checked settings make.
 */
export function definePart<Kind extends PartKind, Shape extends z.ZodRawShape>(definition: {
  readonly kind: Kind;
  readonly type: string;
  readonly about: string;
  readonly settings: Shape;
  make(settings: z.output<z.ZodObject<Shape>>): PartKinds[Kind];
}): Part<Kind> {
  const { kind, type, about, settings, make } = definition;
  const schema = z.strictObject({ type: z.literal(type), ...settings }).describe(about);
  return {
    kind,
    type,
    about,
    schema,
    make: (given) => make(schema.parse(given) as z.output<z.ZodObject<Shape>>),
  };
}

/** Settings of some part of a slot: its `type`, and what that part understands. */
export interface PartSettings {
  /** Which part of the slot. */
  readonly type: string;
  readonly [setting: string]: unknown;
}

/** The choices for one slot of a model. */
export interface Slot<Kind extends PartKind> {
  readonly kind: Kind;
  /** Settings of every choice, distinguished by `type`. */
  readonly schema: z.ZodType<PartSettings, PartSettings>;
  /** The choices, for messages and for shells that complete names. */
  readonly choices: readonly [Part<Kind>, ...Part<Kind>[]];
  /**
   * What settings of this slot's schema make.
   * @throws UserError when there is no part of this type, ZodError when a setting is unknown or wrong.
   */
  make(settings: PartSettings): PartKinds[Kind];
}

/** A slot that the given parts fit. */
export function slot<Kind extends PartKind>(...choices: readonly [Part<Kind>, ...Part<Kind>[]]): Slot<Kind> {
  const [first, ...rest] = choices;
  const union: z.ZodType<unknown, unknown> = z.discriminatedUnion("type", [
    first.schema,
    ...rest.map(({ schema }) => schema),
  ]);
  const byType = new Map(choices.map((choice) => [choice.type, choice]));
  return {
    kind: first.kind,
    schema: union as z.ZodType<PartSettings, PartSettings>,
    choices,
    make(settings) {
      const choice = byType.get(settings.type);
      if (choice) return choice.make(settings);
      throw new UserError({
        where: "model",
        what: `there is no ${first.kind} of type ${JSON.stringify(settings.type)}`,
        remedy: `Give one of ${[...byType.keys()].join(", ")}`,
      });
    },
  };
}
