import { formatShape, type Shape, sizeOf } from "../tensor/shape.js";
import {
  type Constant,
  computedFrom,
  type DataType,
  type OnnxForm,
  type Tensor,
  topologicalOrder,
} from "../tensor/tensor.js";
import { encodeModel } from "./schema.js";

/** Results to compute, by the name under which the session returns them. */
export type ProgramOutputs = Readonly<Record<string, Tensor>>;

/** A program as ONNX bytes, with the inputs it asks for and the outputs it gives. */
export interface CompiledProgram {
  readonly bytes: Uint8Array;
  /** Every input that the outputs rest on, in the order first met. */
  readonly inputs: readonly Tensor[];
  readonly outputs: ProgramOutputs;
}

/** Writes what an operator gives of these operands with others. */
export type Replacement = (operands: readonly Tensor[]) => Tensor;

/** What a device cannot do, so that programs for it are written differently. */
export interface ProgramLimits {
  /** Most operands of one concatenation; longer ones are written in groups. */
  readonly mostOperands?: number;
  /** By ONNX operator: what is written in place of one that the device lacks or gets wrong. */
  readonly replacements?: Readonly<Record<string, Replacement>>;
}

/** How a program is written. */
export interface CompileOptions extends ProgramLimits {
  /**
   * Leaves the first extent of every input and output open, so that the file takes batches of any size. Right only
   * for programs whose every reshape keeps the batch outermost, such as an encoder or a decoder.
   */
  readonly openBatch?: boolean;
  /** Numbers for inputs that become constants of the file (parameters of an exported model). */
  readonly frozen?: ReadonlyMap<Tensor, Float32Array>;
  /** Free text kept in the file's metadata. */
  readonly metadata?: Readonly<Record<string, string>>;
}

const ELEMENT_TYPES: Record<DataType, number> = { float32: 1, int64: 7, bool: 9 };
const OPSET_VERSION = 21;
const IR_VERSION = 10;

/**
 * Writes the tensors that the outputs rest on as one ONNX graph.
 * @throws Error when two inputs, or an input and an output, share a name; when an output is not of float32; when
 * frozen numbers do not fill their tensor.
 */
export function compileProgram(outputs: ProgramOutputs, options: CompileOptions = {}): CompiledProgram {
  const writer = new GraphWriter(options);
  const order = topologicalOrder(Object.values(outputs), computedFrom);
  for (const [name, tensor] of Object.entries(outputs)) writer.claimName(name, tensor);
  for (const tensor of order) writer.add(tensor);
  for (const [name, tensor] of Object.entries(outputs)) writer.addOutput(name, tensor);
  return { bytes: writer.finish(), inputs: writer.inputs, outputs };
}

class GraphWriter {
  readonly inputs: Tensor[] = [];
  readonly #options: CompileOptions;
  readonly #nameOf = new Map<Tensor, string>();
  readonly #claimed = new Map<Tensor, string>();
  readonly #used = new Set<string>();
  readonly #constants = new Map<string, { name: string; rawData: Uint8Array }[]>();
  readonly #nodes: object[] = [];
  readonly #initializers: object[] = [];
  readonly #outputs: object[] = [];

  constructor(options: CompileOptions) {
    this.#options = options;
  }

  add(tensor: Tensor): void {
    const { origin } = tensor;
    switch (origin.kind) {
      case "constant":
        this.#nameOf.set(tensor, this.#constant(origin.constant));
        return;
      case "composite":
        this.#nameOf.set(tensor, this.#nameOf.get(origin.lowered)!);
        return;
      case "input":
        this.#addInput(tensor);
        return;
      case "operation": {
        const { operands } = origin;
        const replacement = this.#options.replacements?.[origin.onnx.type]?.(operands);
        if (replacement) {
          this.#addWithOperands(replacement);
          this.#nameOf.set(tensor, this.#nameOf.get(replacement)!);
          return;
        }
        const onnx = (this.#options.openBatch ? origin.onnx.openBatch : undefined) ?? origin.onnx;
        const output = this.#claimed.get(tensor) ?? this.#freshName(tensor.name ?? onnx.type);
        const constants = (onnx.constants ?? []).map((constant) => this.#constant(constant));
        this.#addNode(onnx, [...operands.map((operand) => this.#nameOf.get(operand)!), ...constants], output);
        this.#nameOf.set(tensor, output);
      }
    }
  }

  /** Adds a tensor and whatever it rests on that is not yet there. */
  #addWithOperands(tensor: Tensor): void {
    const before = (one: Tensor) => (this.#nameOf.has(one) ? [] : computedFrom(one));
    for (const one of topologicalOrder([tensor], before)) if (!this.#nameOf.has(one)) this.add(one);
  }

  #addNode(onnx: OnnxForm, names: readonly string[], output: string): void {
    const most = this.#options.mostOperands;
    let input = names;
    if (onnx.type === "Concat" && most) {
      while (input.length > most) {
        const group = `${output}/group${this.#nodes.length}`;
        this.#addNode(onnx, input.slice(0, most), group);
        input = [group, ...input.slice(most)];
      }
    }
    this.#nodes.push({
      name: output,
      input,
      output: [output],
      opType: onnx.type,
      domain: onnx.domain ?? "",
      attribute: Object.entries(onnx.attributes ?? {}).map(([name, value]) =>
        encodeAttribute(name, value, onnx.floatAttributes?.includes(name) ?? false),
      ),
    });
  }

  /** Lets the operation that computes an output write it directly: a copy of a large vector costs a kernel. */
  claimName(name: string, tensor: Tensor): void {
    if (tensor.dataType !== "float32")
      throw new Error(`program output ${name} is ${tensor.dataType}, not float32`);
    this.#useName(name);
    const computed = loweredOf(tensor);
    const isReplaced =
      computed.origin.kind === "operation" && this.#options.replacements?.[computed.origin.onnx.type];
    if (computed.origin.kind === "operation" && !isReplaced && !this.#claimed.has(computed))
      this.#claimed.set(computed, name);
  }

  addOutput(name: string, tensor: Tensor): void {
    if (this.#claimed.get(loweredOf(tensor)) !== name)
      this.#nodes.push({ name, input: [this.#nameOf.get(tensor)!], output: [name], opType: "Identity" });
    this.#outputs.push(this.#valueInfo(name, tensor));
  }

  finish(): Uint8Array {
    return encodeModel({
      irVersion: IR_VERSION,
      producerName: "narrows",
      opsetImport: [
        { domain: "", version: OPSET_VERSION },
        { domain: "com.microsoft", version: 1 },
      ],
      metadataProps: Object.entries(this.#options.metadata ?? {}).map(([key, value]) => ({ key, value })),
      graph: {
        name: "narrows",
        node: this.#nodes,
        initializer: this.#initializers,
        input: this.inputs.map((tensor) => this.#valueInfo(tensor.name!, tensor)),
        output: this.#outputs,
      },
    });
  }

  #addInput(tensor: Tensor): void {
    const name = tensor.name!;
    this.#useName(name);
    const values = this.#options.frozen?.get(tensor);
    if (values) {
      if (values.length !== sizeOf(tensor.shape))
        throw new Error(`${name} of ${formatShape(tensor.shape)} was frozen with ${values.length} numbers`);
      this.#initializers.push({
        ...encodeTensor({ dataType: "float32", shape: tensor.shape, data: values }),
        name,
      });
    } else {
      this.inputs.push(tensor);
    }
    this.#nameOf.set(tensor, name);
  }

  #freshName(base: string): string {
    let name = `${base}#${this.#nodes.length}`;
    while (this.#used.has(name)) name += "'";
    return name;
  }

  #useName(name: string): void {
    if (this.#used.has(name)) throw new Error(`two inputs or outputs of the program are named ${name}`);
    this.#used.add(name);
  }

  #constant(constant: Constant): string {
    // Tables and scalars recur by the dozen; one initializer serves all that are equal.
    const encoded = encodeTensor(constant);
    const key = `${constant.dataType} ${constant.shape} ${fingerprint(encoded.rawData)}`;
    const alike = this.#constants.get(key) ?? [];
    const known = alike.find((other) => sameBytes(other.rawData, encoded.rawData));
    if (known) return known.name;
    const initializer = { ...encoded, name: `constant#${this.#initializers.length}` };
    this.#initializers.push(initializer);
    this.#constants.set(key, [...alike, initializer]);
    return initializer.name;
  }

  #valueInfo(name: string, tensor: Tensor): object {
    const dim = tensor.shape.map((extent, axis) =>
      axis === 0 && this.#options.openBatch ? { dimParam: "batch" } : { dimValue: extent },
    );
    return { name, type: { tensorType: { elemType: ELEMENT_TYPES[tensor.dataType], shape: { dim } } } };
  }
}

/** The tensor that really computes a composite one. */
function loweredOf(tensor: Tensor): Tensor {
  return tensor.origin.kind === "composite" ? loweredOf(tensor.origin.lowered) : tensor;
}

/** A number by which unequal byte strings usually differ (FNV-1a). */
function fingerprint(bytes: Uint8Array): number {
  return bytes.reduce((hash, byte) => Math.imul(hash ^ byte, 0x01000193), 0x811c9dc5) >>> 0;
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

function encodeTensor({
  dataType,
  shape,
  data,
}: {
  dataType: "float32" | "int64";
  shape: Shape;
  data: ArrayLike<number>;
}) {
  const values =
    dataType === "float32" ? Float32Array.from(data) : BigInt64Array.from(Array.from(data, BigInt));
  return {
    dims: [...shape],
    dataType: ELEMENT_TYPES[dataType],
    rawData: new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
  };
}

function encodeAttribute(name: string, value: number | string | readonly number[], float: boolean): object {
  if (typeof value === "string") return { name, s: new TextEncoder().encode(value), type: 3 };
  if (typeof value === "number") return float ? { name, f: value, type: 1 } : { name, i: value, type: 2 };
  return float ? { name, floats: [...value], type: 6 } : { name, ints: [...value], type: 7 };
}
