import type { GpuKind, WayName } from "../../site/lab/core/ways.js";
import type { Host } from "../../site/lab/worker/computing.js";
import { mapValues } from "../../src/collections.js";
import type { Device } from "../../src/onnx/devices.js";
import { nodeDevice } from "../../src/onnx/node.js";
import { Kept, type Session } from "../../src/onnx/session.js";
import { type Shape, sizeOf } from "../../src/tensor/shape.js";

/** How a way behaves in a test. */
export interface FakeWay {
  /** What a run takes, by the host's clock. */
  readonly milliseconds: number;
  /** What its losses are multiplied with: 1 is sound. */
  readonly lossFactor?: number;
  /** Whether opening it is refused. */
  readonly isRefused?: boolean;
}

/** Numbers that a fake card keeps: not where the host finds them, and gone once they are freed. */
class OnFakeCard extends Kept {
  numbers: Float32Array | undefined;

  constructor(numbers: Float32Array, shape: Shape) {
    super({} as Kept["tensor"], shape);
    this.numbers = numbers;
  }

  override free(): void {
    this.numbers = undefined;
  }
}

/** Keeps outputs as a graphics card does, on the processor. */
function keeping(device: Device): Device {
  return {
    ...device,
    keepsOutputs: true,
    async open(program, names = []) {
      const session = await device.open(program);
      return {
        async run(feeds, into) {
          const kept = Object.fromEntries(
            names.map((name) => {
              const { shape } = program.outputs[name]!;
              return [name, new OnFakeCard(new Float32Array(sizeOf(shape)), shape)] as const;
            }),
          );
          const arrays = mapValues(feeds, (feed) => (feed instanceof OnFakeCard ? feed.numbers! : feed));
          await session.run(arrays, { ...into, ...mapValues(kept, ({ numbers }) => numbers!) });
          return kept;
        },
        release: () => session.release(),
      };
    },
  };
}

/** A workstation whose ways all compute on Node's processor, at speeds of their own by a clock that only their runs move. */
export function fakeHost(ways: Readonly<Record<WayName, FakeWay>>, gpu: GpuKind = "card") {
  let time = 0;
  const opened: WayName[] = [];
  const lose = new Map<WayName, (why: string) => void>();
  /** Set by a test: runs of this way throw from now on. */
  const broken = new Set<WayName>();
  let looks = 0;

  const faked = (name: WayName, session: Session): Session => ({
    async run(feeds, into) {
      if (broken.has(name)) throw new Error("the card is gone");
      time += ways[name].milliseconds;
      const kept = await session.run(feeds, into);
      if (into.loss) into.loss[0]! *= ways[name].lossFactor ?? 1;
      return kept;
    },
    release: () => session.release(),
  });

  const host: Host = {
    facts: () => ({ isIsolated: true, processors: 4, gpu: undefined }),
    async lookForGpu() {
      looks++;
      return gpu;
    },
    async openWay({ device: kind, threads }, _, onLost): Promise<Device> {
      const name: WayName = kind === "webgpu" ? "webgpu" : threads > 1 ? "threads" : "own";
      if (ways[name].isRefused) throw new Error("no such file\nand a trace");
      opened.push(name);
      lose.set(name, onLost);
      const processor = await nodeDevice("cpu", 1);
      const device = name === "webgpu" ? keeping(processor) : processor;
      return { ...device, open: async (...program) => faked(name, await device.open(...program)) };
    },
    now: () => time,
  };
  return { host, opened, lose, broken, looks: () => looks };
}
