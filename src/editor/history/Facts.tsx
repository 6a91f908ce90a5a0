import { useEffect, useState } from 'react';
import { parseDocument } from '../../core/document';
import { expandSubgraphs } from '../../engine/expand';
import type { PictureRecord, RunRecord } from '../../storage/run-record';
import { keptRun } from '../../storage/runs';
import { shortHash } from '../models/size-words';
import { definitionsOf } from '../registry';
import { history } from '../text/history';
import { dayWords, timeWords } from './days';
import css from './History.module.css';

interface Known {
  readonly run: RunRecord;
  readonly titleOf: (node: string) => string;
}

async function knownOf(id: string): Promise<Known | undefined> {
  const run = await keptRun(id);
  if (!run) return undefined;
  try {
    const graph = parseDocument(run.graph);
    return { run, titleOf: expandSubgraphs(graph, definitionsOf(graph)).titleOf };
  } catch {
    return { run, titleOf: (node) => node }; // A graph that can no longer be read.
  }
}

/** All that is known of a picture and of the run that made it. */
export function Facts({ picture }: { readonly picture: PictureRecord }) {
  const [known, setKnown] = useState<Known>();
  useEffect(() => {
    let here = true;
    void knownOf(picture.run).then((answer) => here && setKnown(answer));
    return () => {
      here = false;
    };
  }, [picture.run]);
  const { run, titleOf } = known ?? {};
  const nodes = run?.nodes.filter(({ cached }) => !cached).toSorted((a, b) => b.milliseconds - a.milliseconds) ?? [];
  const longest = nodes[0]?.milliseconds || 1;
  const facts: readonly (readonly [string, string | undefined])[] = [
    [history.made, `${dayWords(picture.at)}, ${timeWords(picture.at)}`],
    [history.graph, picture.name || history.untitled],
    [history.seed, [...new Set(picture.seeds.map(({ value }) => value))].join(', ') || undefined],
    ...(picture.labels.length ? [[history.inGrid, picture.labels.join(', ')] as const] : []),
    [history.size, history.sizeOf(picture.width, picture.height)],
    [history.took, run && history.time(run.milliseconds)],
    [history.outcomeTitle, run && history.outcome[run.outcome]],
    [history.device, run?.device],
    [history.version, run?.version],
    [history.hash, shortHash(picture.sha256)],
  ];
  return (
    <>
      <dl className={css.facts}>
        {facts.map(
          ([name, value]) =>
            value !== undefined && (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
        {run?.models.map(({ name, hash }, i) => (
          <div key={name}>
            <dt>{i === 0 ? history.models : ''}</dt>
            <dd>
              {name} <code>{hash ? shortHash(hash) : history.noHash}</code>
            </dd>
          </div>
        ))}
      </dl>
      {nodes.length > 0 && (
        <details className={css.times}>
          <summary>{history.times}</summary>
          <ul>
            {nodes.map(({ node, milliseconds }) => (
              <li key={node}>
                <span>{titleOf?.(node) ?? node}</span>
                <em>{history.time(milliseconds)}</em>
                <i style={{ transform: `scaleX(${milliseconds / longest})` }} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
