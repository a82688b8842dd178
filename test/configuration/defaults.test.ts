import { expect, it } from "vitest";
import { z } from "zod";
import { fileSchema } from "../../src/configuration/schema.js";
import { unwrap } from "../../src/configuration/schema-walk.js";

// docs/defaults.md is made here, from the schema and from these words: `npx vitest run -u` writes it anew.

/** Who a default is from, or why it is what it is, by the beginning of the key; the longest that fits counts. */
const REASONS: readonly (readonly [key: string, reason: string])[] = [
  ["name", "part of the run's name"],
  ["seed", "everybody"],
  ["data", "the images of `npm start`; name your own with `data.file`"],
  ["data.corridors", "*The geometry of efficient codes*"],
  ["data.sprites", "small sprites that are drawn in a second"],
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
  ["model.objective", "a rate that is asked for; `{type: beta}` is the usual VAE"],
  ["model.objective.rateWeight", "gamma as it stands; by default gamma follows from the data (O7)"],
  ["model.objective.schedule", "a rise that ends well before the training does, however long that is (S12)"],
  ["model.objective.beta", "the ELBO"],
  ["model.objective.rateWeight (beta)", "the ELBO"],
  ["model.heads", "no classifiers"],
  ["model.heads[].network", "one hidden layer, without dropout; a paper's own sizes stand in its files"],
  ["model.heads[].loss", "everybody"],
  ["model.heads[].factor", "everybody"],
  ["model.heads[].weight", "whole from the first step on"],
  ["model.heads[].weight.warmup", "*The geometry of efficient codes*, whose schedules these are"],
  ["model.heads[].weight.quarteredUntil", "*The geometry of efficient codes*, whose schedule this is"],
  ["model.heads[].weight.countEvaluations", "training steps count, as everybody expects"],
  ["model.regularizers[]", "the paper that the regularizer is from (docs/definitions/losses.md)"],
  ["optimizer", "PyTorch's Adam"],
  ["optimizer.learningRate", "a usual rate for VAEs; PyTorch's own default is 0.001"],
  [
    "optimizer.schedule",
    "the rate stays as it is; `exponential` with 0.9, the recipe of *The geometry of efficient codes*, stands in its files and presets",
  ],
  ["optimizer.schedule.factor", "*The geometry of efficient codes*"],
  ["optimizer.schedule.finalFactor", "down to nothing"],
  [
    "optimizer.schedule.hold",
    "*Exact rate-distortion in autoencoders via Echo noise*, whose schedule this is",
  ],
  ["optimizer.schedule.turned", "as that paper describes it, not as its code does it"],
  ["training.batchSize", "a usual size"],
  ["training.evaluationBatchSize", "memory and speed only"],
  ["training.metricBatchSize", "what an evaluation measures by batches"],
  ["training.checkpointEverySteps", "seconds to minutes of work"],
  ["training.logEverySteps", "a smooth curve"],
  ["training.stopAboveRateNats", "far above any rate that means something"],
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
    "What holds where a configuration is silent, and where it is from: what any user would expect, or the paper that a part was",
    "first described in. What is one paper's recipe stands in that paper's files (`configs/`) and presets. `narrows train` says in",
    "its first lines what was not given and what it was taken to be; a run keeps what its manifest says, whatever the defaults",
    "become. In brackets: the choice that has the key. This page is made by `test/configuration/defaults.test.ts`.",
    "",
    "| key | default | from |",
    "|---|---|---|",
    ...lines,
    "",
  ].join("\n");
  await expect(page).toMatchFileSnapshot("../../docs/defaults.md");
});
