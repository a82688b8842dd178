/** A small model of a piece: it is opened when the reader presses Train, and released when another trains or the page is left. */
import { computed, type EffectScope, effectScope, onScopeDispose, type Ref, ref, shallowRef } from "vue";
import type { Experiment } from "../../../src/lab/experiment.js";
import { linkOf } from "../../../src/lab/link.js";
import type { Status } from "../core/contract.js";
import type { Lab } from "../core/store-contract.js";
import { Measurer } from "../measurer.js";
import { ortFolder } from "../ort-folder.js";
import { openLab } from "../store.js";
import { experimentOf } from "./piece-experiment.js";
import { useSitePage } from "./site-page.js";

/** `idle`: not begun. `released`: another training took its place; what was drawn stays. */
export type PieceStatus = Status | "idle" | "released";

export interface Piece {
  readonly experiment: Readonly<Ref<Experiment>>;
  readonly status: Readonly<Ref<PieceStatus>>;
  /** What trains, or what trained until it was released; undefined before the first training. */
  readonly lab: Readonly<Ref<Lab | undefined>>;
  readonly measurer: Measurer;
  /** Changes settings; a training takes them on the fly. */
  change(settings: Partial<Experiment>): void;
  train(): void;
  pause(): void;
  /** Begins again at step 0 with other settings, and trains on if it did. */
  restart(settings: Partial<Experiment>): void;
}

/**
 * To be called in a piece's setup, in a browser.
 * @param link The experiment as the lab's address has it: where the piece begins, and written with each change.
 * @throws Error for a link that is no experiment.
 */
export function usePiece(link: Ref<string>): Piece {
  const { base, turn } = useSitePage();
  const wasmPaths = new URL(base + ortFolder(), location.href).href;
  const measurer = new Measurer();
  const experiment = shallowRef(experimentOf(link.value));
  const lab = shallowRef<Lab>();
  const isReleased = ref(false);
  let scope: EffectScope | undefined;

  const release = () => {
    scope?.stop();
    scope = undefined;
    isReleased.value = true;
  };
  onScopeDispose(() => {
    turn.leave(release);
    release();
    measurer.close();
  });
  const status = computed<PieceStatus>(() => {
    if (!lab.value) return "idle";
    return isReleased.value ? "released" : lab.value.status.value;
  });
  const set = (settings: Partial<Experiment>) => {
    experiment.value = { ...experiment.value, ...settings };
    link.value = linkOf(experiment.value);
  };
  const train = () => {
    turn.take(release);
    if (!scope) {
      scope = effectScope(true);
      lab.value = scope.run(() => openLab({ wasmPaths, hash: link.value, isKept: false, measurer }));
      isReleased.value = false;
    }
    lab.value?.train();
  };

  return {
    experiment,
    status,
    lab,
    measurer,
    change(settings) {
      set(settings);
      if (scope) lab.value?.change(settings);
    },
    train,
    pause: () => lab.value?.pause(),
    restart(settings) {
      const trains = status.value === "training" || status.value === "opening";
      set(settings);
      release();
      turn.leave(release);
      lab.value = undefined;
      if (trains) train();
    },
  };
}
