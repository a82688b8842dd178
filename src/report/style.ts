/** The look of a report: one quiet column of text, figures as wide as they need, readable by day and by night. */
export const STYLE = `
:root { --ink: #1c2530; --soft: #5a6673; --line: #dfe3e8; --paper: #fdfdfb; --raised: #ffffff; --accent: #2c5f9e; color-scheme: light; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e4e8ed; --soft: #9aa6b3; --line: #2c353f; --paper: #14181d; --raised: #191e24; --accent: #86b3e6; color-scheme: dark; }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; color: var(--ink); background: var(--paper);
  font: 1.0625rem/1.6 "Source Serif 4", Charter, "Bitstream Charter", "Sitka Text", Cambria, Georgia, "Liberation Serif", serif;
  font-variant-numeric: oldstyle-nums; }
main { max-width: 76rem; margin: 0 auto; padding: clamp(1.5rem, 5vw, 4.5rem) clamp(1rem, 4vw, 3rem); }
header, section > h2, section > p, nav { max-width: 42rem; }
h1, h2, h3 { line-height: 1.2; font-weight: 600; letter-spacing: -0.011em; text-wrap: balance; }
h1 { font-size: clamp(1.9rem, 5vw, 2.7rem); margin: 0 0 .4rem; }
h2 { font-size: 1.5rem; margin: 3.5rem 0 .8rem; }
h3 { font-size: 1.15rem; margin: 0 0 .2rem; }
p { margin: 0 0 1rem; text-wrap: pretty; hyphens: auto; }
a { color: var(--accent); }
.subtitle { color: var(--soft); }
header .subtitle { font-size: 1.2rem; line-height: 1.45; }
table, dl, nav, summary, button, figcaption, footer { font-family: Arial, Helvetica, "Liberation Sans", sans-serif; font-variant-numeric: lining-nums tabular-nums; }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.25rem; margin: 1.5rem 0 0; padding: 1rem 0 0; border-top: 1px solid var(--line); font-size: .875rem; line-height: 1.45; }
.facts dt { color: var(--soft); }
.facts dd { margin: 0; overflow-wrap: anywhere; }
nav { margin: 1.5rem 0 0; font-size: .875rem; }
nav ol { margin: 0; padding: 0; list-style: none; display: flex; flex-wrap: wrap; gap: .3rem 1.1rem; }
nav a { text-decoration: none; }
nav a:hover { text-decoration: underline; }
.key-figures { display: grid; max-width: 60rem; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: 1.25rem 1.5rem; margin: 1.2rem 0 1.6rem; }
.key-figures > div { border-top: 2px solid var(--accent); padding-top: .55rem; }
.key-figures dt { font-size: .8125rem; line-height: 1.35; color: var(--soft); }
.key-figures dd { margin: .15rem 0 0; font-size: 1.7rem; line-height: 1.15; letter-spacing: -0.02em; }
.key-figures .unit { font-size: .95rem; letter-spacing: 0; color: var(--soft); }
.key-figures dd.note { font-size: .8125rem; line-height: 1.4; letter-spacing: 0; color: var(--soft); }
figure { margin: 1.4rem 0 2rem; min-width: 0; }
.drawing { overflow-x: auto; }
.drawing svg { display: block; max-width: 100%; height: auto; }
.drawing image { image-rendering: pixelated; }
.drawing:focus-visible, .scroll:focus-visible { outline: 2px solid var(--accent); outline-offset: 3px; }
figcaption { max-width: 42rem; margin-top: .7rem; font-size: .8125rem; line-height: 1.5; color: var(--soft); }
figcaption b { color: var(--ink); font-weight: 600; }
.downloads { white-space: nowrap; }
button { font-size: .75rem; padding: .05rem .5rem; color: var(--accent); background: none; border: 1px solid var(--line); border-radius: 1rem; cursor: pointer; }
button:hover, button:focus-visible { border-color: var(--accent); }
.figures { display: flex; flex-wrap: wrap; gap: 0 2.5rem; }
.figures > figure { flex: 0 1 auto; max-width: 100%; }
.panels { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 30rem), 1fr)); gap: 1.2rem 2rem; align-items: end; }
.panels > figure { margin: 0; }
.panels > .wide { grid-column: 1 / -1; }
.panels figcaption { margin-top: .35rem; }
.panels figcaption b { font-size: .9375rem; margin-right: .35em; }
.panels-caption { margin-top: 1.4rem; font: .8125rem/1.5 Arial, Helvetica, "Liberation Sans", sans-serif; color: var(--soft); }
.panels-caption b { color: var(--ink); }
.comparison { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); gap: 2rem 2.5rem; margin-top: 1.4rem; }
.side { min-width: 0; padding: 1.3rem 1.4rem 0; background: var(--raised); border: 1px solid var(--line); border-radius: .6rem; }
.side > .subtitle { font-size: .95rem; margin: 0; }
.side > .link, .side > .warning { font-size: .875rem; margin: .2rem 0 .8rem; }
.side > .link a { color: var(--accent); }
.scroll { overflow-x: auto; margin: 1rem 0 1.6rem; }
table { border-collapse: collapse; font-size: .875rem; line-height: 1.4; }
caption { text-align: start; padding-bottom: .5rem; color: var(--soft); }
th, td { padding: .4rem 1.4rem .4rem 0; text-align: start; vertical-align: top; border-bottom: 1px solid var(--line); }
th { font-weight: 600; color: var(--soft); white-space: nowrap; }
.end { text-align: end; padding-left: 1.4rem; }
th:last-child, td:last-child { padding-right: 0; }
summary { cursor: pointer; font-size: .875rem; color: var(--accent); }
footer { margin-top: 4rem; padding-top: 1rem; border-top: 1px solid var(--line); font-size: .8125rem; color: var(--soft); overflow-wrap: anywhere; }
@media print {
  :root { --ink: #000; --soft: #444; --line: #bbb; --paper: #fff; --raised: #fff; --accent: #000; color-scheme: light; }
  body { font-size: 10.5pt; }
  main { max-width: none; padding: 0; }
  nav, .downloads { display: none; }
  .drawing, .scroll { overflow: visible; }
  .drawing svg { min-width: 0 !important; }
  .figures { display: block; }
  .panels { grid-template-columns: 1fr 1fr; gap: .6rem 1rem; }
  figure, tr, .key-figures > div { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  .comparison { grid-template-columns: 1fr 1fr; gap: 1rem; }
  .side { border: 0; padding: 0; }
}
`;
