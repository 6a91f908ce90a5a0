import { useMemo, useState } from 'react';
import { pictured } from '../../../engine/recording/projection';
import { inspect as words } from '../../text/inspect';
import { shortNumber } from '../numbers';
import { Segments, Stepper } from '../parts/Choices';
import { WholeFacts } from '../parts/Facts';
import { Histogram } from '../parts/Histogram';
import { type Place, Stage } from '../parts/Stage';
import { statisticsOf } from '../statistics';
import type { Plain, ViewProps } from './view-props';
import css from './views.module.css';

const zooms = ['1', '2', '4', '8', '16'] as const;

/** A picture or a mask, down to its pixels. */
export default function PictureView({ value }: ViewProps<Plain<'image' | 'mask'>>) {
  const { tensor, kind } = value;
  const { dims, data } = tensor;
  const [count = 1, channels = 1, height = 1, width = 1] = dims;
  const [chosen, choose] = useState(0);
  const image = Math.min(chosen, count - 1);
  const [zoom, setZoom] = useState<(typeof zooms)[number]>('1');
  const [place, setPlace] = useState<Place>();
  const plane = width * height;
  const begin = image * channels * plane;
  const whole = useMemo(() => statisticsOf(data), [data]);
  const each = useMemo(
    () => Array.from({ length: channels }, (_, c) => statisticsOf(data, begin + c * plane, begin + (c + 1) * plane)),
    [data, begin, channels, plane],
  );
  const picture = useMemo(() => pictured(tensor, image), [tensor, image]);
  const names = kind === 'mask' ? [words.mask] : words.colours.slice(0, channels);
  const size = `${width} × ${height}`;
  const read = ({ x, y }: Place) =>
    names.map((name, c) => {
      const number = data[begin + c * plane + y * width + x] as number;
      const byte = kind === 'image' ? ` · ${Math.round(255 * Math.min(1, Math.max(0, number)))}` : '';
      return { name, value: `${shortNumber(number)}${byte}` };
    });
  return (
    <div className={`${css.view} ${css.split}`}>
      <div className={css.main}>
        <div className={css.tools}>
          <Segments
            label={words.zoom}
            value={zoom}
            onChange={setZoom}
            options={zooms.map((id) => ({ id, title: id === '1' ? words.fit : `${id}×` }))}
          />
          {count > 1 && <Stepper what={words.picture} at={image} of={count} onChange={choose} />}
        </div>
        <Stage
          width={width}
          height={height}
          picture={picture}
          zoom={Number(zoom)}
          label={kind === 'mask' ? words.maskSays(size) : words.pictureSays(size)}
          place={place}
          onPlace={setPlace}
          read={read}
        />
        {place && zoom !== '1' && (
          <p className={css.note} aria-hidden>
            {[words.at(place.x, place.y), ...read(place).map((line) => `${line.name} ${line.value}`)].join(' · ')}
          </p>
        )}
        {kind === 'mask' && (
          <p className={css.note}>{words.repainted(`${(100 * (each[0]?.mean ?? 0)).toFixed(1)} %`)}</p>
        )}
      </div>
      <div className={css.main}>
        {each.map((statistics, c) => (
          <Histogram
            // biome-ignore lint/suspicious/noArrayIndexKey: a channel is known by its place
            key={c}
            data={data}
            from={begin + c * plane}
            to={begin + (c + 1) * plane}
            low={0}
            high={1}
            name={names[c] ?? ''}
            statistics={statistics}
          />
        ))}
        <h3 className={css.heading}>{words.whole}</h3>
        <WholeFacts statistics={whole} of={data} />
      </div>
    </div>
  );
}
