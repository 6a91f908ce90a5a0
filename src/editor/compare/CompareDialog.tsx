import {
  IconArrowsExchange,
  IconColumns2,
  IconLayersDifference,
  IconMovie,
  IconRefresh,
  IconSquareHalf,
  IconX,
} from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { filmStore, openFilm } from '../animation/open';
import controls from '../controls.module.css';
import { closeDialog, Dialog } from '../dialogs/Dialog';
import { paintMap, rising } from '../inspect/color-maps';
import { shortNumber } from '../inspect/numbers';
import { Segments } from '../inspect/parts/Choices';
import { Pixels } from '../inspect/parts/Pixels';
import { ValueView } from '../inspect/views/ValueView';
import { compare as words } from '../text/compare';
import css from './Compare.module.css';
import { CompareStage, type Way } from './CompareStage';
import { documentOf } from './document-of';
import { reelBetween } from './film';
import { Numbers, rangeOf } from './Numbers';
import { compareStore, type Side } from './open';
import { type Planes, planesOf } from './planes';
import { WhatDiffers } from './WhatDiffers';

/** So many pictures are looked at one by one: changing faster they would flicker (WCAG 2.3.1). */
const few = 4;

const factors = ['1', '4', '16', '64'] as const;

/** Two pictures or values beside each other, over each other, one after the other, or as what is between them. */
export default function CompareDialog() {
  const { a, b } = useStore(compareStore);
  return (
    <Dialog label={words.title} className={css.dialog}>
      {a && b ? (
        <Comparison a={a} b={b} />
      ) : (
        <>
          <div className={css.head}>
            <h2>{words.title}</h2>
            <span className={css.grow} />
            <CloseButton />
          </div>
          <p className={css.left}>{words.nothing}</p>
        </>
      )}
    </Dialog>
  );
}

const CloseButton = () => (
  <button type="button" className={controls.icon} aria-label={words.close} onClick={closeDialog}>
    <IconX size={16} stroke={1.6} aria-hidden />
  </button>
);

const icon = { size: 14, stroke: 1.6, 'aria-hidden': true } as const;

function Comparison({ a, b }: { readonly a: Side; readonly b: Side }) {
  const [way, choose] = useState<Way>('slider');
  const [factor, amplify] = useState<(typeof factors)[number]>('4');
  const [planesA, planesB] = [useMemo(() => planesOf(a), [a]), useMemo(() => planesOf(b), [b])];
  const alike =
    planesA !== undefined &&
    planesB !== undefined &&
    planesA.channels === planesB.channels &&
    planesA.width === planesB.width &&
    planesA.height === planesB.height &&
    planesA.colors === planesB.colors;
  const between = useMemo(
    () => (alike && planesA && planesB ? differencePicture(planesA, planesB, Number(factor)) : undefined),
    [alike, planesA, planesB, factor],
  );
  const [documentA, documentB] = [useMemo(() => documentOf(a), [a]), useMemo(() => documentOf(b), [b])];
  const reel = useMemo(() => reelBetween(a, b, planesA, planesB), [a, b, planesA, planesB]);
  const [titleA, titleB] = [words.sideA(a.title), words.sideB(b.title)];
  const label = between && words.differenceOf(Number(factor), shortNumber(between.most));
  return (
    <>
      <div className={css.head}>
        <h2>{words.title}</h2>
        <span className={css.grow} />
        {planesA && planesB && (
          <Segments
            label={words.how}
            value={way}
            onChange={choose}
            options={[
              { id: 'beside', title: <WithIcon icon={<IconColumns2 {...icon} />}>{words.beside}</WithIcon> },
              { id: 'slider', title: <WithIcon icon={<IconSquareHalf {...icon} />}>{words.slider}</WithIcon> },
              { id: 'blink', title: <WithIcon icon={<IconRefresh {...icon} />}>{words.blink}</WithIcon> },
              {
                id: 'difference',
                title: <WithIcon icon={<IconLayersDifference {...icon} />}>{words.difference}</WithIcon>,
                disabled: !alike,
              },
            ]}
          />
        )}
        <span className={css.grow} />
        <button type="button" className={controls.button} onClick={() => compareStore.setState({ a: b, b: a })}>
          <IconArrowsExchange {...icon} />
          {words.swap}
        </button>
        <button
          type="button"
          className={controls.button}
          aria-disabled={!reel}
          data-help={reel ? words.animateHelp(reel.count) : words.animateNot}
          onClick={() => reel && openFilm(reel, { ...filmStore.getState().playback, rate: reel.count > few ? 8 : 1 })}
        >
          <IconMovie {...icon} />
          {words.animate}
        </button>
        <CloseButton />
      </div>
      <div className={css.body}>
        <div className={css.left}>
          {planesA && planesB ? (
            <CompareStage
              way={way}
              a={{ title: titleA, picture: planesA.picture }}
              b={{ title: titleB, picture: planesB.picture }}
              difference={between && { picture: between.picture, label: label ?? '' }}
            />
          ) : (
            <div className={css.values}>
              {[
                { title: titleA, side: a },
                { title: titleB, side: b },
              ].map(({ title, side }) => (
                <div key={title}>
                  <h3>{title}</h3>
                  {'value' in side && <ValueView value={side.value} />}
                </div>
              ))}
            </div>
          )}
        </div>
        <div className={css.side}>
          {between && (
            <section aria-label={words.difference}>
              <h3>
                {words.difference}
                <small>{words.times(Number(factor))}</small>
              </h3>
              <Pixels {...between.picture} label={label} smooth={between.picture.width > 256} />
              <div className={css.amplify}>
                {words.amplify}
                <Segments
                  label={words.amplify}
                  value={factor}
                  onChange={amplify}
                  options={factors.map((id) => ({ id, title: words.times(Number(id)) }))}
                />
              </div>
            </section>
          )}
          <Numbers a={a} b={b} planes={alike && planesA && planesB ? [planesA, planesB] : undefined} />
          {planesA && planesB && !alike && (
            <section>
              <p className={css.note}>{words.otherSize(sizeOf(planesA), sizeOf(planesB))}</p>
            </section>
          )}
          <WhatDiffers a={documentA} b={documentB} />
        </div>
      </div>
    </>
  );
}

function WithIcon({ icon: sign, children }: { readonly icon: React.ReactNode; readonly children: string }) {
  return (
    <>
      {sign}
      {children}
    </>
  );
}

const sizeOf = ({ channels, width, height }: Planes) => `${channels} × ${height} × ${width}`;

/** The largest difference of a pixel's numbers as a colour, `factor` times as large; 1 is the brightest. */
function differencePicture(a: Planes, b: Planes, factor: number) {
  const plane = a.width * a.height;
  const apart = new Float32Array(plane);
  let most = 0;
  for (let c = 0; c < a.channels; c++)
    for (let i = 0; i < plane; i++) {
      const now = Math.abs((a.numbers[c * plane + i] as number) - (b.numbers[c * plane + i] as number));
      if (now > (apart[i] as number)) apart[i] = now;
      if (now > most) most = now;
    }
  // Colours reach from 0 to 1; other numbers as far as they do.
  const full = a.colors ? 1 : rangeOf(a) || 1;
  const pixels = paintMap(apart, rising, 0, full / factor);
  return { picture: { width: a.width, height: a.height, pixels }, most };
}
