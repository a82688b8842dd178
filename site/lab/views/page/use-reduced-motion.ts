import { onBeforeUnmount, onMounted, type Ref, shallowRef } from "vue";

/** Whether the visitor asked the system for less motion. */
export function useReducedMotion(): Readonly<Ref<boolean>> {
  const isReduced = shallowRef(false);
  let media: MediaQueryList | undefined;
  const read = () => {
    isReduced.value = media?.matches ?? false;
  };
  onMounted(() => {
    media = window.matchMedia("(prefers-reduced-motion: reduce)");
    media.addEventListener("change", read);
    read();
  });
  onBeforeUnmount(() => media?.removeEventListener("change", read));
  return isReduced;
}
