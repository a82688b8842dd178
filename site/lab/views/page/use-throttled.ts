import { onBeforeUnmount, type Ref, shallowRef, watch } from "vue";

/** What a getter gives, at most once in a number of milliseconds; the latest is never lost. */
export function useThrottled<Value>(source: () => Value, milliseconds: number): Readonly<Ref<Value>> {
  const value = shallowRef(source()) as Ref<Value>;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isLate = false;
  const take = () => {
    timer = undefined;
    if (!isLate) return;
    isLate = false;
    value.value = source();
    timer = setTimeout(take, milliseconds);
  };
  watch(source, () => {
    isLate = true;
    if (timer === undefined) take();
  });
  onBeforeUnmount(() => clearTimeout(timer));
  return value;
}
