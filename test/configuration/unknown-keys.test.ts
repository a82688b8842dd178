import { describe, expect, it } from "vitest";
import * as z from "zod";
import type { Layer } from "../../src/configuration/layers.js";
import { loadConfiguration } from "../../src/configuration/load.js";
import { presets } from "../../src/configuration/presets.js";
import { resolveLayers } from "../../src/configuration/resolve.js";
import { fileSchema } from "../../src/configuration/schema.js";
import { childSchema, isMapping, objectSchema, unwrap } from "../../src/configuration/schema-walk.js";
import { NARROWS_PARTS } from "../../src/model/slots.js";
import { configurationFile, messageOf } from "./files.js";

const channels = NARROWS_PARTS.channel;

type Path = readonly (string | number)[];

const head = (name: string, network: string, weight: string) => ({
  name,
  task: "xU",
  network: { type: network },
  weight: { type: weight },
});
const split = { train: [0, 5], validation: [5, 7], test: [7, 9] };

/** Configurations that together have every part that a configuration can have. */
const CONFIGURATIONS: readonly Record<string, unknown>[] = [
  { data: { corridors: {} }, split, optimizer: { schedule: { type: "constant" } }, training: { epochs: 1 } },
  {
    data: { sprites: { factors: {} } },
    model: { type: "autoencoder", channel: { type: "echo", centre: { type: "linear" } } },
  },
  {
    model: {
      channel: { type: "echo", centre: { type: "tanh" } },
      decoder: { type: "stack", map: { size: [2, 2], channels: 2 }, layers: [{ channels: 1, kernel: 2 }] },
    },
  },
  { data: { dsprites: {} }, model: { channel: { type: "iaf" }, marginal: { type: "maf" } } },
  { data: { "binary-mnist": {} }, model: { marginal: { type: "vamp" }, likelihood: { type: "bernoulli" } } },
  {
    data: { mnist: {} },
    model: { encoder: { type: "dense", units: [4] }, decoder: { type: "dense", units: [4] } },
  },
  { data: { corridors: {} }, model: { initialisation: { file: "x.pt" } } },
  { data: { "fashion-mnist": {} }, model: { objective: { type: "beta" } } },
  {
    data: { omniglot: {} },
    model: { regularizers: [{ type: "mmd" }, { type: "total-correlation" }] },
    optimizer: { schedule: { type: "exponential" } },
  },
  { data: { cifar10: {} }, optimizer: { schedule: { type: "linear" } } },
  { data: { file: "x.csv" }, optimizer: { schedule: { type: "hold-then-linear" } } },
  {
    data: { codes: { file: "x.csv" } },
    model: {
      type: "classifier",
      heads: [
        head("a", "linear", "constant"),
        head("b", "hidden", "immediate"),
        head("c", "hidden", "delayed"),
      ],
    },
  },
  {
    model: {
      encoder: { type: "convolutional", layers: [{ channels: 4, kernel: 3 }] },
      decoder: { type: "convolutional", layers: [{ channels: 4, kernel: 3 }] },
    },
  },
];

/** Every place of a value that the schema has keys for. */
function objectPlaces(schema: z.core.$ZodType, value: unknown, path: Path = []): [Path, z.ZodObject][] {
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? [...value.entries()]
    : isMapping(value)
      ? Object.entries(value)
      : [];
  const own = isMapping(value) ? objectSchema(schema, value) : undefined;
  return [
    ...(own ? [[path, own] as [Path, z.ZodObject]] : []),
    ...entries.flatMap(([key, inner]) => {
      const deeper = childSchema(schema, value, key);
      return deeper ? objectPlaces(deeper, inner, [...path, key]) : [];
    }),
  ];
}

/** Every schema of an object within a schema. */
function objectsWithin(schema: z.core.$ZodType, found = new Set<z.ZodObject>()): Set<z.ZodObject> {
  const plain = unwrap(schema);
  if (plain instanceof z.ZodObject && !found.has(plain)) {
    found.add(plain);
    for (const inner of Object.values(plain.shape)) objectsWithin(inner as z.core.$ZodType, found);
  }
  if (plain instanceof z.ZodUnion) {
    for (const option of plain.options) objectsWithin(option as z.core.$ZodType, found);
  }
  if (plain instanceof z.ZodArray) objectsWithin(plain.element as z.core.$ZodType, found);
  if (plain instanceof z.ZodTuple) for (const item of plain.def.items) objectsWithin(item, found);
  return found;
}

function withKey(value: unknown, [first, ...rest]: Path, key: string, set: unknown): unknown {
  if (first === undefined) return { ...(value as object), [key]: set };
  if (Array.isArray(value)) return value.with(Number(first), withKey(value[Number(first)], rest, key, set));
  const mapping = value as Record<string, unknown>;
  return { ...mapping, [first]: withKey(mapping[first], rest, key, set) };
}

/** With the parts that are not named, so that there are places for keys in all of them. */
const whole = CONFIGURATIONS.map((given) => {
  const resolved = loadConfiguration(
    undefined,
    Object.entries(given).map(([key, value]) => `${key}=${JSON.stringify(value)}`),
  );
  return { ...resolved.configuration, cluster: { partition: "short" } } as unknown as Record<string, unknown>;
});

const layer = (values: unknown): Layer => ({
  values: values as Record<string, unknown>,
  place: (path) => (path.length === 0 ? "my.yaml" : undefined),
});

describe("a key that the schema does not know", () => {
  it("is looked for at every place that the schema has keys for", () => {
    const seen = new Set(whole.flatMap((values) => objectPlaces(fileSchema, values).map(([, own]) => own)));
    for (const known of objectsWithin(fileSchema)) {
      expect(seen.has(known), `the keys ${Object.keys(known.shape).join(", ")} are seen`).toBe(true);
    }
  });

  it.each(["zzq", "toString", "constructor", "__proto__"])("%s is refused at each, in a file", (key) => {
    for (const values of whole) {
      const places = objectPlaces(fileSchema, values).map(([path]) => path);
      for (const set of [1, null, { a: 1 }]) {
        // From the innermost outwards, so that what is changed stays where it was.
        const everywhere = places.reduceRight<unknown>((held, path) => withKey(held, path, key, set), values);
        const refused = messageOf(() => resolveLayers([layer(everywhere)]));
        expect(refused).toMatch(new RegExp(`unknown key (\\S+\\.)?${key}[ ;]`));
        expect(refused).toContain(`; and ${places.length - 1} more`);
      }
    }
  });

  it("is refused at each, in a --set, taken away or not", () => {
    const tried = new Set<z.ZodObject>();
    for (const values of whole) {
      for (const [path, own] of objectPlaces(fileSchema, values)) {
        if (tried.has(own)) continue;
        tried.add(own);
        const where = [...path, "zzq"].join(".");
        const override = { where: `--set ${where}`, path: where.split("."), value: null };
        const refused = messageOf(() => resolveLayers([layer(values)], [override]));
        expect(refused).toContain(`--set ${where}: unknown key ${where}`);
      }
    }
  });

  it("is in no preset", () => {
    for (const { settings } of Object.values(presets)) {
      expect(() => resolveLayers([layer(settings)])).not.toThrow();
    }
  });

  it("is refused by the parts of a model too", () => {
    expect(() => channels.make({ type: "gaussian", dimensions: 2, dimenions: 3 })).toThrow(/dimenions/);
    expect(messageOf(() => channels.make({ type: "toString" }))).toMatch(
      /^model: there is no channel of type "toString"\. Give one of gaussian, echo, iaf/,
    );
  });

  it("is told at once where there are thousands", () => {
    const many = Object.fromEntries(Array.from({ length: 20_000 }, (_, k) => [`capacity${k}`, k]));
    expect(messageOf(() => resolveLayers([layer(many)]))).toMatch(
      /^my\.yaml: unknown key capacity0 .*; and 19999 more/,
    );
  });
});

describe("a word with a colon in it where a key and a value were meant", () => {
  it.each([
    ["optimizer.schedule={type:constant}", "type:constant", "type: constant"],
    ["optimizer.schedule={type:exponential,factor:0.5}", "type:exponential", "type: exponential"],
  ])("%s", (override, key, meant) => {
    const refused = messageOf(() => loadConfiguration(undefined, [override]));
    expect(refused).toContain(`unknown key optimizer.schedule.${key} (did you mean ${meant}?)`);
    expect(refused).toContain(`Put a space after the colon: {${meant}}`);
    const followed = override.replaceAll(":", ": ");
    expect(loadConfiguration(undefined, [followed]).configuration.optimizer.schedule.type).toBe(
      meant.split(" ")[1],
    );
  });

  it("is told in a file as well", () => {
    const file = configurationFile("optimizer:\n  schedule:\n    type:constant\n");
    expect(messageOf(() => loadConfiguration(file))).toMatch(
      /^my\.yaml:2:3: optimizer\.schedule: .*found "type:constant"\. Put a space after the colon: type: constant\.$/,
    );
  });
});

describe("a key without a value", () => {
  it("is refused when it is unknown, and takes away when it is known", () => {
    expect(messageOf(() => loadConfiguration(configurationFile("optimizer:\n  scheduel:\n")))).toMatch(
      /^my\.yaml:2:3: unknown key optimizer\.scheduel \(did you mean optimizer\.schedule\?\)/,
    );
    expect(() => loadConfiguration(configurationFile("optimizer:\n  schedule:\n"))).not.toThrow();
  });
});

describe("a text where a number is wanted", () => {
  it.each([
    ["75_000", "75000"],
    ["-1_0.5_0", "-10.50"],
    ["'12'", "12"],
    ["'.5'", "0.5"],
    ["'1e-4'", "1.0e-4"],
    ["1_0e3", "10.0e+3"],
  ])("%s is refused with what to write, which works", (text, written) => {
    const file = (value: string) => configurationFile(`training: {stopAboveRateNats: ${value}}\n`);
    expect(messageOf(() => loadConfiguration(file(text)))).toContain(`. Write ${written}.`);
    const followed = file(written.replace("-10.50", "10.50"));
    const { training } = loadConfiguration(followed).configuration;
    expect(training.stopAboveRateNats).toBe(Math.abs(Number(written)));
  });

  it.each(["ten", "'1,000'", "1.2.3", "e5", "''"])("%s is not taken for one", (text) => {
    const file = configurationFile(`training: {stopAboveRateNats: ${text}}\n`);
    expect(messageOf(() => loadConfiguration(file))).toMatch(/Give (a number|keys and values)|valid YAML/);
  });
});
