import { useEffect, useMemo, useState } from 'react';

import type { NearWord } from '../../../engine/recording/about';
import { inspect as words } from '../../text/inspect';
import { signed } from '../color-maps';
import { shortNumber } from '../numbers';
import { Bars } from '../parts/Bars';
import { Facts, WholeFacts } from '../parts/Facts';
import { ColorBar, HeatMap } from '../parts/HeatMap';
import { rowNorms, signedBound, statisticsOf } from '../statistics';
import type { Plain, ViewProps } from './view-props';
import css from './views.module.css';

/** A learned word: how long its vectors are, and which words of the vocabulary they are near. */
export default function EmbeddingView({ value: { embedding }, nearest }: ViewProps<Plain<'embedding'>>) {
  const { word, vectors, width, strength = 1, notes = [] } = embedding;
  const rows = vectors.length / width;
  const whole = useMemo(() => statisticsOf(vectors), [vectors]);
  const norms = useMemo(() => rowNorms(vectors, width), [vectors, width]);
  const near = useNearest(nearest);
  const bound = signedBound(whole);
  const { mean, std, min, max } = whole;
  return (
    <div className={`${css.view} ${css.split}`}>
      <div className={css.main}>
        <h3 className={css.heading}>{word}</h3>
        <Facts
          of={[
            [words.size, words.vectors(rows, width)],
            ...(strength === 1 ? [] : ([[words.strength, shortNumber(strength)]] as const)),
          ]}
        />
        {notes.map((note) => (
          <p key={note} className={css.note}>
            {note}
          </p>
        ))}
        <HeatMap
          data={vectors}
          from={0}
          width={width}
          height={rows}
          map={signed}
          low={-bound}
          high={bound}
          name=""
          label={words.channelSays(word, shortNumber(mean), shortNumber(std), shortNumber(min), shortNumber(max))}
          value=""
          place={undefined}
          tall={Math.min(160, 14 * rows)}
        />
        <ColorBar map={signed} low={-bound} high={bound} />
        <WholeFacts statistics={whole} of={vectors} />
      </div>
      <div className={css.main}>
        <h3 className={css.heading}>{words.vectorNorms}</h3>
        <Bars of={norms.map((norm, i) => ({ name: words.vector(i + 1), value: norm }))} />
        {near === undefined ? (
          <p className={css.note}>{words.noEncoder}</p>
        ) : (
          near.map((list, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a vector is known by its place
            <div key={i}>
              <h3 className={css.heading}>
                {words.nearest}, {words.vector(i + 1)}
              </h3>
              <Bars of={list.map(({ word: name, cosine }) => ({ name, value: cosine }))} most={1} />
            </div>
          ))
        )}
      </div>
    </div>
  );
}

function useNearest(ask: ViewProps<unknown>['nearest']): readonly (readonly NearWord[])[] | undefined {
  const [found, setFound] = useState<readonly (readonly NearWord[])[]>();
  useEffect(() => {
    let gone = false;
    setFound(undefined);
    ask?.().then(
      (near) => gone || setFound(near),
      () => {},
    );
    return () => {
      gone = true;
    };
  }, [ask]);
  return found;
}
