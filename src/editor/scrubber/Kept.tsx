import { IconChevronDown } from '@tabler/icons-react';
import { useId, useRef, useState } from 'react';
import type { RecordingIndex, RecordingSettings } from '../../engine/recording/address';
import { scrubber as words } from '../text/scrubber';
import css from './Scrubber.module.css';
import { recordingSettings, setRecording } from './settings';

const size = (bytes: number): string => words.size(bytes / 1e6);

/** What was kept and what was left out, in sentences. */
function keptSentences({ bytes, kept }: RecordingIndex): string[] {
  const here = size(bytes.here);
  const what =
    kept.every === 0 ? words.previewsOnly(here) : kept.every === 1 ? words.all(here) : words.everySo(kept.every, here);
  return [
    what,
    ...(kept.thinned ? [words.thinned] : []),
    ...(kept.nothing > 0 ? [words.leftOut(kept.nothing)] : []),
    words.room(size(bytes.memory), size(bytes.disk), size(bytes.budget)),
  ];
}

const choices = [1, 2, 4, 8, 0];
const rooms = { memory: [64, 128, 256, 512, 1024], disk: [0, 512, 1024, 4096] } as const;

/** How much is kept, and what may be. */
export function Kept({ index }: { readonly index: RecordingIndex }) {
  const [settings, change] = useState(recordingSettings());
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  const set = (part: Partial<RecordingSettings>) => {
    const next = { ...settings, ...part };
    change(next);
    setRecording(next);
  };
  const steps = Math.max(
    0,
    ...index.ports.map(({ held }) => (held.length > 1 ? held.filter((state) => state === 2).length : 0)),
  );
  const room = (name: 'memory' | 'disk') => (
    <label>
      {words[name]}
      <select
        value={settings[name] / 2 ** 20}
        onChange={({ currentTarget }) => set({ [name]: Number(currentTarget.value) * 2 ** 20 })}
      >
        {rooms[name].map((megabytes) => (
          <option key={megabytes} value={megabytes}>
            {words.size((megabytes * 2 ** 20) / 1e6)}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <>
      <button type="button" ref={button} className={css.kept} popoverTarget={id} data-help={keptSentences(index)[0]}>
        {words.kept(steps, size(index.bytes.here))}
        <IconChevronDown size={12} stroke={1.6} aria-hidden />
      </button>
      <div
        id={id}
        popover="auto"
        role="dialog"
        aria-label={words.keptTitle}
        className={css.keeping}
        onBeforeToggle={({ currentTarget }) => {
          const box = button.current?.getBoundingClientRect();
          if (!box) return;
          currentTarget.style.right = `${Math.max(8, innerWidth - box.right)}px`;
          currentTarget.style.bottom = `${innerHeight - box.top + 6}px`;
        }}
      >
        <h3>{words.keptTitle}</h3>
        {keptSentences(index).map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        <label>
          {words.keepEvery}
          <select value={settings.every} onChange={({ currentTarget }) => set({ every: Number(currentTarget.value) })}>
            {choices.map((every) => (
              <option key={every} value={every}>
                {every === 0 ? words.keepPreviews : every === 1 ? words.keepAll : words.keepSome(every)}
              </option>
            ))}
          </select>
        </label>
        {room('memory')}
        {room('disk')}
        <p>{words.nextRun}</p>
      </div>
    </>
  );
}
