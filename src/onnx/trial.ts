import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { add } from "../tensor/operations/elementwise.js";
import { input } from "../tensor/tensor.js";
import { compileProgram } from "./compile.js";

const MOST_MILLISECONDS = 60_000;

/** Arguments: the runtime's file, the provider, a program as base64. Prints why it failed; nothing when 1 + 1 is 2. */
const SCRIPT = `
const [file, provider, program] = process.argv.slice(1);
const { InferenceSession, Tensor } = require(file);
InferenceSession.create(Buffer.from(program, "base64"), { executionProviders: [provider] })
  .then((session) => session.run({ one: new Tensor("float32", Float32Array.of(1), [1]) }))
  .then(({ two }) => { if (two.data[0] !== 2) throw new Error("it takes 1 + 1 for " + two.data[0]); })
  .catch(({ message }) => console.log(message));
`;

/**
 * Tries to compute 1 + 1 on a provider of onnxruntime-node, and tells why it cannot; undefined when it can. It runs in
 * a process of its own, since a driver may write to the terminal, hang, or take the process down.
 */
export function whyUnavailable(provider: string): Promise<string | undefined> {
  const runtime = createRequire(import.meta.url).resolve("onnxruntime-node");
  // An input, not a constant: what is constant the runtime computes on the processor when it loads the program.
  const one = input("one", [1], { kind: "scalar" });
  const program = Buffer.from(compileProgram({ two: add(one, one) }).bytes).toString("base64");
  return new Promise((resolve) => {
    const options = { timeout: MOST_MILLISECONDS };
    execFile(process.execPath, ["-e", SCRIPT, runtime, provider, program], options, (error, printed) => {
      const reason = printed.trim().split("\n")[0];
      if (error?.killed) resolve(`no answer in ${MOST_MILLISECONDS / 1000} s`);
      else if (error) resolve(`the trial ended with ${error.signal ?? `exit code ${error.code}`}`);
      // The runtime puts its own source line and the condition that failed before the reason.
      else resolve(reason?.replace(/^.* was false\. /, "") || undefined);
    });
  });
}
