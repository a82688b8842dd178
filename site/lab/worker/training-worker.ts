import type { Message, Request } from "../core/contract.js";
import { hostFacts, lookForGpu, openWay } from "./device.js";
import { Laboratory } from "./laboratory.js";
import { save, saved } from "./saved.js";

/** The worker that trains. Its messages are those of the contract. */
const scope = globalThis as unknown as DedicatedWorkerGlobalScope;
const send = (message: Message, transfer: Transferable[] = []) => scope.postMessage(message, transfer);
const host = { facts: hostFacts, lookForGpu, openWay, now: () => performance.now() };
/** Of a piece on another page: it neither continues the lab's own training nor takes the place of its copy. */
const isUnkept = scope.name === "unkept";
const copies = isUnkept ? { save: async () => {}, saved: async () => undefined } : { save, saved };
const laboratory = new Laboratory({ send, host, ...copies });

scope.onmessage = ({ data }: MessageEvent<Request>) => void laboratory.handle(data);
