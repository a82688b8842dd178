/** What the paper says of the codes themselves (Fig. 4, 5 and 7 to 11). */
import type { ClassedModel } from "../classes.js";
import type { IndexName } from "../measures/indices-table.js";
import { MODEL_NAMES, type ModelName } from "../recipe.js";
import {
  above,
  below,
  checked,
  compared,
  every,
  largest,
  quantity,
  type Statement,
  type StatementRow,
  type Term,
} from "./terms.js";

const [LOW_NATS, HIGH_NATS] = [0.3, 10];
const BIASED = ["E1M1", "E1M2"] as const;
const FIGURE_OF_BIASED = { E1M1: "Fig. 4", E1M2: "Fig. 5" } as const;

const channels = (model: ModelName): Term =>
  quantity(`channels in use, ${model}`, undefined, "channelsUsed", { model, capacityNats: HIGH_NATS });

const ratio = (label: string, model: ModelName): Term =>
  quantity(label, undefined, "meanDistortionRatio", { model });

const entry = (label: string, classes: string): Term =>
  quantity(label, undefined, "classDistortion", { model: "E1M1", classes, capacityNats: LOW_NATS });

/** At 0.3 nats the class that the data favour keeps its distances, more than in the Baseline. */
function keepsApart(model: (typeof BIASED)[number], favoured: string, rare: string): StatementRow {
  const at = { model, capacityNats: LOW_NATS };
  const label = `distance within ${favoured} over within ${rare}`;
  const inCode = quantity(`${label}, ${model}`, undefined, "room", at);
  const inBaseline = quantity(`${label}, Baseline`, undefined, "roomInBaseline", at);
  const over = `${model} over Baseline`;
  return {
    id: `${model.toLowerCase()}-keeps-${favoured}`,
    place: FIGURE_OF_BIASED[model],
    statement: `At 0.3 nats ${model} keeps the ${favoured} stimuli apart and lets the ${rare} ones fall together.`,
    rule: `At C = 0.3 the mean distance within the ${favoured} stimuli over that within the ${rare} ones is greater than in the Baseline (rule G12: their logarithms' difference is the specialization).`,
    terms: [
      inCode,
      inBaseline,
      { label: over, of: (numbers) => inCode.of(numbers) / inBaseline.of(numbers) },
    ],
    holds: ([code, baseline]) => code! > baseline!,
  };
}

const ROWS: readonly StatementRow[] = [
  keepsApart("E1M1", "frequent", "rare"),
  keepsApart("E1M2", "aligned", "unaligned"),
  {
    id: "e1m1-class-matrix",
    place: FIGURE_OF_BIASED.E1M1,
    statement:
      "At 0.3 nats E1M1, against the Baseline, pushes frequent stimuli apart and draws rare and frequent ones together.",
    rule: "In the class matrix of E1M1 at C = 0.3 (rule G5) the entry of the frequent class is above 0 and the maximum, that of rare against frequent below 0.",
    terms: [
      entry("within rare", "0-0"),
      entry("rare against frequent", "0-1"),
      entry("within frequent", "1-1"),
    ],
    holds: ([rare, across, frequent]) => frequent! > 0 && frequent! > rare! && across! < 0,
  },
  {
    id: "baseline-two-channels",
    place: "Fig. 4",
    statement: "At 10 nats the Baseline uses two of its five channels, one for each corridor.",
    rule: "At C = 10, two channels of the Baseline's code have a standard deviation above 0.1 over the stimuli (the mean over seeds, rounded).",
    terms: [channels("Baseline")],
    holds: ([used]) => Math.round(used!) === 2,
  },
  {
    id: "bias-recruits-channels",
    place: "Fig. 4 and 5",
    statement: "At 10 nats models of biased data use more channels than the Baseline.",
    rule: "At C = 10, E1M1 and E1M2 each have more channels with a standard deviation above 0.1 over the stimuli than the Baseline.",
    terms: (["Baseline", ...BIASED] as const).map(channels),
    holds: ([baseline, ...biased]) => biased.every(above(baseline!)),
  },
  {
    id: "squeeze-draws-together",
    place: "Fig. 4, 5 and 7 to 11",
    statement: "Squeezed from 10 to 0.3 nats, the code of every model draws together.",
    rule: "For all eight models the mean over pairs of stimuli of the distance at C = 0.3 over that at C = 10 (rule G4) is below 1.",
    terms: MODEL_NAMES.map((model) => ratio(model, model)),
    holds: every(below(1)),
    show: [
      ...(["Baseline", "E1M1"] as const).map((model) => compared(ratio(`mean ratio, ${model}`, model))),
      largest(
        "maximum mean ratio",
        MODEL_NAMES.map((model) => ratio(model, model)),
      ),
    ],
  },
  {
    id: "biased-code-is-squeezed-more",
    place: "Fig. 4 and 5",
    statement: "The squeeze takes more from E1M1, which has more channels to lose, than from the Baseline.",
    rule: "The mean ratio of distances at C = 0.3 over C = 10 (rule G4) is lower in E1M1 than in the Baseline.",
    terms: (["E1M1", "Baseline"] as const).map((model) => ratio(`mean ratio, ${model}`, model)),
    holds: ([biased, baseline]) => biased! < baseline!,
  },
];

const RULES: Readonly<Record<IndexName, string>> = {
  prototypization: "G11",
  specialization: "G12",
  orthogonalization: "G19",
  factorization: "G13",
};

/** An index of a model's code against the Baseline's. */
interface IndexPlace {
  readonly model: ClassedModel;
  readonly name: IndexName;
  readonly capacityNats: number;
  /** The models by whose classes; the model's own by default. */
  readonly byClassesOf?: readonly ClassedModel[];
}

/** A distortion where the paper sees it: an index, or that of each task, that the table of indices calls above 0. */
function significant(
  { model, name, capacityNats, byClassesOf = [model] }: IndexPlace,
  text: Pick<Statement, "id" | "place" | "statement">,
): Statement {
  const ofTasks = byClassesOf.some((classesOf) => classesOf !== model)
    ? `, in the classes of ${byClassesOf.join(", of ")} each,`
    : "";
  return {
    ...text,
    rule: `At C = ${capacityNats} the ${name} (rule ${RULES[name]}) of ${model} against the Baseline${ofTasks} is above 0: in all seeds, adjusted for all indices of the table (rule G15). Of several seeds each by itself counts by its own interval.`,
    check: (view) => {
      const found = byClassesOf.map((classesOf) => ({
        classesOf,
        ...view.index(model, capacityNats, name, classesOf),
      }));
      return {
        holds: found.every(({ isAbove }) => isAbove),
        numbers: found.map(({ value, classesOf, published }) => ({
          label: `${name} of ${model} at ${capacityNats} nats${classesOf === model ? "" : `, classes of ${classesOf}`}`,
          value,
          unit: "ln of a ratio",
          ...(published === undefined ? {} : { published }),
        })),
      };
    },
  };
}

const ROOM_OF_BIASED = { E1M1: "frequent", E1M2: "aligned" } as const;
const TASK_MODELS = ["E2M1", "E2M2", "E2M3", "E2M4"] as const;
/** What E2M4 learns are the two positions, which the Baseline's code has as its axes where the capacity lets it. */
const TASKS_WITHOUT_AXIS = ["E2M1", "E2M2", "E2M3"] as const;

const placeOf = (model: (typeof TASK_MODELS)[number]) => `Fig. ${7 + TASK_MODELS.indexOf(model)}`;
const named = (model: ModelName, name: IndexName) => `${model.toLowerCase()}-${name}`;

export const CODE_STATEMENTS: readonly Statement[] = [
  ...ROWS.map(checked),
  ...BIASED.map((model) => {
    const name = "specialization";
    const statement = `At ${LOW_NATS} nats the room that ${model} gives to ${ROOM_OF_BIASED[model]} stimuli is no chance of the stimuli.`;
    const text = { id: named(model, name), place: FIGURE_OF_BIASED[model], statement };
    return significant({ model, name, capacityNats: LOW_NATS }, text);
  }),
  ...TASK_MODELS.map((model) => {
    const name = "orthogonalization";
    const statement = `At ${LOW_NATS} nats the code of ${model} is laid out along its task: less else varies along the axis that distinguishes the classes.`;
    const text = { id: named(model, name), place: placeOf(model), statement };
    return significant({ model, name, capacityNats: LOW_NATS }, text);
  }),
  ...TASKS_WITHOUT_AXIS.map((model) => {
    const name = "orthogonalization";
    const statement = `At ${HIGH_NATS} nats the code of ${model} has an axis for its task, and what else it says of the positions lies across it.`;
    const text = { id: `${named(model, name)}-high`, place: placeOf(model), statement };
    return significant({ model, name, capacityNats: HIGH_NATS }, text);
  }),
  significant(
    {
      ...{ model: "E2M5", name: "orthogonalization", capacityNats: LOW_NATS },
      byClassesOf: ["E2M1", "E2M2"],
    },
    {
      ...{ id: named("E2M5", "orthogonalization"), place: "Fig. 11" },
      statement: `At ${LOW_NATS} nats the code of E2M5 is laid out along the two of its tasks that it solves, E2M1 and E2M2.`,
    },
  ),
  significant(
    {
      ...{ model: "E2M5", name: "orthogonalization", capacityNats: HIGH_NATS },
      byClassesOf: TASKS_WITHOUT_AXIS,
    },
    {
      ...{ id: `${named("E2M5", "orthogonalization")}-high`, place: "Fig. 11" },
      statement: `At ${HIGH_NATS} nats the code of E2M5 has an axis for each of E2M1, E2M2 and E2M3.`,
    },
  ),
  ...TASK_MODELS.map((model) => {
    const name = "prototypization";
    const statement = `At ${LOW_NATS} nats the code of ${model} gathers the stimuli of a class at a prototype.`;
    const text = { id: named(model, name), place: placeOf(model), statement };
    return significant({ model, name, capacityNats: LOW_NATS }, text);
  }),
];
