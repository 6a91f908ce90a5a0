import { IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { Document } from '../../core/document';
import { type Problem, problemOf } from '../../core/problem';
import { documentOfLink } from '../../interop/link';
import controls from '../controls.module.css';
import { closeDialog, Dialog } from '../dialogs/Dialog';
import frame from '../dialogs/Dialog.module.css';
import { openTemplate } from '../files/session';
import { paintGraph } from '../library/paint-graph';
import { registry } from '../registry';
import { common } from '../text/common';
import { share as words } from '../text/share';
import { askedStore } from './address';
import { fetchGraph, hostOf } from './fetch-graph';
import { leftBehind } from './left-behind';
import css from './Share.module.css';

/** What a link holds, before any of it is opened; an address is asked about before anything is fetched. */
export default function IncomingDialog() {
  const [asked] = useState(() => askedStore.getState().asked);
  const [document, setDocument] = useState<Document>();
  const [problem, setProblem] = useState<Problem>();
  const [fetching, setFetching] = useState(false);
  const failed = (thrown: unknown) => setProblem(problemOf(thrown));
  useEffect(() => {
    if (asked && 'fragment' in asked)
      documentOfLink(asked.fragment).then(setDocument, (thrown: unknown) => setProblem(problemOf(thrown)));
  }, [asked]);
  const url = asked && 'url' in asked ? asked.url : undefined;
  const host = url === undefined ? undefined : (hostOf(url) ?? url);
  const title = url === undefined ? words.incoming : words.fromAddress;
  return (
    <Dialog label={title}>
      <div className={frame.head}>
        <h2>{title}</h2>
        <button type="button" className={controls.icon} aria-label={common.close} onClick={closeDialog}>
          <IconX size={16} stroke={1.6} aria-hidden />
        </button>
      </div>
      <div className={`${css.body} ${controls.scroll}`}>
        {problem && (
          <p role="alert" className={css.warning}>
            {problem.what} {problem.cure}
          </p>
        )}
        {document && <Contents of={document} />}
        {!document && !problem && host !== undefined && (
          <p>
            {words.ask(host)} {words.askText}
          </p>
        )}
      </div>
      <div className={css.foot}>
        <button type="button" onClick={closeDialog}>
          {words.cancel}
        </button>
        {document ? (
          <button
            type="button"
            className={css.primary}
            onClick={() => {
              closeDialog();
              openTemplate(document);
            }}
          >
            {words.open}
          </button>
        ) : (
          url !== undefined &&
          !problem && (
            <button
              type="button"
              className={css.primary}
              disabled={fetching}
              onClick={() => {
                setFetching(true);
                fetchGraph(url).then(setDocument, failed);
              }}
            >
              {fetching ? words.fetching : words.fetch(host ?? url)}
            </button>
          )
        )}
      </div>
    </Dialog>
  );
}

function Contents({ of }: { readonly of: Document }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current) paintGraph(canvas.current, of, { width: 404, height: 180 });
  }, [of]);
  const { nodes, wires, subgraphs = [] } = of;
  const titles = new Map<string, number>();
  const unknown = new Set<string>();
  const known = new Set(['subgraph/inputs', 'subgraph/outputs', ...subgraphs.map(({ id }) => `subgraph/${id}`)]);
  for (const { type, title } of nodes) {
    const name = title || registry.get(type)?.title || subgraphs.find(({ id }) => type === `subgraph/${id}`)?.title;
    titles.set(name ?? type, (titles.get(name ?? type) ?? 0) + 1);
  }
  for (const { type } of [...nodes, ...subgraphs.flatMap((subgraph) => subgraph.nodes)])
    if (!known.has(type) && !registry.get(type)) unknown.add(type);
  const left = leftBehind(of);
  return (
    <>
      <canvas ref={canvas} className={css.drawing} role="img" aria-label={words.drawing} />
      <p className={css.title}>
        <strong>{of.name || common.untitled}</strong> <span>{words.holds(nodes.length, wires.length)}</span>
      </p>
      <ul className={css.nodes} aria-label={words.nodes}>
        {[...titles].map(([title, count]) => (
          <li key={title}>{words.times(title, count)}</li>
        ))}
      </ul>
      {unknown.size > 0 && <p className={css.warning}>{words.unknown([...unknown])}</p>}
      {left.length > 0 && <p className={css.warning}>{words.needs(left)}</p>}
      <p className={css.small}>{words.harmless}</p>
    </>
  );
}
