import { type IdxOptions, idxSchema, loadIdx, recognizeIdx } from "./idx-source.js";
import { defineSource } from "./source.js";

export const mnist = defineSource({
  name: "mnist",
  about: "MNIST: 70,000 handwritten digits, 28 x 28, grey or drawn binary, label digit; idx files",
  shape: { mnist: idxSchema("mnist").optional() },
  load: ({ mnist: options }) => loadIdx("mnist", "digit", options!),
  recognize: (path) => recognized(path, false, (mnist) => ({ mnist })),
});

export const fashionMnist = defineSource({
  name: "fashion-mnist",
  about: "Fashion-MNIST: 70,000 articles of clothing, 28 x 28, grey, label article; idx files",
  shape: { "fashion-mnist": idxSchema("fashion-mnist").optional() },
  load: ({ "fashion-mnist": options }) => loadIdx("fashion-mnist", "article", options!),
  recognize: (path) => recognized(path, true, (found) => ({ "fashion-mnist": found })),
});

/** The files of both have the same names: only the folder is different. */
function recognized<Spec>(
  path: string,
  isFashion: boolean,
  specOf: (found: Pick<IdxOptions, "folder" | "part">) => Spec,
): Spec | undefined {
  const found = /fashion/i.test(path) === isFashion ? recognizeIdx(path) : undefined;
  return found && specOf(found);
}
