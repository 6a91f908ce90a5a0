/** What the user makes wider or higher by its edge. */
export const panels = {
  palette: { along: 'x', towards: 1, least: 160, most: 360, share: 0.28 },
  outline: { along: 'x', towards: 1, least: 220, most: 480, share: 0.26 },
  inspector: { along: 'x', towards: -1, least: 220, most: 600, share: 0.4 },
  steps: { along: 'y', towards: -1, least: 104, most: 360, share: 0.45 },
} as const satisfies Record<string, Edge>;

/** Sizes are in CSS pixels. */
interface Edge {
  readonly along: 'x' | 'y';
  /** The way in which the panel grows when its edge is moved: to the right or down is 1. */
  readonly towards: 1 | -1;
  readonly least: number;
  readonly most: number;
  /** Of the window, so that in a small one something is left of the canvas. */
  readonly share: number;
}

export type Panel = keyof typeof panels;

const key = 'weft.panels';
const names = Object.keys(panels) as Panel[];

function kept(): Partial<Record<Panel, number>> {
  try {
    const read = JSON.parse(localStorage.getItem(key) ?? '{}') as Record<string, unknown>;
    return Object.fromEntries(names.flatMap((panel) => (Number.isFinite(read[panel]) ? [[panel, read[panel]]] : [])));
  } catch {
    return {}; // Not readable, or storage is off: all have their usual sizes.
  }
}

/** What the user chose; the others are as wide or high as the design has them. */
const chosen = kept();

/** How large a panel may become in this window. */
export function mostOf(panel: Panel): number {
  const { along, most, share } = panels[panel];
  return Math.floor(Math.min(most, share * (along === 'x' ? innerWidth : innerHeight)));
}

/** The grid of the page takes them from here (App.module.css). */
function apply(panel: Panel) {
  const { along, least, share } = panels[panel];
  const size = chosen[panel];
  const { style } = document.documentElement;
  if (size === undefined) style.removeProperty(`--${panel}-size`);
  else
    style.setProperty(`--${panel}-size`, `clamp(${least}px, ${size}px, ${share * 100}v${along === 'x' ? 'w' : 'h'})`);
}

for (const panel of names) apply(panel);

/** Makes a panel this large, or as large as usual. */
export function resize(panel: Panel, size: number | undefined) {
  if (size === undefined) delete chosen[panel];
  else chosen[panel] = Math.round(Math.min(mostOf(panel), Math.max(panels[panel].least, size)));
  apply(panel);
}

/** What was chosen stays chosen when the page is opened again. */
export function keepSizes() {
  try {
    localStorage.setItem(key, JSON.stringify(chosen));
  } catch {
    // Storage is off; sizes last until the page is closed.
  }
}

/** All panels as large as usual. */
export function resetSizes() {
  for (const panel of names) resize(panel, undefined);
  keepSizes();
}
