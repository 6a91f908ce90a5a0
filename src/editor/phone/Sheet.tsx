import { IconPlus, IconX } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useStore } from 'zustand';
import controls from '../controls.module.css';
import { recordedStore } from '../engine/recorded';
import Outline from '../outline/Outline';
import { togglePanel, uiStore } from '../state/ui-store';
import { outline } from '../text/outline';
import { phone } from '../text/phone';
import { Pictures } from './Pictures';
import css from './Sheet.module.css';

const Scrubber = lazy(() => import('../scrubber/Scrubber'));

function Steps() {
  const recorded = useStore(recordedStore, ({ index }) => (index?.zones.length ?? 0) > 0);
  if (!recorded) return <p className={css.none}>{phone.noSteps}</p>;
  return (
    <Suspense>
      <Scrubber />
    </Suspense>
  );
}

const parts = { outline: () => <Outline bare />, steps: Steps, pictures: Pictures };
const names = ['outline', 'steps', 'pictures'] as const;

/** Under the canvas of a phone: the graph as a list, the steps of its run, and its pictures. */
export default function Sheet() {
  const [part, show] = useState<keyof typeof parts>('outline');
  const [tall, setTall] = useState(false);
  const Part = parts[part];
  return (
    <aside className={css.sheet} aria-label={phone.parts} data-tall={tall}>
      <button
        type="button"
        className={css.grip}
        aria-label={phone.taller}
        aria-pressed={tall}
        onClick={() => setTall(!tall)}
      >
        <i />
      </button>
      <div className={css.head}>
        <div
          className={css.tabs}
          role="tablist"
          aria-label={phone.choose}
          onKeyDown={(event) => {
            const step = { ArrowRight: 1, ArrowLeft: names.length - 1 }[event.key];
            const next = step && names[(names.indexOf(part) + step) % names.length];
            if (!next) return;
            show(next);
            document.getElementById(`sheet-${next}`)?.focus();
          }}
        >
          {names.map((name) => (
            <button
              key={name}
              id={`sheet-${name}`}
              type="button"
              role="tab"
              aria-selected={name === part}
              aria-controls="sheet-part"
              tabIndex={name === part ? 0 : -1}
              onClick={() => show(name)}
            >
              {phone[name]}
            </button>
          ))}
        </div>
        <button
          type="button"
          className={controls.icon}
          aria-label={outline.addNode}
          onClick={({ currentTarget }) => {
            const { left, bottom } = currentTarget.getBoundingClientRect();
            uiStore.setState({ adding: { x: left, y: bottom + 4, loose: undefined, beside: true } });
          }}
        >
          <IconPlus size={18} stroke={1.6} aria-hidden />
        </button>
        <button
          type="button"
          className={controls.icon}
          aria-label={outline.closeOutline}
          onClick={() => togglePanel('outline')}
        >
          <IconX size={18} stroke={1.6} aria-hidden />
        </button>
      </div>
      <div className={css.part} id="sheet-part" role="tabpanel" aria-labelledby={`sheet-${part}`}>
        <Part />
      </div>
    </aside>
  );
}
