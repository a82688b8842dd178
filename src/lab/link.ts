/** An experiment as the part of an address after #, and back: short, and readable where it can be. */
import {
  type Experiment,
  experimentSchema,
  FIRST_EXPERIMENT,
  type Frequencies,
  type Limit,
} from "./experiment.js";

/** Painted frequencies, a character each. */
const WEIGHT_DIGITS = 36;

/** What an address says, or why it cannot be read. */
export type ReadLink =
  | { readonly experiment: Experiment; readonly problem?: undefined }
  | { readonly experiment?: undefined; readonly problem: string };

/** The experiment as `rate=3&data=lower`; what is as at first is left out. */
export function linkOf(experiment: Experiment): string {
  const { limit, frequencies, task, channel, dimensions, network, seed } = experiment;
  const first = FIRST_EXPERIMENT;
  const parameters = new URLSearchParams();
  if (limit.kind === "capacity") parameters.set("rate", String(limit.nats));
  else parameters.set("beta", String(limit.beta));
  if (frequencies.kind !== first.frequencies.kind) parameters.set("data", textOfFrequencies(frequencies));
  if (task !== undefined) parameters.set("task", task);
  if (channel !== first.channel) parameters.set("channel", channel);
  if (dimensions !== first.dimensions) parameters.set("dimensions", String(dimensions));
  if (network !== first.network) parameters.set("network", network);
  if (seed !== first.seed) parameters.set("seed", String(seed));
  return parameters.toString();
}

function textOfFrequencies(frequencies: Frequencies): string {
  if (frequencies.kind !== "drawn") return frequencies.kind;
  return frequencies.weights.map((weight) => weight.toString(WEIGHT_DIGITS)).join("");
}

const KEYS = ["rate", "beta", "data", "task", "channel", "dimensions", "network", "seed"];

/** The experiment of an address; what it does not say is as at first. */
export function readLink(text: string): ReadLink {
  const parameters = new URLSearchParams(text.replace(/^#/, ""));
  const unknown = [...parameters.keys()].find((key) => !KEYS.includes(key));
  if (unknown !== undefined) return { problem: `The link has "${unknown}", which is no setting of the lab.` };
  if (parameters.has("rate") && parameters.has("beta"))
    return { problem: "The link has both a rate and a beta: it can have one of them." };
  const number = (name: string) => {
    const given = parameters.get(name);
    return given === null ? undefined : given.trim() === "" ? Number.NaN : Number(given);
  };
  const parsed = experimentSchema.safeParse({
    ...FIRST_EXPERIMENT,
    ...withoutUndefined({
      limit: limitOf(number("rate"), number("beta")),
      frequencies: frequenciesOf(parameters.get("data")),
      task: parameters.get("task") ?? undefined,
      channel: parameters.get("channel") ?? undefined,
      dimensions: number("dimensions"),
      network: parameters.get("network") ?? undefined,
      seed: number("seed"),
    }),
  });
  if (parsed.success) return { experiment: parsed.data };
  const [{ path, message } = { path: [], message: "it cannot be read" }] = parsed.error.issues;
  return { problem: `The link's ${nameOf(path)} cannot be used: ${message}` };
}

function limitOf(nats: number | undefined, beta: number | undefined): Limit | undefined {
  if (nats !== undefined) return { kind: "capacity", nats };
  return beta === undefined ? undefined : { kind: "beta", beta };
}

function frequenciesOf(text: string | null): Frequencies | undefined {
  if (text === null) return undefined;
  if (text === "uniform" || text === "lower" || text === "aligned") return { kind: text };
  return {
    kind: "drawn",
    weights: [...text].map((digit) =>
      /^[0-9a-z]$/.test(digit) ? Number.parseInt(digit, WEIGHT_DIGITS) : -1,
    ),
  };
}

/** Of a setting, as the link calls it. */
function nameOf([key]: readonly PropertyKey[]): string {
  if (key === "limit") return "rate";
  return key === "frequencies" ? "data" : String(key ?? "text");
}

function withoutUndefined(settings: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}
