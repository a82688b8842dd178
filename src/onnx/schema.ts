import protobuf from "protobufjs/light.js";

// The part of the ONNX file format that Narrows writes, as field numbers of onnx.proto (IR version 10). A descriptor of
// seven messages instead of a generated library of all of them: it loads in a millisecond and runs in a browser.
const root = protobuf.Root.fromJSON({
  nested: {
    OperatorSetId: { fields: { domain: { type: "string", id: 1 }, version: { type: "int64", id: 2 } } },
    Attribute: {
      fields: {
        name: { type: "string", id: 1 },
        f: { type: "float", id: 2 },
        i: { type: "int64", id: 3 },
        s: { type: "bytes", id: 4 },
        floats: { rule: "repeated", type: "float", id: 7, options: { packed: false } },
        ints: { rule: "repeated", type: "int64", id: 8, options: { packed: false } },
        type: { type: "int32", id: 20 },
      },
    },
    TensorData: {
      fields: {
        dims: { rule: "repeated", type: "int64", id: 1, options: { packed: false } },
        dataType: { type: "int32", id: 2 },
        name: { type: "string", id: 8 },
        rawData: { type: "bytes", id: 9 },
      },
    },
    Node: {
      fields: {
        input: { rule: "repeated", type: "string", id: 1 },
        output: { rule: "repeated", type: "string", id: 2 },
        name: { type: "string", id: 3 },
        opType: { type: "string", id: 4 },
        attribute: { rule: "repeated", type: "Attribute", id: 5 },
        domain: { type: "string", id: 7 },
      },
    },
    Dimension: { fields: { dimValue: { type: "int64", id: 1 }, dimParam: { type: "string", id: 2 } } },
    TensorShape: { fields: { dim: { rule: "repeated", type: "Dimension", id: 1 } } },
    TensorType: { fields: { elemType: { type: "int32", id: 1 }, shape: { type: "TensorShape", id: 2 } } },
    ValueType: { fields: { tensorType: { type: "TensorType", id: 1 } } },
    ValueInfo: {
      fields: {
        name: { type: "string", id: 1 },
        type: { type: "ValueType", id: 2 },
        docString: { type: "string", id: 3 },
      },
    },
    Graph: {
      fields: {
        node: { rule: "repeated", type: "Node", id: 1 },
        name: { type: "string", id: 2 },
        initializer: { rule: "repeated", type: "TensorData", id: 5 },
        input: { rule: "repeated", type: "ValueInfo", id: 11 },
        output: { rule: "repeated", type: "ValueInfo", id: 12 },
      },
    },
    Property: { fields: { key: { type: "string", id: 1 }, value: { type: "string", id: 2 } } },
    Model: {
      fields: {
        irVersion: { type: "int64", id: 1 },
        producerName: { type: "string", id: 2 },
        producerVersion: { type: "string", id: 3 },
        docString: { type: "string", id: 6 },
        graph: { type: "Graph", id: 7 },
        opsetImport: { rule: "repeated", type: "OperatorSetId", id: 8 },
        metadataProps: { rule: "repeated", type: "Property", id: 14 },
      },
    },
  },
});
const modelType = root.lookupType("Model");

/** Bytes of an ONNX model given as plain objects of the messages above. */
export function encodeModel(model: Readonly<Record<string, unknown>>): Uint8Array {
  return modelType.encode(modelType.fromObject(model)).finish();
}
