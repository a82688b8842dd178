import type { Device } from "../../../src/onnx/devices.js";
import type { Session } from "../../../src/onnx/session.js";
import type { WayName } from "../core/ways.js";

/** So long after an error it may still be heard that the device is lost. */
const LOST_MS = 200;

/** A way to compute that does not compute any more, or never did: another one can take over. */
export class DeviceFailure extends Error {
  override readonly name = "DeviceFailure";
  readonly way: WayName;

  constructor(way: WayName, cause: unknown) {
    super(firstLine(cause instanceof Error ? cause.message : String(cause)), { cause });
    this.way = way;
  }
}

/**
 * A device whose errors are {@link DeviceFailure}s. Once there was one, or the device is lost, nothing is computed there or waited for, and what is
 * released has nothing to give back.
 * @param lost Resolves with the reason when the device is taken away.
 */
export function guarded(device: Device, way: WayName, lost: Promise<string>): Device {
  let failure: DeviceFailure | undefined;
  const waiting = new Set<(why: DeviceFailure) => void>();
  void lost.then((why) => {
    failure ??= new DeviceFailure(way, why);
    for (const give of waiting) give(failure);
  });
  const attempt = <Result>(work: () => Promise<Result>): Promise<Result> =>
    new Promise<Result>((resolve, reject) => {
      if (failure) return reject(failure);
      waiting.add(reject);
      work()
        .then(resolve, async (error: unknown) => {
          // A device that is lost makes its program fail first, and says why a moment later.
          const why = await Promise.race([lost, new Promise<undefined>((go) => setTimeout(go, LOST_MS))]);
          failure ??= new DeviceFailure(way, why ?? error);
          reject(failure);
        })
        .finally(() => waiting.delete(reject));
    });
  const guardedSession = (session: Session): Session => ({
    run: (feeds, into) => attempt(() => session.run(feeds, into)),
    release: async () => {
      if (!failure) await attempt(() => session.release());
    },
  });
  return {
    ...device,
    open: (program, kept) => attempt(async () => guardedSession(await device.open(program, kept))),
  };
}

/** Runtimes add traces of their own, a line each, and where they were built. */
function firstLine(message: string): string {
  const [first] = message.split("\n");
  const line = first!
    .replace(/\S*\/(?=[^\s/])/g, "")
    .trim()
    .replace(/\.$/, "");
  return line.length > 160 ? `${line.slice(0, 157)}...` : line;
}
