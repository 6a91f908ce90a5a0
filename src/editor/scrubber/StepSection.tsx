import { IconPlayerTrackNext } from '@tabler/icons-react';
import { Fragment, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { Schedule } from '../../core/sampler-table';
import type { RecordedZone, ValueAddress } from '../../engine/recording/address';
import type { PlainTensor, PlainValue } from '../../engine/recording/plain';
import controls from '../controls.module.css';
import { recordedStore, recordedValue } from '../engine/recorded';
import inspectorCss from '../inspector/Inspector.module.css';
import { documentStore } from '../state/document-store';
import { useWholeRun } from '../state/use';
import { scrubber as words } from '../text/scrubber';
import { portWords } from '../words';
import { resumeFrom } from './resume';
import { SmallPicture } from './SmallPicture';
import css from './StepSection.module.css';
import { scrubStore } from './scrub-store';
import { type Term, termsOf } from './step-terms';
import { zoneNow } from './steps';
import { guidanceOf } from './views';

/** What a node of the zone had at the step that is looked at: pictures, numbers, and for the sampler its formula. */
export default function StepSection({ id }: { readonly id: string }) {
  const node = [...documentStore.getState().path, id].join('/');
  const { step, zone: wanted, item } = useStore(scrubStore);
  const { index } = useStore(recordedStore);
  const idle = useWholeRun(({ phase }) => phase === 'idle');
  const zone = zoneNow(index, wanted);
  if (step === undefined || !zone?.members.includes(node)) return null;
  const sampler =
    zone.inputs.some(({ node: to, port }) => to === node && port === 'prediction') && zone.pictured?.[0] === node;
  const { sigma } = zone.steps[step] ?? {};
  const next = zone.steps[step + 1]?.sigma ?? 0;
  const resumable = zone.resumable.includes(step);
  return (
    <section className={inspectorCss.section} aria-label={words.asPictures(step + 1)}>
      <h3 className={css.heading}>
        {sampler ? words.withNumbers(step + 1) : words.asPictures(step + 1)}
        {sigma !== undefined && <small>{words.fromTo(short(sigma), short(next))}</small>}
      </h3>
      {sampler && <Formula zone={zone} node={node} step={step} item={item} />}
      <Pictures zone={zone} node={node} />
      <Numbers node={node} step={step} item={item} />
      {resumable && (
        <button
          type="button"
          className={`${controls.button} ${css.resume}`}
          disabled={!idle}
          data-help={words.resumeHelp}
          onClick={() => resumeFrom(zone, step)}
        >
          <IconPlayerTrackNext size={14} stroke={1.6} aria-hidden />
          {words.resume(step + 1)}
        </button>
      )}
    </section>
  );
}

const short = (value: number): string =>
  Number.isFinite(value) ? String(Number(value.toPrecision(4))).replace('-', '−') : String(value);

/** What the node made; where two predictions go together, those first. */
function Pictures({ zone, node }: { readonly zone: RecordedZone; readonly node: string }) {
  const { pictures, step = 0 } = useStore(scrubStore);
  const guidance = guidanceOf(zone);
  const inputs =
    guidance?.node === node
      ? ([
          [words.views.unconditional.short, guidance.unconditional],
          [words.views.conditional.short, guidance.conditional],
        ] as const)
      : [];
  const before = inputs.flatMap(([name, [from, port]]) => {
    const picture = pictures.get(`${from} ${port}`);
    return picture ? [[name, picture] as const] : [];
  });
  const own = [...pictures].flatMap(([name, picture]) => {
    if (!name.startsWith(`${node} `)) return [];
    const port = name.slice(node.length + 1);
    return [[guidance?.node === node && port === 'prediction' ? words.combined : portWords(port), picture] as const];
  });
  const all = [...before, ...own];
  if (all.length === 0) return null;
  return (
    <div className={css.pictures}>
      {all.map(([name, picture]) => (
        <figure key={name}>
          <SmallPicture picture={picture} label={words.pictureOf(name, step + 1)} />
          <figcaption>{name}</figcaption>
        </figure>
      ))}
    </div>
  );
}

/** Values of the step, by output; those of the step before stay until they are there. */
function useValues(addresses: readonly ValueAddress[]): ReadonlyMap<string, PlainValue> {
  const [values, set] = useState<ReadonlyMap<string, PlainValue>>(new Map());
  const { index } = useStore(recordedStore);
  const wanted = JSON.stringify(addresses);
  useEffect(() => {
    let gone = false;
    const asked = JSON.parse(wanted) as ValueAddress[];
    // A newer run has other values at the same places.
    if (!index) return;
    Promise.all(asked.map(recordedValue)).then(
      (found) => {
        if (gone) return;
        const named = asked.flatMap(({ node, port }, i) => (found[i] ? [[`${node} ${port}`, found[i]] as const] : []));
        set(new Map(named));
      },
      () => {},
    );
    return () => {
      gone = true;
    };
  }, [wanted, index]);
  return values;
}

const tensorOf = (value: PlainValue | undefined): PlainTensor | undefined =>
  value && 'tensor' in value ? value.tensor : undefined;

interface Moments {
  readonly mean: number;
  readonly std: number;
  readonly min: number;
  readonly max: number;
}

function momentsOf({ data }: PlainTensor): Moments {
  let [sum, squares, min, max] = [0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of data) {
    sum += value;
    squares += value * value;
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  const mean = sum / data.length;
  return { mean, std: Math.sqrt(Math.max(0, squares / data.length - mean * mean)), min, max };
}

interface At {
  readonly node: string;
  readonly step: number;
  readonly item: number;
}

/** Mean, spread and range of what the node made. */
function Numbers({ node, step, item }: At) {
  const { index } = useStore(recordedStore);
  const ports = (index?.ports ?? []).filter((port) => port.node === node && port.evaluations > 1);
  const values = useValues(ports.map(({ port }) => ({ node, port, item, evaluation: step })));
  const rows = ports.flatMap(({ port }) => {
    const tensor = tensorOf(values.get(`${node} ${port}`));
    return tensor ? [{ port, ...momentsOf(tensor) }] : [];
  });
  if (rows.length === 0) return ports.length ? <p className={css.note}>{words.notKept}</p> : null;
  return (
    <table className={css.table}>
      <thead>
        <tr>
          <td />
          {(['mean', 'std', 'min', 'max'] as const).map((name) => (
            <th key={name} scope="col">
              {words.table[name]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ port, mean, std, min, max }) => (
          <tr key={port}>
            <th scope="row">{portWords(port)}</th>
            {[mean, std, min, max].map((value, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the columns stay where they are
              <td key={i}>{value.toFixed(3).replace('-', '−')}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The row of the sampler's table for this step, as a formula with its numbers. */
function Formula({ zone, node, step, item }: At & { readonly zone: RecordedZone }) {
  const schedule = useSchedule(zone, item);
  const prediction = zone.inputs.find((input) => input.node === node && input.port === 'prediction')?.from;
  const values = useValues([
    ...(prediction ? [{ node: prediction[0], port: prediction[1], item, evaluation: step }] : []),
  ]);
  const value = prediction && values.get(`${prediction[0]} ${prediction[1]}`);
  if (!schedule || value?.kind !== 'prediction') return null;
  const terms = termsOf(schedule.steps, step, value.type);
  return (
    <>
      <p className={css.formula} role="math" aria-label={spokenFormula(terms)}>
        <span aria-hidden>
          x′ ={' '}
          {terms.map((term, i) => (
            <Fragment key={term.source}>
              {i > 0 && <br />}
              <b>{sign(term.weight, i === 0)}</b>
              {short(Math.abs(term.weight))} · {term.letter}
              {term.index !== undefined && <sub>{term.index}</sub>}
            </Fragment>
          ))}
        </span>
      </p>
      <p className={css.note}>
        {[...new Set(terms.map(meaning))].join(', ')}. {schedule.steps[step]?.draws ? words.draws : words.drawsNot}
      </p>
    </>
  );
}

const sign = (weight: number, first: boolean): string => (weight < 0 ? '− ' : first ? '' : '+ ');

const meaning = ({ letter, index }: Term): string => {
  const name = `${letter}${index === undefined ? '' : subscript(index)}`;
  const say = words.terms;
  if (letter === 'x') return say.x(name);
  if (letter === 'n') return say.noise(name);
  if (index === undefined) return say.other(name);
  if (letter === 'D') return say.denoised(name, index);
  return letter === 'ε' ? say.epsilon(name, index) : say.prediction(name, index);
};

const subscript = (index: number): string =>
  String(index).replace(/\d/g, (digit) => String.fromCharCode(0x2080 + Number(digit)));

const spokenFormula = (terms: readonly Term[]): string =>
  `x′ = ${terms.map(({ weight, letter, index = '' }, i) => `${sign(weight, i === 0)}${short(Math.abs(weight))} · ${letter}${index}`).join(' ')}`;

/** The schedule that the zone ran with. */
function useSchedule({ start }: RecordedZone, item: number): Schedule | undefined {
  const { index } = useStore(recordedStore);
  const schedules = (index?.ports ?? []).filter(({ kind }) => kind === 'schedule');
  const wired = index?.zones.find((zone) => zone.start === start)?.schedule;
  const port = schedules.find((one) => one.node === wired?.[0] && one.port === wired[1]);
  const values = useValues(port ? [{ node: port.node, port: port.port, item: port.axes.length ? item : 0 }] : []);
  const value = port && values.get(`${port.node} ${port.port}`);
  return value?.kind === 'schedule' ? value.schedule : undefined;
}
