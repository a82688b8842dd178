import { onBeforeUnmount, onMounted, type Ref, shallowRef } from "vue";

/** Colours of the page that a canvas needs as numbers. */
export interface Palette {
  readonly ink: string;
  readonly paper: string;
  readonly isDark: boolean;
  readonly font: string;
}

const LIGHT: Palette = {
  ink: "rgb(28, 37, 48)",
  paper: "rgb(255, 255, 255)",
  isDark: false,
  font: "sans-serif",
};

/** The colours in which an element is shown now: they follow the system, and a switch of the page. */
export function usePalette(element: Readonly<Ref<HTMLElement | null>>): Readonly<Ref<Palette>> {
  const palette = shallowRef<Palette>(LIGHT);
  let observer: MutationObserver | undefined;
  let media: MediaQueryList | undefined;
  const read = () => {
    if (element.value) palette.value = paletteOf(element.value);
  };
  onMounted(() => {
    read();
    media = window.matchMedia("(prefers-color-scheme: dark)");
    media.addEventListener("change", read);
    // VitePress and others switch a class, an attribute or a style of the root.
    observer = new MutationObserver(read);
    observer.observe(document.documentElement, { attributes: true });
  });
  onBeforeUnmount(() => {
    observer?.disconnect();
    media?.removeEventListener("change", read);
  });
  return palette;
}

function paletteOf(element: HTMLElement): Palette {
  const { color: ink, fontFamily: font } = getComputedStyle(element);
  const isDark = lightnessOf(ink) > 0.5;
  const paper = getComputedStyle(element).getPropertyValue("--lab-paper").trim() || LIGHT.paper;
  return { ink, paper, isDark, font };
}

/** Of a computed colour, `rgb(...)`: light ink means a dark page. */
function lightnessOf(colour: string): number {
  const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map(Number);
  return (0.299 * red + 0.587 * green + 0.114 * blue) / 255;
}
