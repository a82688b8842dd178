import { onScopeDispose, type Ref, ref } from "vue";

/** Narrower than two columns: as in the styles of the lab. */
const NARROW = "(max-width: 719px)";

/** Whether the window has room for one column alone. To be called in a component's setup, in a browser. */
export function useNarrow(): Readonly<Ref<boolean>> {
  const media = matchMedia(NARROW);
  const isNarrow = ref(media.matches);
  const read = () => {
    isNarrow.value = media.matches;
  };
  media.addEventListener("change", read);
  onScopeDispose(() => media.removeEventListener("change", read));
  return isNarrow;
}
