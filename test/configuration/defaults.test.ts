import { expect, it } from "vitest";
import * as z from "zod";
import { fileSchema } from "../../src/configuration/schema.js";
import { unwrap } from "../../src/configuration/schema-walk.js";

// docs/defaults.md is made here, from the schema and from these words: `npx vitest run -u` writes it again.

/** Who a default is from, or why it is what it is, by the beginning of the key; the longest that fits counts. */
const REASONS: readonly (readonly [key: string, reason: string])[] = [
  ["name", "part of the run's name"],
  ["seed", "common practice"],
  ["data", "the images of `npm start`; name your own with `data.file`"],
  ["data.corridors", "*The geometry of efficient codes*"],
  ["data.sprites", "small sprites, generated in a second"],
  ["data.sprites.size", "the size of dSprites"],
  ["data.dsprites", "where `narrows datasets get` puts it; all of it"],
  ["data.binary-mnist", "where `narrows datasets get` puts it"],
  ["data.mnist", "where `narrows datasets get` puts it; all of it, as it is"],
  ["data.fashion-mnist", "where `narrows datasets get` puts it; all of it, as it is"],
  ["data.omniglot", "where `narrows datasets get` puts it; the size that papers use"],
  ["data.cifar10", "where `narrows datasets get` puts it"],
  ["data.codes", "what `narrows encode` writes"],
  ["model.encoder", "a choice for images from 13 pixels up; the layers of *The geometry of efficient codes*"],
  ["model.encoder.units", "a small dense network"],
  ["model.encoder.slope", "PyTorch's leaky rectifier"],
  ["model.encoder.layers[]", "half the size at each layer"],
  ["model.decoder", "the mirror image of the encoder"],
  [
    "model.decoder.slope (stack)",
    "plain rectifiers, as *Exact rate-distortion in autoencoders via Echo noise*",
  ],
  ["model.channel", "the channel of a VAE"],
  ["model.channel.dimensions (gaussian)", "*The geometry of efficient codes*; name your own"],
  ["model.channel.dimensions", "*Exact rate-distortion in autoencoders via Echo noise*"],
  ["model.channel.terms", "*Exact rate-distortion in autoencoders via Echo noise*, whose noise this is"],
  ["model.channel.centre", "*Exact rate-distortion in autoencoders via Echo noise*, whose noise this is"],
  ["model.channel.scale", "*Exact rate-distortion in autoencoders via Echo noise*, whose noise this is"],
  ["model.channel.sampling", "*Exact rate-distortion in autoencoders via Echo noise*, whose noise this is"],
  ["model.channel.flow", "*Exact rate-distortion in autoencoders via Echo noise*"],
  ["model.marginal", "the marginal of a VAE"],
  ["model.marginal.steps", "*Exact rate-distortion in autoencoders via Echo noise*"],
  ["model.marginal.hidden", "*Exact rate-distortion in autoencoders via Echo noise*"],
  ["model.marginal.pseudoInputs", "*Exact rate-distortion in autoencoders via Echo noise*"],
  ["model.marginal.initialNoise", "a start near the mean image"],
  ["model.likelihood", "squared error of a whole image: with beta 1 it is the ELBO of a gaussian (L2)"],
  ["model.likelihood.pixels (bernoulli)", "nats of a whole image, as in the ELBO"],
  ["model.objective", "a target rate; `{type: beta}` is the usual VAE"],
  ["model.objective.rateWeight", "no factor on gamma; by default gamma follows from the data (O7)"],
  ["model.objective.schedule", "a rise that ends well before the end of training, whatever its length (S12)"],
  ["model.objective.beta", "the ELBO"],
  ["model.objective.rateWeight (beta)", "the ELBO"],
  ["model.heads", "no classifiers"],
  ["model.heads[].network", "one hidden layer, without dropout; the sizes of a paper are in its files"],
  ["model.heads[].loss", "common practice"],
  ["model.heads[].factor", "common practice"],
  ["model.heads[].weight", "full weight from the first step"],
  ["model.heads[].weight.warmup", "*The geometry of efficient codes*, whose schedules these are"],
  ["model.heads[].weight.quarteredUntil", "*The geometry of efficient codes*, whose schedule this is"],
  ["model.heads[].weight.countEvaluations", "only training steps count, as is common practice"],
  ["model.regularizers[]", "the paper that the regularizer is from (docs/definitions/losses.md)"],
  ["optimizer", "PyTorch's Adam"],
  ["optimizer.learningRate", "a usual rate for VAEs; PyTorch's own default is 0.001"],
  [
    "optimizer.schedule",
    "a constant rate; `exponential` with 0.9, the recipe of *The geometry of efficient codes*, is in its files and presets",
  ],
  ["optimizer.schedule.factor", "*The geometry of efficient codes*"],
  ["optimizer.schedule.finalFactor", "decreases to 0"],
  [
    "optimizer.schedule.hold",
    "*Exact rate-distortion in autoencoders via Echo noise*, whose schedule this is",
  ],
  ["optimizer.schedule.turned", "as that paper describes it, not as its code does it"],
  ["training.batchSize", "a usual size"],
  ["training.evaluationBatchSize", "memory and speed only"],
  ["training.metricBatchSize", "for metrics that are defined on a batch"],
  ["training.checkpointEverySteps", "seconds to minutes of work"],
  ["training.logEverySteps", "a smooth curve"],
  ["training.stopAboveRateNats", "far above any meaningful rate"],
];

/** The defaults of a schema: key, with what must be chosen for it in brackets, and value as JSON. */
function defaultsOf(schema: z.core.$ZodType, path = "", chosen = ""): [string, string][] {
  const own = valueByDefault(schema);
  const plain = unwrap(schema);
  const here: [string, string][] =
    path !== "" && own !== undefined && JSON.stringify(own) !== "{}"
      ? [[path + chosen, JSON.stringify(own)]]
      : [];
  if (plain instanceof z.ZodObject) {
    return [
      ...here,
      ...Object.entries(plain.shape).flatMap(([key, inner]) =>
        defaultsOf(inner as z.core.$ZodType, path ? `${path}.${key}` : key, chosen),
      ),
    ];
  }
  if (plain instanceof z.ZodDiscriminatedUnion) {
    const { discriminator, options } = plain.def;
    return [
      ...here,
      ...(options as unknown as z.ZodObject[]).flatMap((option) => {
        const [name] = (unwrap(option.shape[discriminator]!) as z.ZodLiteral<string>).values;
        // The two kinds of model have their parts in common.
        return defaultsOf(option, path, path === "model" ? chosen : `${chosen} (${name})`);
      }),
    ];
  }
  return plain instanceof z.ZodArray
    ? [...here, ...defaultsOf(plain.element as z.core.$ZodType, `${path}[]`, chosen)]
    : here;
}

function valueByDefault(schema: z.core.$ZodType): unknown {
  const { type, defaultValue, innerType } = (schema as z.ZodDefault)._zod.def as {
    type: string;
    defaultValue?: unknown;
    innerType?: z.core.$ZodType;
  };
  if (type === "default" || type === "prefault") return defaultValue;
  return innerType && valueByDefault(innerType);
}

function reasonOf(key: string): string | undefined {
  const [plain] = key.split(" ");
  const fits = REASONS.filter(
    ([start]) =>
      key === start ||
      plain === start ||
      `${plain}.`.startsWith(`${start}.`) ||
      plain!.startsWith(`${start}[]`),
  );
  return fits.sort(([a], [b]) => b.length - a.length)[0]?.[1];
}

it("docs/defaults.md lists every default of the schema with its present value and who uses it", async () => {
  const rows = new Map(defaultsOf(fileSchema));
  const lines = [...rows].map(([key, value]) => {
    const reason = reasonOf(key);
    expect(reason, `a word on ${key}`).toBeDefined();
    return `| \`${key}\` | \`${value}\` | ${reason} |`;
  });
  const page = [
    "# Defaults",
    "",
    "Default values of the configuration, and their source: common practice, or the paper that describes the part first. The",
    "recipe of a paper is in that paper's files (`configs/`) and presets. `narrows train` reports the defaults that it uses in its",
    "first lines; a run keeps the settings of its manifest, even if defaults change later. In brackets: the choice that has the",
    "key. This page is made by `test/configuration/defaults.test.ts`.",
    "",
    "| key | default | from |",
    "|---|---|---|",
    ...lines,
    "",
  ].join("\n");
  await expect(page).toMatchFileSnapshot("../../docs/defaults.md");
});
