import { type PageRequest, trainHere } from "./request.js";

// The same in a worker.

addEventListener("message", async ({ data }: MessageEvent<PageRequest>) => {
  postMessage(await trainHere(data));
});
