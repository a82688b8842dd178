export { readTorchCheckpoint, type TorchCheckpoint } from "./torch-checkpoint.js";
