import {
  IconArrowDown,
  IconArrowUp,
  IconLock,
  IconPhoto,
  IconPlayerStopFilled,
  IconPlaylistAdd,
  IconX,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import controls from '../controls.module.css';
import { type Roll, takeSeeds, wouldReseed } from '../document/seeds';
import { queueRun, stopAll, stopRunning } from '../engine/queue';
import { type Entry, move, queueStore, removeWhere } from '../engine/queue-store';
import { Flyout } from '../flyout/Flyout';
import { editWhole } from '../state/document-store';
import { runStore } from '../state/run-store';
import { tabsStore } from '../state/tabs';
import { uiStore } from '../state/ui-store';
import { useDocument } from '../state/use';
import { common } from '../text/common';
import { queue } from '../text/queue';
import { titleOf } from '../topbar/Progress';
import { progressOf } from '../topbar/progress';
import { durationWords } from '../words';
import css from './Queue.module.css';
import { Thumbnail } from './Thumbnail';

/** "seed 43", or what else tells an entry from the others. */
const nameOf = ({ seeds, graph }: Entry): string => {
  const values = [...new Set(seeds.map(({ value }) => value))];
  return values.length ? queue.seed(values.join(', ')) : graph.name || common.untitled;
};

const stateWords = ({ state, milliseconds }: Entry): string => {
  const time = milliseconds === undefined ? '' : durationWords(milliseconds);
  if (state === 'waiting') return queue.waiting;
  if (state === 'done') return queue.done(time);
  return state === 'failed' ? queue.failed : queue.stopped;
};

/** How the entry that runs goes. */
function Course({ id }: { readonly id: string }) {
  const shown = useDocument(({ history }) => history.document.id === id);
  const own = useStore(runStore);
  const aside = useStore(tabsStore, ({ parked }) => parked[id]?.run);
  const { main, rest, share = 0 } = progressOf(shown ? own : (aside ?? own), titleOf);
  return (
    <>
      <span>{[main, rest].filter(Boolean).join(' · ')}</span>
      <div className={css.bar}>
        <i style={{ transform: `scaleX(${share})` }} />
      </div>
    </>
  );
}

function UseSeeds({ entry: { seeds, graph } }: { readonly entry: Entry }) {
  const other = useDocument(({ history: { document } }) => document.id === graph.id && wouldReseed(document, seeds));
  if (!other) return null;
  return (
    <button
      type="button"
      className={`${controls.icon} ${css.icon}`}
      aria-label={queue.useSeed}
      data-help={queue.useSeedHelp}
      onClick={() => editWhole(queue.useSeedGesture, takeSeeds(seeds))}
    >
      <IconLock size={14} stroke={1.6} aria-hidden />
    </button>
  );
}

function Row({ entry, first, last }: { readonly entry: Entry; readonly first: boolean; readonly last: boolean }) {
  const { id, graph, state, shown } = entry;
  const name = nameOf(entry);
  const several = useStore(queueStore, ({ entries }) => entries.some((other) => other.graph.id !== graph.id));
  const picture = Object.values(shown)[0]?.pictures[0];
  return (
    <li className={css.row} aria-label={name}>
      {picture ? (
        <button
          type="button"
          className={css.picture}
          aria-label={queue.look(name)}
          onClick={() => uiStore.setState({ lookedAt: id })}
        >
          <Thumbnail picture={picture} />
        </button>
      ) : (
        <span className={css.picture}>
          <IconPhoto size={18} stroke={1.4} aria-hidden />
        </span>
      )}
      <div className={css.words}>
        <b>{several && entry.seeds.length ? `${graph.name || common.untitled}, ${name}` : name}</b>
        {state === 'running' ? <Course id={graph.id} /> : <span>{stateWords(entry)}</span>}
      </div>
      {state !== 'waiting' && entry.seeds.length > 0 && <UseSeeds entry={entry} />}
      {state === 'waiting' && (
        <>
          <button
            type="button"
            className={`${controls.icon} ${css.icon}`}
            aria-label={queue.moveUp}
            disabled={first}
            onClick={() => move(id, -1)}
          >
            <IconArrowUp size={14} stroke={1.6} aria-hidden />
          </button>
          <button
            type="button"
            className={`${controls.icon} ${css.icon}`}
            aria-label={queue.moveDown}
            disabled={last}
            onClick={() => move(id, 1)}
          >
            <IconArrowDown size={14} stroke={1.6} aria-hidden />
          </button>
        </>
      )}
      {state === 'running' ? (
        <button
          type="button"
          className={`${controls.icon} ${css.icon}`}
          aria-label={queue.stopNow}
          onClick={stopRunning}
        >
          <IconPlayerStopFilled size={14} aria-hidden />
        </button>
      ) : (
        <button
          type="button"
          className={`${controls.icon} ${css.icon}`}
          aria-label={queue.remove}
          onClick={() => removeWhere((other) => other.id === id)}
        >
          <IconX size={14} stroke={1.6} aria-hidden />
        </button>
      )}
    </li>
  );
}

const rolls: Readonly<Record<string, Roll | undefined>> = {
  'Seeds as they are set': undefined,
  'Random seeds': 'random',
  'Seeds counting up': 'increment',
};

/** Asks for several runs at once. */
function Several() {
  const rolled = useDocument(({ history: { document } }) =>
    document.nodes.some(({ rolls: own }) => own && Object.keys(own).length > 0),
  );
  const [times, setTimes] = useState(4);
  const [seeds, setSeedsTo] = useState<string>();
  const chosen = seeds ?? (rolled ? queue.seedsSet : queue.seedsRandom);
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        queueRun(undefined, { times, roll: rolls[chosen] });
      }}
    >
      <input
        type="number"
        aria-label={queue.howMany}
        min={1}
        max={100}
        value={times}
        onChange={(event) => setTimes(Math.min(100, Math.max(1, Math.round(event.currentTarget.valueAsNumber) || 1)))}
      />
      {queue.unit}
      <select aria-label={queue.seeds} value={chosen} onChange={(event) => setSeedsTo(event.currentTarget.value)}>
        {Object.keys(rolls).map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
      <button type="submit" className={controls.button}>
        <IconPlaylistAdd size={15} stroke={1.6} aria-hidden />
        {queue.queue}
      </button>
    </form>
  );
}

/** The runs that wait, the one that goes on and those that are over, with their pictures. */
export function QueuePanel() {
  const entries = useStore(queueStore, (state) => state.entries).filter(({ live }) => !live);
  const open = entries.filter(({ state }) => state === 'waiting' || state === 'running');
  const over = entries.filter((entry) => !open.includes(entry)).toReversed();
  const waiting = open.filter(({ state }) => state === 'waiting');
  return (
    <Flyout label={queue.queue} title={queue.queue}>
      <Several />
      {entries.length === 0 && <p className={css.empty}>{queue.empty}</p>}
      <ul className={css.list} aria-label={queue.runs}>
        {[...open, ...over].map((entry) => (
          <Row key={entry.id} entry={entry} first={entry === waiting[0]} last={entry === waiting.at(-1)} />
        ))}
      </ul>
      {entries.length > 0 && (
        <footer className={css.foot}>
          {open.length > 0 && (
            <button type="button" className={controls.button} onClick={stopAll}>
              {queue.stopAll}
            </button>
          )}
          {over.length > 0 && (
            <button
              type="button"
              className={controls.button}
              onClick={() => removeWhere(({ state }) => state !== 'waiting' && state !== 'running')}
            >
              {queue.clearFinished}
            </button>
          )}
        </footer>
      )}
    </Flyout>
  );
}
