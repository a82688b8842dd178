import { execFile } from "node:child_process";
import { add } from "../tensor/operations/elementwise.js";
import { input } from "../tensor/tensor.js";
import { compileProgram } from "./compile.js";
import { loadLibrary } from "./load-library.js";

const MOST_MILLISECONDS = 60_000;

/** What is loaded before the runtime, see runtime.ts and cuda/pieces.ts. */
export interface Preparation {
  readonly libraries: readonly string[];
  readonly binding: string | undefined;
}

/**
 * Argument: as JSON, what to load, the runtime's file, the provider, and a program as base64. Prints why it failed; nothing when 1 + 1 is 2.
 */
const SCRIPT = `
const loadLibrary = ${loadLibrary};
const { libraries, binding, runtime, provider, program } = JSON.parse(process.argv[1]);
libraries.forEach(loadLibrary);
if (binding) process.dlopen({ exports: {} }, binding);
const { InferenceSession, Tensor } = require(runtime);
InferenceSession.create(Buffer.from(program, "base64"), { executionProviders: [provider] })
  .then((session) => session.run({ one: new Tensor("float32", Float32Array.of(1), [1]) }))
  .then(({ two }) => { if (two.data[0] !== 2) throw new Error("it takes 1 + 1 for " + two.data[0]); })
  .catch(({ message }) => console.log(message));
`;

/**
 * Tries to compute 1 + 1 on a provider of onnxruntime-node, and tells why it cannot; undefined when it can. It runs in
 * a process of its own, since a driver may write to the terminal, hang, or take the process down.
 * @param runtime The runtime's file.
 */
export function whyUnavailable(
  provider: string,
  runtime: string,
  { libraries, binding }: Preparation,
): Promise<string | undefined> {
  // An input, not a constant: what is constant the runtime computes on the processor when it loads the program.
  const one = input("one", [1], { kind: "scalar" });
  const program = Buffer.from(compileProgram({ two: add(one, one) }).bytes).toString("base64");
  const order = JSON.stringify({ libraries, binding, runtime, provider, program });
  return new Promise((resolve) => {
    const options = { timeout: MOST_MILLISECONDS };
    execFile(process.execPath, ["-e", SCRIPT, order], options, (error, printed, said) => {
      const reason = printed.trim().split("\n")[0];
      if (error?.killed) resolve(`no answer in ${MOST_MILLISECONDS / 1000} s`);
      else if (error) resolve(`the trial ended with ${error.signal ?? `exit code ${error.code}`}`);
      else resolve(reason ? explained(reason, said) : undefined);
    });
  });
}

/**
 * The reason in a line of the runtime's: it puts its own source lines and the condition that failed before it. Why a library does not load it
 * only logs.
 */
export function explained(reason: string, logged: string): string {
  const [, why] = /Failed to load library .* with error: (.*)/.exec(logged) ?? [];
  const [failure] = /CUDA failure \d+: .*?(?= ;)/.exec(reason) ?? [];
  return why ?? failure ?? reason.replace(/^.* was false\. /, "");
}
