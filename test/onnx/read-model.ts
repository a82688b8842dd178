import protobuf from "protobufjs/light.js";

/** What a test asks of an ONNX file, read with the field numbers of onnx.proto and none of our code. */
export interface NodeOfFile {
  readonly type: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

const GRAPH_OF_MODEL = 7;
const NODE_OF_GRAPH = 1;
const INPUT_OF_NODE = 1;
const OUTPUT_OF_NODE = 2;
const TYPE_OF_NODE = 4;

/** The nodes of an ONNX model, in their order. */
export function nodesOf(model: Uint8Array): NodeOfFile[] {
  const graph = fields(model, GRAPH_OF_MODEL)[0]!;
  return fields(graph, NODE_OF_GRAPH).map((node) => ({
    type: texts(node, TYPE_OF_NODE)[0]!,
    inputs: texts(node, INPUT_OF_NODE),
    outputs: texts(node, OUTPUT_OF_NODE),
  }));
}

function texts(message: Uint8Array, id: number): string[] {
  return fields(message, id).map((bytes) => new TextDecoder().decode(bytes));
}

/** The length-delimited fields of a message that have a number. */
function fields(message: Uint8Array, id: number): Uint8Array[] {
  const LENGTH_DELIMITED = 2;
  const reader = protobuf.Reader.create(message);
  const found: Uint8Array[] = [];
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if (tag >>> 3 === id && (tag & 7) === LENGTH_DELIMITED) found.push(reader.bytes());
    else reader.skipType(tag & 7);
  }
  return found;
}
