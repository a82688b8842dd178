import { once } from "../once.js";
import { formatShape, sameShape, sizeOf } from "../tensor/shape.js";
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
  /** Written when they are first asked for: a device that runs tensors as they are needs none. */
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
  readonly maxOperands?: number;
  /** By ONNX operator: what is written in place of one that the device lacks or gets wrong. */
  readonly replacements?: Readonly<Record<string, Replacement>>;
}

/** What people read of a program in its file. */
export interface ProgramAbout {
  /** What the whole program is. */
  readonly text?: string;
  /** Version of Narrows that writes it. */
  readonly version?: string;
  /** What inputs and outputs are, by their names in the file. */
  readonly values?: Readonly<Record<string, string>>;
  /** Keys and values of the file's metadata. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** How a program is written. */
export interface CompileOptions extends ProgramLimits {
  /**
   * The same outputs built for a batch of another size. Where the two differ the extent is left open, so that the file takes batches of any
   * size.
   */
  readonly openBatch?: ProgramOutputs;
  /** Numbers for inputs that become constants of the file (parameters of an exported model). */
  readonly frozen?: ReadonlyMap<Tensor, Float32Array>;
  /** Names in the file for inputs that are to have another than their own. */
  readonly inputNames?: Readonly<Record<string, string>>;
  readonly about?: ProgramAbout;
}

const ELEMENT_TYPES: Record<DataType, number> = { float32: 1, int64: 7, bool: 9 };
const OPSET_VERSION = 21;
const IR_VERSION = 10;

/**
 * Writes the tensors that the outputs rest on as one ONNX graph.
 * @throws Error when two inputs, or an input and an output, share a name; when an output is not of float32; when
 * frozen numbers do not fill their tensor; when the program for a batch of another size is not the same but for extents that can be left open.
 */
export function compileProgram(outputs: ProgramOutputs, options: CompileOptions = {}): CompiledProgram {
  const order = orderOf(outputs);
  const writer = new GraphWriter(options, order);
  for (const [name, tensor] of Object.entries(outputs)) writer.claimName(name, tensor);
  for (const tensor of order) writer.add(tensor);
  for (const [name, tensor] of Object.entries(outputs)) writer.addOutput(name, tensor);
  const written = once(() => writer.finish());
  return {
    get bytes() {
      return written();
    },
    inputs: writer.inputs,
    outputs,
  };
}

function orderOf(outputs: ProgramOutputs): Tensor[] {
  return topologicalOrder(Object.values(outputs), computedFrom);
}

class GraphWriter {
  readonly inputs: Tensor[] = [];
  readonly #options: CompileOptions;
  readonly #nameOf = new Map<Tensor, string>();
  readonly #claimed = new Map<Tensor, string>();
  readonly #used = new Set<string>();
  readonly #constants = new Map<string, { name: string; rawData: Uint8Array }[]>();
  readonly #nodes: object[] = [];
  /** Operator sets besides the standard one. */
  readonly #domains = new Set<string>();
  readonly #initializers: object[] = [];
  readonly #outputs: object[] = [];
  /** Each tensor's counterpart in the program for a batch of another size. */
  readonly #others: ReadonlyMap<Tensor, Tensor> | undefined;

  constructor(options: CompileOptions, order: readonly Tensor[]) {
    this.#options = options;
    if (options.openBatch) this.#others = pairs(order, orderOf(options.openBatch));
  }

  add(tensor: Tensor): void {
    const { origin } = tensor;
    switch (origin.kind) {
      case "constant":
        this.#requireNoBatch(tensor);
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
        const onnx = this.#formOf(tensor, origin.onnx);
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

  /** Makes sure that a constant is not as large as the batch: its numbers are in the file. */
  #requireNoBatch(tensor: Tensor): void {
    const other = this.#others?.get(tensor);
    if (other && !sameShape(other.shape, tensor.shape))
      throw new Error(`the batch cannot be left open in a constant of ${formatShape(tensor.shape)}`);
  }

  /** How an operation is written: with the extents of the batch left open where that is asked for. */
  #formOf(tensor: Tensor, form: OnnxForm): OnnxForm {
    const other = this.#others?.get(tensor)?.origin;
    if (!other) return form;
    if (form.openBatch) return form.openBatch;
    if (other.kind !== "operation") throw new Error(`the program for another batch has no ${form.type}`);
    return openForm(form, other.onnx);
  }

  #addNode(onnx: OnnxForm, names: readonly string[], output: string): void {
    const maximum = this.#options.maxOperands;
    let input = names;
    while (onnx.type === "Concat" && maximum && input.length > maximum) {
      const group = `${output}/group${this.#nodes.length}`;
      this.#addNode(onnx, input.slice(0, maximum), group);
      input = [group, ...input.slice(maximum)];
    }
    if (onnx.domain) this.#domains.add(onnx.domain);
    this.#nodes.push({
      name: output,
      input,
      output: [output],
      opType: onnx.type,
      ...(onnx.domain && { domain: onnx.domain }),
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
    const { text, version, metadata = {} } = this.#options.about ?? {};
    return encodeModel({
      irVersion: IR_VERSION,
      producerName: "narrows",
      ...(version !== undefined && { producerVersion: version }),
      ...(text !== undefined && { docString: text }),
      // A runtime that lacks another set refuses the file, so only those that are used are named.
      opsetImport: [
        { domain: "", version: OPSET_VERSION },
        ...[...this.#domains].map((domain) => ({ domain, version: 1 })),
      ],
      metadataProps: Object.entries(metadata).map(([key, value]) => ({ key, value })),
      graph: {
        name: "narrows",
        node: this.#nodes,
        initializer: this.#initializers,
        input: this.inputs.map((tensor) => this.#valueInfo(this.#nameOf.get(tensor)!, tensor)),
        output: this.#outputs,
      },
    });
  }

  #addInput(tensor: Tensor): void {
    const name = this.#options.inputNames?.[tensor.name!] ?? tensor.name!;
    this.#useName(name);
    const values = this.#options.frozen?.get(tensor);
    if (values) {
      if (values.length !== sizeOf(tensor.shape))
        throw new Error(`${name} of ${formatShape(tensor.shape)} was frozen with ${values.length} numbers`);
      const encoded = encodeTensor({ dataType: "float32", shape: tensor.shape, data: values });
      this.#initializers.push({ ...encoded, name });
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
    const other = this.#others?.get(tensor)?.shape ?? tensor.shape;
    const dim = tensor.shape.map((extent, axis) =>
      extent === other[axis] ? { dimValue: extent } : { dimParam: "batch" },
    );
    const about = this.#options.about?.values?.[name];
    const tensorType = { elemType: ELEMENT_TYPES[tensor.dataType], shape: { dim } };
    return { name, type: { tensorType }, ...(about !== undefined && { docString: about }) };
  }
}

/** The tensors of a program, each with its counterpart in the same program for a batch of another size. */
function pairs(order: readonly Tensor[], others: readonly Tensor[]): Map<Tensor, Tensor> {
  if (order.length !== others.length) throw new Error("the program for another batch has other operations");
  return new Map(order.map((tensor, i) => [tensor, others[i]!]));
}

/**
 * An operation without the extent of the batch: where the shape that a Reshape is given differs from that of a batch of another size, the
 * runtime works it out from the others.
 */
function openForm(form: OnnxForm, other: OnnxForm): OnnxForm {
  const constants = form.constants?.map((constant, i) => {
    const [data, otherData] = [[...constant.data], [...(other.constants?.[i]?.data ?? [])]];
    const open = data.flatMap((value, at) => (value === otherData[at] ? [] : [at]));
    if (open.length === 0 && data.length === otherData.length) return constant;
    if (form.type !== "Reshape" || open.length !== 1)
      throw new Error(`the batch cannot be left open in ${form.type} with ${data.slice(0, 8).join(", ")}`);
    return { ...constant, data: data.map((value, at) => (at === open[0] ? -1 : value)) };
  });
  return { ...form, ...(constants && { constants }) };
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

function encodeTensor({ dataType, shape, data }: Omit<Constant, "data"> & { data: ArrayLike<number> }) {
  const isFloat = dataType === "float32";
  const values = isFloat ? Float32Array.from(data) : BigInt64Array.from(Array.from(data, BigInt));
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
