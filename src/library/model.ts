/** Models: the parts, how they compose, and the layers, initial weights and optimizer that they are made of. It runs anywhere. */
export * from "../model/index.js";
export * from "../nn/index.js";
