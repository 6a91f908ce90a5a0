import { IconHierarchy2 } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { Document } from '../../core/document';
import controls from '../controls.module.css';
import { closeDialog } from '../dialogs/Dialog';
import { openTemplate } from '../files/session';
import { definitionsOf } from '../registry';
import { compare as words } from '../text/compare';
import { numberWords, portWords } from '../words';
import css from './Compare.module.css';
import { compareGraphs } from './parameters';

const said = (value: unknown): string =>
  typeof value === 'number' ? numberWords(value) : typeof value === 'string' ? value : JSON.stringify(value);

interface Props {
  readonly a: Document | undefined;
  readonly b: Document | undefined;
}

/** The parameters that are not the same in the graphs that the two came from. */
export function WhatDiffers({ a, b }: Props) {
  const found = useMemo(() => a && b && compareGraphs(a, b, definitionsOf), [a, b]);
  const open = (document: Document) => {
    closeDialog();
    openTemplate(document);
  };
  const differing = found?.differing ?? [];
  const nothing =
    found && differing.length === 0 && found.onlyA.length === 0 && found.onlyB.length === 0 && !found.wires;
  return (
    <section aria-label={words.whatDiffers}>
      <h3>
        {words.whatDiffers}
        {found && <small>{words.ofParameters(differing.length, found.all)}</small>}
      </h3>
      {!found && <p className={css.note}>{words.noGraphs}</p>}
      {nothing && <p className={css.note}>{words.nothingDiffers}</p>}
      {differing.length > 0 && (
        <table className={css.table}>
          <thead>
            <tr>
              <th>{words.parameter}</th>
              <th>A</th>
              <th>B</th>
            </tr>
          </thead>
          <tbody>
            {differing.map(({ node, title, parameter, a: before, b: after }) => (
              <tr key={`${node} ${parameter}`}>
                <td>{words.at(title, portWords(parameter))}</td>
                <td>{said(before)}</td>
                <td>{said(after)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {found?.onlyA.map((title) => (
        <p key={title} className={css.note}>
          {words.onlyIn('A', title)}
        </p>
      ))}
      {found?.onlyB.map((title) => (
        <p key={title} className={css.note}>
          {words.onlyIn('B', title)}
        </p>
      ))}
      {found?.wires && <p className={css.note}>{words.wiresDiffer}</p>}
      <div className={css.buttons}>
        {(
          [
            ['A', a],
            ['B', b],
          ] as const
        ).map(
          ([side, document]) =>
            document && (
              <button key={side} type="button" className={controls.button} onClick={() => open(document)}>
                <IconHierarchy2 size={14} stroke={1.6} aria-hidden />
                {words.openGraph(side)}
              </button>
            ),
        )}
      </div>
    </section>
  );
}
