import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { itemCount } from '../../core/many';
import type { Picture } from '../../engine/events';
import type { RecordedPort } from '../../engine/recording/address';
import { SocketShape } from '../canvas/SocketShape';
import { engine } from '../engine/client';
import { recordedStore } from '../engine/recorded';
import { inspectStore, type Pin } from '../state/inspect-store';
import { inspect as words } from '../text/inspect';
import { portWords } from '../words';
import { Pixels } from './parts/Pixels';
import css from './ValuesDialog.module.css';

interface Output {
  readonly node: string;
  readonly port: string;
}

interface Props {
  readonly pins: readonly Pin[];
  readonly ports: readonly RecordedPort[];
  /** What is shown: a pin or an output. */
  readonly pin: number | undefined;
  readonly source: Output | undefined;
  readonly nodeTitle: (node: string) => string;
  readonly onPin: (id: number) => void;
  readonly onSource: (source: Output) => void;
}

/** What was pinned and what the last run kept, each with a small picture of the step that is looked at where it has one. */
export function ValuesList({ pins, ports, pin, source, nodeTitle, onPin, onSource }: Props) {
  const pictures = useThumbnails(ports);
  return (
    <nav className={css.list} aria-label={words.values}>
      {pins.length > 0 && <h3>{words.pins}</h3>}
      {pins.map(({ id, title, detail, kind }) => (
        <button key={id} type="button" aria-current={pin === id} onClick={() => onPin(id)}>
          <SocketShape kind={kind} size={11} />
          <span>
            {title}
            <small>{detail}</small>
          </span>
        </button>
      ))}
      {pins.length > 0 && ports.length > 0 && <h3>{words.lastRun}</h3>}
      {ports.length === 0 && <p className={css.empty}>{words.nothingRun}</p>}
      {ports.map(({ node, port, kind }, i) => (
        <button
          key={`${node} ${port}`}
          type="button"
          aria-current={source?.node === node && source.port === port}
          onClick={() => onSource({ node, port })}
        >
          <i className={css.thumbnail}>
            {pictures[i] ? <Pixels {...pictures[i]} /> : <SocketShape kind={kind} size={11} />}
          </i>
          <span>
            {portWords(port)}
            <small>{nodeTitle(node)}</small>
          </span>
          {pictures[i] && <SocketShape kind={kind} size={11} />}
        </button>
      ))}
    </nav>
  );
}

const pictured = new Set(['latent', 'prediction', 'image', 'mask']);

/** A small picture has at most so many cells on a side. */
const small = 40;

/** The pictures of the outputs that have some, at the step and of the item that are looked at; those before stay until they are there. */
function useThumbnails(ports: readonly RecordedPort[]): readonly (Picture | undefined)[] {
  const evaluation = useStore(inspectStore, (state) => state.evaluation);
  const item = useStore(inspectStore, (state) => state.item);
  const graph = useStore(recordedStore, (state) => state.graph);
  const [pictures, setPictures] = useState<readonly (Picture | undefined)[]>([]);
  useEffect(() => {
    let gone = false;
    const wanted = ports.flatMap((port, place) => (pictured.has(port.kind) ? [{ ...port, place }] : []));
    const addresses = wanted.map(({ node, port, axes, evaluations }) => ({
      node,
      port,
      item: Math.min(item, itemCount(axes) - 1),
      ...(evaluations > 1 && { evaluation: Math.min(evaluation ?? evaluations, evaluations - 1) }),
    }));
    engine.previewsOf(graph, addresses, small).then(
      (made) => {
        const all: (Picture | undefined)[] = [];
        for (const [i, { place }] of wanted.entries()) all[place] = made[i];
        if (!gone) setPictures(all);
      },
      () => {}, // The engine was ended; what is asked for next says so.
    );
    return () => {
      gone = true;
    };
  }, [ports, evaluation, item, graph]);
  return pictures;
}
