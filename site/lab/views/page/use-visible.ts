import { onBeforeUnmount, onMounted, type Ref, shallowRef } from "vue";

/** Whether some of an element is within the window: what is not need not be drawn. */
export function useVisible(element: Readonly<Ref<HTMLElement | null>>): Readonly<Ref<boolean>> {
  const isVisible = shallowRef(true);
  let observer: IntersectionObserver | undefined;
  onMounted(() => {
    if (!element.value) return;
    observer = new IntersectionObserver((entries) => {
      isVisible.value = entries[entries.length - 1]?.isIntersecting ?? true;
    });
    observer.observe(element.value);
  });
  onBeforeUnmount(() => observer?.disconnect());
  return isVisible;
}
