import { useMemo, useState } from 'react';
import { inspect as words } from '../../text/inspect';
import { paintMap, rising } from '../color-maps';
import { endNumber, shortNumber } from '../numbers';
import { Bars } from '../parts/Bars';
import { ColorBar } from '../parts/HeatMap';
import { type Place, Stage } from '../parts/Stage';
import { cosines, statisticsOf } from '../statistics';
import { type Entry, rowsOf, takenRows } from './prompt-rows';
import css from './views.module.css';

interface Props {
  readonly entry: Entry;
  readonly other: Entry | undefined;
  readonly otherTitle: string | undefined;
}

/** How alike the tokens of two prompts are, or of one prompt among themselves. */
export function Likeness({ entry, other, otherTitle }: Props) {
  const width = entry.tokens.dims[2] ?? 0;
  const fits = other !== undefined && other.tokens.dims[2] === width;
  const against = fits ? other : entry;
  const [place, setPlace] = useState<Place>();
  const { down, across, flat, matrix } = useMemo(() => {
    const [down, across] = [rowsOf(entry), rowsOf(against)];
    const matrix = cosines(
      takenRows(entry.tokens.data, width, down),
      takenRows(against.tokens.data, width, across),
      width,
    );
    return { down, across, matrix, flat: matrix.flat() };
  }, [entry, against, width]);
  const { min } = useMemo(() => statisticsOf(flat), [flat]);
  const low = Math.min(0, min);
  const pixels = useMemo(() => paintMap(flat, rising, low, 1), [flat, low]);
  const size = { width: across.length, height: down.length };
  const same = fits ? down.slice(0, Math.min(down.length, across.length)) : [];
  return (
    <div className={css.main}>
      <h3 className={css.heading}>{fits ? words.similarityTo(otherTitle ?? '') : words.ownSimilarity}</h3>
      <Stage
        {...size}
        picture={{ ...size, pixels }}
        label={words.matrixSays(down.length, across.length, endNumber(min), '1')}
        place={place}
        onPlace={setPlace}
        read={({ x, y }) => [
          { name: `${down[y]?.name} · ${across[x]?.name}`, value: shortNumber(matrix[y]?.[x] ?? Number.NaN) },
        ]}
      />
      <ColorBar map={rising} low={low} high={1} />
      {!other && <p className={css.note}>{words.pinOther}</p>}
      {other && !fits && <p className={css.warning}>{words.otherWidth}</p>}
      {same.length > 0 && (
        <div>
          <h3 className={css.heading}>{words.samePlace}</h3>
          <Bars
            most={1}
            of={same.map(({ name }, i) => ({
              name: name === across[i]?.name ? name : `${name} · ${across[i]?.name}`,
              value: matrix[i]?.[i] ?? 0,
            }))}
          />
        </div>
      )}
    </div>
  );
}
