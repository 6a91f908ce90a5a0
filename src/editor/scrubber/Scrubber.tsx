import {
  IconMovie,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconPlayerSkipBackFilled,
  IconPlayerTrackNext,
  IconX,
} from '@tabler/icons-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { itemCount, itemLabels } from '../../core/many';
import type { Picture } from '../../engine/events';
import type { PictureAddress, RecordedZone } from '../../engine/recording/address';
import controls from '../controls.module.css';
import { insideOf } from '../document/subgraph-inside';
import { recordedStore } from '../engine/recorded';
import { definitionsOf, zoneTitle } from '../registry';
import { wholeDocument } from '../state/document-store';
import { useWholeRun } from '../state/use';
import { film } from '../text/film';
import { scrubber as words } from '../text/scrubber';
import { Kept } from './Kept';
import { resumeFrom } from './resume';
import css from './Scrubber.module.css';
import { Strip } from './Strip';
import { scrubStore } from './scrub-store';
import { frames, hideSteps, play, showItem, showStep, showZone, zoneNow } from './steps';
import { type ViewName, viewsOf } from './views';

/** What a zone is called: "Denoise". */
function titleOfZone(start: string): string {
  const document = wholeDocument();
  const path = start.split('/');
  const node = insideOf(document, path.slice(0, -1)).nodes.find(({ id }) => id === path.at(-1));
  const definition = definitionsOf(document).get(node?.type ?? '');
  return definition ? zoneTitle(definition) : words.title;
}

/** Small pictures of all steps; those of a run that goes on as they come. */
function useFrames(graph: string, zone: RecordedZone | undefined, count: number) {
  const { item, view, live } = useStore(scrubStore);
  const [made, setMade] = useState<{ key: string; pictures: readonly (Picture | undefined)[] }>();
  const running = live?.graph === graph && live.zone === zone?.end;
  const key = JSON.stringify([graph, zone?.end, view, item]);
  useEffect(() => {
    const output = zone && (viewsOf(zone).get(view) ?? viewsOf(zone).get('x'));
    if (!output || (running && view === 'denoised')) return;
    let gone = false;
    frames(graph, zone, output, item, count).then(
      (pictures) => !gone && setMade({ key, pictures }),
      () => {},
    );
    return () => {
      gone = true;
    };
  }, [zone, graph, item, view, running, count, key]);
  if (running && view === 'denoised' && live) return live.frames;
  return made?.key === key ? made.pictures : none;
}

const none: readonly undefined[] = [];

const sigmaWords = (sigma: number) => sigma.toPrecision(4).replace(/\.?0+$/, '');

/** The steps of a denoise zone, from the first to the last; `edge` makes them higher. */
export default function Scrubber({ edge }: { readonly edge?: ReactNode }) {
  const { index } = useStore(recordedStore);
  const { graph, zone: wanted, item, step, view, playing, live } = useStore(scrubStore);
  const idle = useWholeRun(({ phase }) => phase === 'idle');
  const running = live?.graph === graph ? live : undefined;
  const zone = zoneNow(index, running && step === undefined ? running.zone : wanted);
  const count = Math.max(1, (running && running.zone === zone?.end ? running.of : zone?.count) ?? 1);
  const pictures = useFrames(graph, zone, count);
  if (!zone) return null;
  const views = viewsOf(zone);
  const output = views.get(view) ?? views.get('x');
  const made = Math.max(zone.steps.length, running?.frames.length ?? 0);
  const last = idle ? count : Math.max(1, running?.frames.length ?? count);
  const at = step ?? Math.min(count, last) - 1;
  const { sigma, timestep } = zone.steps[at] ?? {};
  const title = titleOfZone(zone.start);
  const filmNow = async (of: Omit<PictureAddress, 'item' | 'evaluation'>) =>
    (await import('./film')).filmSteps(film.ofSteps(words.views[view].help, title), { ...of, item }, count);
  const resumable = step !== undefined && zone.resumable.includes(step);
  return (
    <section className={css.scrubber} data-region aria-label={words.named(title)}>
      <div className={css.bar}>
        <button type="button" className={controls.icon} aria-label={words.first} onClick={() => showStep(0)}>
          <IconPlayerSkipBackFilled size={14} aria-hidden />
        </button>
        <button
          type="button"
          className={controls.icon}
          aria-label={playing ? words.pause : words.play}
          onClick={() => play(Math.min(count, made))}
        >
          {playing ? <IconPlayerPauseFilled size={14} aria-hidden /> : <IconPlayerPlayFilled size={14} aria-hidden />}
        </button>
        {(index?.zones.length ?? 0) > 1 ? (
          <select
            aria-label={words.zone}
            value={zone.end}
            onChange={({ currentTarget }) => showZone(currentTarget.value)}
          >
            {index?.zones.map(({ start, end }) => (
              <option key={end} value={end}>
                {titleOfZone(start)}
              </option>
            ))}
          </select>
        ) : (
          <h2>{title}</h2>
        )}
        {zone.axes.length > 0 && (
          <select
            aria-label={words.item}
            value={item}
            onChange={({ currentTarget }) => showItem(Number(currentTarget.value))}
          >
            {Array.from({ length: itemCount(zone.axes) }, (_, i) => itemLabels(zone.axes, i).join(', ')).map(
              (label, i) => (
                <option key={label} value={i}>
                  {label}
                </option>
              ),
            )}
          </select>
        )}
        <span className={css.number}>{words.stepOf(at + 1, count)}</span>
        {sigma !== undefined && <span className={css.level}>{words.sigma(sigmaWords(sigma))}</span>}
        {timestep !== undefined && <span className={css.level}>{words.timestep(String(Math.round(timestep)))}</span>}
        <i className={css.grow} />
        {step !== undefined && (
          <button
            type="button"
            className={`${controls.button} ${css.resume}`}
            disabled={!resumable || !idle}
            aria-label={words.resume(step + 1)}
            data-help={resumable ? words.resumeHelp : words.resumeNot}
            onClick={() => resumeFrom(zone, step)}
          >
            <IconPlayerTrackNext size={14} stroke={1.6} aria-hidden />
            <span>{words.resume(step + 1)}</span>
          </button>
        )}
        <span className={css.showing} id="scrubber-showing">
          {words.showing}
        </span>
        <div className={css.views} role="radiogroup" aria-labelledby="scrubber-showing">
          {[...views.keys()].map((name) => (
            <View key={name} name={name} chosen={name === view || !views.has(view)} />
          ))}
        </div>
        {output && (
          <button
            type="button"
            className={controls.icon}
            disabled={!idle || count < 2}
            aria-label={film.title}
            data-help={film.stepsHelp}
            onClick={() => void filmNow(output)}
          >
            <IconMovie size={15} stroke={1.6} aria-hidden />
          </button>
        )}
        {index && <Kept index={index} />}
        <button
          type="button"
          className={controls.icon}
          aria-label={step === undefined ? words.hide : words.leave}
          data-help={step === undefined ? undefined : words.leaveHelp}
          onClick={() => (step === undefined ? hideSteps(true) : showStep(undefined))}
        >
          <IconX size={14} stroke={1.6} aria-hidden />
        </button>
      </div>
      <Strip
        label={words.named(title)}
        frames={pictures}
        count={count}
        step={step}
        spoken={words.spoken(at + 1, count, sigma === undefined ? undefined : sigmaWords(sigma))}
        onStep={(to) => {
          scrubStore.setState({ playing: false });
          showStep(Math.min(to, Math.max(0, made - 1)));
        }}
        onLeave={() => showStep(undefined)}
      />
      {edge}
    </section>
  );
}

function View({ name, chosen }: { readonly name: ViewName; readonly chosen: boolean }) {
  const { short, index, help } = words.views[name];
  return (
    <label className={css.view} data-help={help}>
      <input
        type="radio"
        name="scrubber-view"
        checked={chosen}
        onChange={() => scrubStore.setState({ view: name })}
        aria-label={help}
      />
      <span>
        {short}
        {index && <sub>{index}</sub>}
      </span>
    </label>
  );
}
