import { type ExecFileException, execFile } from "node:child_process";
import { add } from "../tensor/operations/elementwise.js";
import { input } from "../tensor/tensor.js";
import { compileProgram } from "./compile.js";
import { NO_TELEMETRY } from "./runtime-files.js";

const MAX_MILLISECONDS = 60_000;
/** A verbose log has a line for each node and more. */
const MAX_LOG_BYTES = 2 ** 28;
const LOG_EVERYTHING = 0;
const LOG_ERRORS = 3;

/** What is loaded before the runtime, see runtime.ts and cuda/pieces.ts. */
export interface Preparation {
  /** The file through which the runtime is imported. */
  readonly runtime: string;
  readonly libraries: readonly string[];
  readonly binding: string | undefined;
}

/** What a process of its own is to do: open a program on a provider, and run it where numbers are given. */
interface Order extends Preparation {
  readonly provider: string;
  readonly programBase64: string;
  readonly logSeverityLevel: number;
  readonly one?: number;
}

/** Takes an {@link Order} as JSON. Prints why it failed; nothing when 1 + 1 is 2. */
const SCRIPT = `
const loadLibrary = ${loadLibrary};
const order = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
async function obey() {
  order.libraries.forEach(loadLibrary);
  if (order.binding) process.dlopen({ exports: {} }, order.binding);
  const { InferenceSession, Tensor } = require(order.runtime);
  const program = Buffer.from(order.programBase64, "base64");
  const { provider, logSeverityLevel, one } = order;
  const session = await InferenceSession.create(program, { executionProviders: [provider], logSeverityLevel });
  if (one === undefined) return;
  const { two } = await session.run({ one: new Tensor("float32", Float32Array.of(one), [1]) });
  if (two.data[0] !== 2) throw new Error("it takes 1 + 1 for " + two.data[0]);
}
obey().catch(({ message }) => console.log(message));
`;

/**
 * Tries to compute 1 + 1 on a provider of onnxruntime-node, and returns the reason if it cannot; undefined if it can. It runs in
 * a process of its own, since a driver may write to the terminal, hang, or take the process down.
 */
export async function whyUnavailable(
  provider: string,
  preparation: Preparation,
): Promise<string | undefined> {
  // An input, not a constant: what is constant the runtime computes on the processor when it loads the program.
  const one = input("one", [1], { kind: "scalar" });
  const programBase64 = base64(compileProgram({ two: add(one, one) }).bytes);
  const order = { ...preparation, provider, programBase64, logSeverityLevel: LOG_ERRORS, one: 1 };
  const { error, printed, logged } = await obey(order);
  const reason = printed.trim().split("\n")[0];
  if (error?.killed) return `no answer in ${MAX_MILLISECONDS / 1000} s`;
  if (error) return `the trial ended with ${error.signal ?? `exit code ${error.code}`}`;
  return reason ? explained(reason, logged) : undefined;
}

/**
 * The operators of a program that a provider leaves to the processor, and how many nodes of each, found in the runtime's log; it has no other way
 * to ask. Opened in a process of its own, which keeps the log from the terminal.
 */
export async function operatorsOnProcessor(
  provider: string,
  program: Uint8Array,
  preparation: Preparation,
): Promise<ReadonlyMap<string, number>> {
  const programBase64 = base64(program);
  const order = { ...preparation, provider, programBase64, logSeverityLevel: LOG_EVERYTHING };
  return placedOnProcessor((await obey(order)).logged);
}

/** Operators in the runtime's log of where nodes are placed: a line for each provider, then one for each of its nodes. */
export function placedOnProcessor(log: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  let provider: string | undefined;
  for (const line of log.split("\n")) {
    const said = /VerifyEachNodeIsAssignedToAnEp\] (.*)$/.exec(line)?.[1];
    if (said === undefined) continue;
    const group = /placed on \[(\w+)\]/.exec(said)?.[1];
    const operator = /^ {2,}(\w+) \(/.exec(said)?.[1];
    if (group) provider = group;
    else if (operator && provider === "CPUExecutionProvider") {
      counts.set(operator, (counts.get(operator) ?? 0) + 1);
    }
  }
  return counts;
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

function obey(order: Order): Promise<{ error: ExecFileException | null; printed: string; logged: string }> {
  return new Promise((resolve) => {
    const env = { ...NO_TELEMETRY, ...process.env };
    const options = { timeout: MAX_MILLISECONDS, maxBuffer: MAX_LOG_BYTES, env };
    const child = execFile(process.execPath, ["-e", SCRIPT], options, (error, printed, logged) =>
      resolve({ error, printed, logged }),
    );
    // A process that dies before it has read its order says so by its end.
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(JSON.stringify(order));
  });
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}

/**
 * Loads a library for good, so that others find it by its name wherever it lies. A failure is reported by the code that needs the library.
 *
 * Node has no way to load what is no addon: it loads the library, finds no addon in it, throws, and closes it, which does nothing to one loaded with
 * RTLD_NODELETE. This function's text is also run in a process of its own (trial.ts), so it uses nothing of this file.
 */
export function loadLibrary(path: string): void {
  const RTLD_NOW = 2;
  const RTLD_NODELETE = 0x1000;
  try {
    process.dlopen({ exports: {} }, path, RTLD_NOW | RTLD_NODELETE);
  } catch {
    // Thrown in any case.
  }
}
