import { useEffect, useMemo, useState } from 'react';
import type { Picture } from '../../../engine/events';
import { projected } from '../../../engine/recording/projection';
import { inspect as words } from '../../text/inspect';
import { signed } from '../color-maps';
import { shortNumber } from '../numbers';
import { Segments, Stepper } from '../parts/Choices';
import { Facts, WholeFacts } from '../parts/Facts';
import { ColorBar, HeatMap } from '../parts/HeatMap';
import { Histogram } from '../parts/Histogram';
import { type Place, Stage } from '../parts/Stage';
import { signedBound, statisticsOf } from '../statistics';
import type { Plain, ViewProps } from './view-props';
import css from './views.module.css';

type Shown = 'projection' | 'decoded';

/** A latent or a prediction: as colours, channel by channel, and what its numbers say of themselves. */
export default function TensorView({ value, decode, colors }: ViewProps<Plain<'latent' | 'prediction'>>) {
  const { tensor } = value;
  const { dims, data } = tensor;
  const [count = 1, channels = 1, height = 1, width = 1] = dims;
  const [chosen, choose] = useState(0);
  const image = Math.min(chosen, count - 1);
  const [shown, show] = useState<Shown>('projection');
  const [place, setPlace] = useState<Place>();
  const plane = width * height;
  const begin = image * channels * plane;
  const whole = useMemo(() => statisticsOf(data), [data]);
  const each = useMemo(
    () => Array.from({ length: channels }, (_, c) => statisticsOf(data, begin + c * plane, begin + (c + 1) * plane)),
    [data, begin, channels, plane],
  );
  const projection = useMemo(() => projected(tensor, image, colors), [tensor, image, colors]);
  const picture = useDecoded(value, image, shown === 'decoded' ? decode : undefined);
  const bound = signedBound(whole);
  const at = (channel: number, { x, y }: Place) => shortNumber(data[begin + channel * plane + y * width + x] as number);
  const names = Array.from({ length: channels }, (_, c) => words.channel(c + 1));
  const size = dims.join(' × ');
  const decoded = shown === 'decoded' && picture !== undefined && picture !== 'none' ? picture : undefined;
  return (
    <div className={`${css.view} ${css.split}`}>
      <div className={css.main}>
        <div className={css.tools}>
          {value.kind === 'latent' && decode && (
            <Segments
              label={words.picture}
              value={shown}
              onChange={show}
              options={[
                { id: 'projection', title: words.projection },
                { id: 'decoded', title: words.decoded },
              ]}
            />
          )}
          {count > 1 && <Stepper what={words.picture} at={image} of={count} onChange={choose} />}
        </div>
        <Stage
          width={width}
          height={height}
          picture={decoded ?? projection}
          smooth={decoded !== undefined}
          label={decoded ? words.decodedSays(size) : words.projectionSays(size)}
          place={place}
          onPlace={setPlace}
          read={(point) => names.map((name, c) => ({ name: name.split(' ').at(-1) ?? name, value: at(c, point) }))}
        />
        {shown === 'decoded' && !decoded && (
          <p className={css.note} role="status">
            {picture === 'none' ? words.cannotDecode : words.decoding}
          </p>
        )}
      </div>
      <div className={css.channels}>
        {each.map(({ mean, std, min, max }, c) => (
          <HeatMap
            // biome-ignore lint/suspicious/noArrayIndexKey: a channel is known by its place
            key={c}
            data={data}
            from={begin + c * plane}
            width={width}
            height={height}
            map={signed}
            low={-bound}
            high={bound}
            name={names[c] ?? ''}
            label={words.channelSays(names[c] ?? '', ...([mean, std, min, max].map(shortNumber) as Four))}
            value={place ? at(c, place) : shortNumber(mean)}
            place={place}
          />
        ))}
        <ColorBar map={signed} low={-bound} high={bound} />
      </div>
      <div className={`${css.histograms} ${css.wide}`}>
        {each.map((statistics, c) => (
          <Histogram
            // biome-ignore lint/suspicious/noArrayIndexKey: a channel is known by its place
            key={c}
            data={data}
            from={begin + c * plane}
            to={begin + (c + 1) * plane}
            low={-bound}
            high={bound}
            name={names[c] ?? ''}
            statistics={statistics}
          />
        ))}
      </div>
      <div className={css.wide}>
        <h3 className={css.heading}>{words.whole}</h3>
        {value.kind === 'prediction' && <Facts of={[[words.predicts, words.predictionType(value.type)]]} />}
        <WholeFacts statistics={whole} of={data} />
        {whole.nan + whole.infinite > 0 && <p className={css.warning}>{words.notFinite(whole.nan, whole.infinite)}</p>}
      </div>
    </div>
  );
}

type Four = [string, string, string, string];

/** What the VAE makes of it, once it is asked for; 'none' where there is no VAE. */
function useDecoded(
  value: unknown,
  image: number,
  decode: ((image: number) => Promise<Picture | undefined>) | undefined,
): Picture | 'none' | undefined {
  const [made, setMade] = useState<{
    readonly of: unknown;
    readonly image: number;
    readonly picture: Picture | 'none';
  }>();
  useEffect(() => {
    if (!decode) return;
    let gone = false;
    decode(image).then(
      (picture) => gone || setMade({ of: value, image, picture: picture ?? 'none' }),
      () => gone || setMade({ of: value, image, picture: 'none' }),
    );
    return () => {
      gone = true;
    };
  }, [value, image, decode]);
  return made && made.of === value && made.image === image ? made.picture : undefined;
}
