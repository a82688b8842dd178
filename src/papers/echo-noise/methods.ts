import { UserError } from "../../errors.js";
import { nearest } from "../../given-names.js";

/** The nine methods of Table 1, in its order, each with its file in configs/echo-noise (without the ending), after which runs are named. */
const FILES = {
  Echo: "echo",
  VAE: "vae",
  InfoVAE: "info-vae",
  "VAE-MAF": "vae-maf",
  "VAE-Vamp": "vae-vamp",
  "IAF-Prior": "iaf-prior",
  "IAF+MMD": "iaf-mmd",
  "IAF-MAF": "iaf-maf",
  "IAF-Vamp": "iaf-vamp",
} as const;

/** Name of a method as the paper has it. */
export type MethodName = keyof typeof FILES;

/** The nine methods in the order of Table 1. */
export const METHOD_NAMES = Object.keys(FILES) as readonly MethodName[];

/** A method's file in configs/echo-noise. */
export function methodFile(method: MethodName): string {
  return FILES[method];
}

/** Those methods whose curves are drawn, in the order of Table 1. */
export function curveMethods({
  methods,
  curves,
}: {
  readonly methods: readonly MethodName[];
  readonly curves: readonly MethodName[];
}): MethodName[] {
  return METHOD_NAMES.filter((name) => curves.includes(name) && methods.includes(name));
}

/**
 * The method of this name, in whatever case it is written, or of this configuration file.
 * @throws UserError with the nearest name when there is none.
 */
export function methodNamed(text: string): MethodName {
  const wanted = text.trim().toLowerCase();
  const found = METHOD_NAMES.find((name) => name.toLowerCase() === wanted || methodFile(name) === wanted);
  if (found) return found;
  const near = nearest(text, METHOD_NAMES);
  throw new UserError({
    where: `--methods ${text}`,
    what: `no method is called "${text}"`,
    remedy: `${near ? `Did you mean ${near}? ` : ""}The methods are ${METHOD_NAMES.join(", ")}`,
  });
}
