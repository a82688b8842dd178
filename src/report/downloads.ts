/**
 * The page's own script: saves a figure as a stand-alone SVG (dark ink on white, whatever the page shows) or its
 * data as CSV. Without scripts the page reads the same, and the buttons stay hidden.
 */
export const DOWNLOAD_SCRIPT = `
for (const figure of document.querySelectorAll("figure[data-file]")) {
  figure.querySelector(".downloads").hidden = false;
  const save = (extension, type, text) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = figure.dataset.file + "." + extension;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
  const savers = {
    svg() {
      const svg = figure.querySelector("svg").cloneNode(true);
      svg.setAttribute("style", "color:#1c2530;background:#fff");
      save("svg", "image/svg+xml", new XMLSerializer().serializeToString(svg));
    },
    csv() {
      save("csv", "text/csv", JSON.parse(figure.querySelector("script").textContent));
    },
  };
  for (const button of figure.querySelectorAll("button")) button.addEventListener("click", savers[button.dataset.save]);
}
`;
