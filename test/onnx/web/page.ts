import { type Answer, type PageRequest, trainHere } from "./request.js";

// The page that the test opens: it trains on the device it is asked for, by itself or in a worker.

declare global {
  var trainOnPage: (request: PageRequest) => Promise<Answer>;
}

globalThis.trainOnPage = (request) =>
  request.place === "worker" ? trainInWorker(request) : trainHere(request);

function trainInWorker(request: PageRequest): Promise<Answer> {
  const worker = new Worker("worker.js", { type: "module" });
  return new Promise<Answer>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Answer>) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage(request);
  }).finally(() => worker.terminate());
}
