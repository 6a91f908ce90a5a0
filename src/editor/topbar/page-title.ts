import { documentStore } from '../state/document-store';
import { type RunState, runStore } from '../state/run-store';
import { tabsStore } from '../state/tabs';
import { common } from '../text/common';

/** What the browser's tab says of the page: for those who look elsewhere while a graph runs. */
export interface PageSign {
  readonly title: string;
  readonly mark: 'running' | 'done' | 'failed' | undefined;
  /** Whole percent of the run that goes on. */
  readonly percent: number;
}

interface Named {
  readonly name: string;
  readonly run: RunState;
}

const marks = { done: '✓', failed: '!' } as const;

/**
 * "36 % · Neon train · Weft" while a graph runs, the one that is shown or another; "✓ Neon train · Weft" when it is done, until
 * the user was `seen` on the page.
 */
export function pageSign(shown: Named, others: readonly Named[], seen: boolean): PageSign {
  const running = [shown, ...others].find(({ run }) => run.phase !== 'idle');
  const title = ({ name }: Named) => `${name || common.untitled} · Weft`;
  if (running) {
    const percent = Math.floor(100 * running.run.share);
    return { title: `${percent} % · ${title(running)}`, mark: 'running', percent };
  }
  const over = [shown, ...others]
    .filter(({ run: { outcome } }) => outcome && outcome.outcome !== 'cancelled')
    .reduce<Named | undefined>((last, next) => (last && endOf(last) >= endOf(next) ? last : next), undefined);
  if (!over || seen) return { title: title(shown), mark: undefined, percent: 0 };
  const mark = over.run.outcome?.outcome === 'failed' ? 'failed' : 'done';
  return { title: `${marks[mark]} ${title(over)}`, mark, percent: 100 };
}

const endOf = ({ run: { startedAt, outcome } }: Named): number => startedAt + (outcome?.milliseconds ?? 0);

const threads = 'M2.5 6.5h4M11 6.5h6.5M2.5 13.5H9M13.5 13.5h4M6.5 2.5V9M6.5 13.5v4M13.5 2.5v4M13.5 11v6.5';
const badges = { done: '#2f8f57', failed: '#c8423a' } as const;

/** The page's icon with how far the run is, or how it ended; undefined for the icon as it is. */
function iconOf({ mark, percent }: PageSign): string | undefined {
  if (!mark) return undefined;
  const picture =
    mark === 'running'
      ? `<g fill="none" stroke-width="4"><circle cx="10" cy="10" r="7.5" stroke="#8a8f9a" stroke-opacity=".4"/>` +
        `<circle cx="10" cy="10" r="7.5" stroke="#3f6fe0" pathLength="100" stroke-dasharray="${percent} 100" transform="rotate(-90 10 10)"/></g>`
      : `<path d="${threads}" fill="none" stroke="#3f6fe0" stroke-width="2.4" stroke-linecap="round"/>` +
        `<circle cx="14.5" cy="14.5" r="5.5" fill="${badges[mark]}"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20">${picture}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

/** Keeps the title and the icon of the page as the runs are. */
export function keepPageTitle() {
  const link = document.querySelector<HTMLLinkElement>('link[rel=icon]');
  const icon = link?.href ?? '';
  let seen = true;
  const update = () => {
    const others = Object.values(tabsStore.getState().parked).map(({ history, run }) => ({
      name: history.document.name,
      run,
    }));
    const shown = { name: documentStore.getState().history.document.name, run: runStore.getState() };
    const sign = pageSign(shown, others, seen);
    if (sign.mark === 'running') seen = false;
    if (document.title !== sign.title) document.title = sign.title;
    const next = iconOf(sign) ?? icon;
    if (link && link.href !== next) link.href = next;
  };
  const onAct = () => {
    if (seen || runStore.getState().phase !== 'idle') return;
    seen = true;
    update();
  };
  for (const act of ['pointerdown', 'keydown']) document.addEventListener(act, onAct, true);
  for (const store of [documentStore, runStore, tabsStore]) store.subscribe(update);
  update();
}
