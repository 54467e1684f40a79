/** Styles of the summary page; text in a script, because Node's tools import it too. */

export const SUMMARY_STYLE = `
:root {
  color-scheme: light dark;
  --paper: #fff;
  --raised: #f5f7f9;
  --ink: #1b2129;
  --quiet: #56616d;
  --line: #dfe4ea;
  --strong-line: #c3ccd6;
  --link: #0b5cad;
  --error: #b3261e;
  --error-ink: #fff;
  --warning: #8a5200;
  --mark: #a3361c;
  --point: #4a6785;
  --box: #c9d6e4;
  --target: #fff3c9;
}

@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14181d;
    --raised: #1c2229;
    --ink: #e4e9ee;
    --quiet: #9fabb8;
    --line: #2b333c;
    --strong-line: #465261;
    --link: #82b8f2;
    --error: #f2867c;
    --error-ink: #2b0906;
    --warning: #f0b45a;
    --mark: #ff9d73;
    --point: #9dbbd9;
    --box: #34485c;
    --target: #3f3714;
  }
}

* {
  box-sizing: border-box;
}

html {
  background: var(--paper);
  color: var(--ink);
  font: 14px / 1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  scroll-padding-top: 40px;
}

body {
  max-width: 1500px;
  margin: 0 auto;
  padding: 20px 24px 40px;
}

h1, h2, h3, p, ul, dl, dd, figure {
  margin: 0;
  padding: 0;
}

h1 {
  font-size: 26px;
  line-height: 1.2;
  overflow-wrap: anywhere;
}

h2 {
  margin: 30px 0 8px;
  font-size: 18px;
  break-after: avoid;
}

h3 {
  margin: 16px 0 4px;
  font-size: 14px;
}

small, .note, .kind, footer {
  color: var(--quiet);
  font-size: 13px;
  font-weight: 400;
}

.note {
  max-width: 100ch;
}

a {
  color: var(--link);
  text-underline-offset: 2px;
}

nav {
  display: flex;
  flex-wrap: wrap;
  gap: 4px 18px;
  margin-top: 14px;
}

.counts {
  display: flex;
  flex-wrap: wrap;
  gap: 10px 34px;
  margin-top: 14px;
}

.counts dt {
  color: var(--quiet);
  font-size: 13px;
}

.counts dd {
  font-size: 20px;
  font-variant-numeric: tabular-nums;
}

.counts .bad dd {
  color: var(--error);
  font-weight: 650;
}

.banner {
  margin-top: 14px;
  padding: 8px 12px;
  border: 1px solid var(--error);
  border-left-width: 6px;
  border-radius: 4px;
  overflow-wrap: anywhere;
}

ul {
  list-style: none;
}

.findings > li {
  display: grid;
  grid-template-columns: 92px minmax(0, 1fr) auto;
  gap: 12px;
  padding: 10px 0;
  border-top: 1px solid var(--line);
  break-inside: avoid;
}

.beside {
  display: flex;
  gap: 6px;
}

.beside img {
  display: block;
  width: auto;
  max-width: 150px;
  height: 88px;
  border-radius: 3px;
  object-fit: contain;
}

@media (max-width: 700px) {
  .findings > li {
    grid-template-columns: 92px minmax(0, 1fr);
  }

  .beside {
    grid-column: 2;
  }
}

.findings p {
  max-width: 110ch;
  overflow-wrap: anywhere;
}

.findings .title {
  font-weight: 650;
}

.severity {
  display: inline-block;
  min-width: 84px;
  padding: 1px 8px;
  border: 1px solid currentcolor;
  border-radius: 3px;
  color: var(--quiet);
  font-size: 13px;
  font-weight: 600;
  text-align: center;
  white-space: nowrap;
}

.severity.error {
  border-color: var(--error);
  background: var(--error);
  color: var(--error-ink);
}

.severity.warning {
  color: var(--warning);
}

.findings .severity {
  align-self: start;
}

.names {
  margin-top: 4px;
  overflow-wrap: anywhere;
}

.names a {
  margin-right: 10px;
  white-space: nowrap;
}

.title code {
  margin-left: 6px;
  font-weight: 400;
}

code {
  color: var(--quiet);
  font: 12px ui-monospace, Menlo, Consolas, monospace;
}

details {
  margin-top: 8px;
}

summary {
  cursor: pointer;
}

:is(a, summary):focus-visible {
  outline: 2px solid var(--link);
  outline-offset: 2px;
}

.wide {
  overflow-x: auto;
}

table {
  border-collapse: separate;
  border-spacing: 0;
  font-size: 13px;
}

table.full {
  width: 100%;
}

caption {
  padding-bottom: 6px;
  color: var(--quiet);
  text-align: left;
}

th, td {
  padding: 4px 14px 4px 0;
  border-bottom: 1px solid var(--line);
  font-weight: 400;
  text-align: left;
  vertical-align: top;
}

thead th {
  position: sticky;
  top: 0;
  z-index: 1;
  border-bottom: 1px solid var(--strong-line);
  background: var(--paper);
  color: var(--quiet);
  font-weight: 600;
  vertical-align: bottom;
}

tbody th {
  min-width: 9ch;
  max-width: 34ch;
  font-weight: 600;
  overflow-wrap: break-word;
}

tbody tr:hover > * {
  background: var(--raised);
}

tr:target > * {
  background: var(--target);
}

.cases tbody > tr > * {
  vertical-align: middle;
}

.cases thead th {
  max-width: 14ch;
}

.folds thead th {
  position: static;
}

.folds [colspan] {
  border-bottom: 0;
  text-align: center;
}

.number {
  font-variant-numeric: tabular-nums;
  text-align: right;
}

td.number {
  white-space: nowrap;
}

.labels {
  max-width: 22ch;
  overflow-wrap: anywhere;
}

.nowrap {
  white-space: nowrap;
}

.none {
  color: var(--quiet);
}

td.bad {
  color: var(--error);
  font-weight: 650;
}

.picture {
  width: 70px;
}

.picture img {
  display: block;
  width: 56px;
  height: 56px;
  object-fit: contain;
}

figure svg {
  display: block;
  width: 100%;
  max-width: 1180px;
  height: auto;
}

svg text {
  fill: var(--ink);
  font: 12px system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
}

svg .axis {
  fill: var(--quiet);
}

svg .grid {
  stroke: var(--line);
}

svg .row {
  stroke: var(--line);
}

svg .box {
  fill: var(--box);
  fill-opacity: 0.55;
  stroke: var(--ink);
  stroke-opacity: 0.7;
}

svg .median {
  stroke: var(--ink);
  stroke-width: 2;
}

svg .points {
  fill: none;
  stroke: var(--point);
  stroke-linecap: round;
  stroke-opacity: 0.6;
  stroke-width: 4.5;
}

svg .many {
  stroke-opacity: 0.75;
  stroke-width: 2.4;
}

svg .outlier path {
  fill: var(--mark);
  stroke: var(--paper);
}

svg .outlier:hover text, svg .outlier:focus-visible text {
  text-decoration: underline;
}

svg .outlier text {
  fill: var(--mark);
  stroke: var(--paper);
  stroke-width: 3px;
  paint-order: stroke;
  font-size: 11px;
  font-weight: 600;
}

.key {
  display: inline-block;
  width: 0;
  height: 0;
  border: 5px solid transparent;
  border-bottom: 9px solid var(--mark);
  border-top: 0;
}

footer {
  margin-top: 34px;
  padding-top: 8px;
  border-top: 1px solid var(--line);
}

@page {
  size: A4 landscape;
  margin: 12mm;
}

@media print {
  html {
    font-size: 11px;
    -webkit-print-color-adjust: exact;
    print-color-adjust: exact;
  }

  body {
    max-width: none;
    padding: 0;
  }

  nav {
    display: none;
  }

  thead {
    display: table-header-group;
  }

  thead th {
    position: static;
  }

  tr {
    break-inside: avoid;
  }

  .wide {
    overflow: visible;
  }
}
`;
