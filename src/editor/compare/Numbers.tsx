import { useMemo } from 'react';
import { endNumber, shortNumber } from '../inspect/numbers';
import { Facts } from '../inspect/parts/Facts';
import { cosines, statisticsOf } from '../inspect/statistics';
import { compare as words } from '../text/compare';
import css from './Compare.module.css';
import { differenceOf } from './difference';
import type { Side } from './open';
import { numbersOf, type Planes } from './planes';
import { useSimilarity } from './use-similarity';

/** From the least to the largest number. */
export function rangeOf({ numbers }: Pick<Planes, 'numbers'>): number {
  const { min, max } = statisticsOf(numbers);
  return max - min;
}

interface NumbersProps {
  readonly a: Side;
  readonly b: Side;
  readonly planes: readonly [Planes, Planes] | undefined;
}

const percent = (part: number) => words.share((100 * part).toFixed(1));

/** How far apart the two are. */
export function Numbers({ a, b, planes }: NumbersProps) {
  const [planesA, planesB] = planes ?? [];
  const facts = useMemo(() => factsOf(a, b, planesA && planesB && [planesA, planesB]), [a, b, planesA, planesB]);
  const counted = useSimilarity(planes);
  // Its line is there from the beginning, so that nothing moves when it is counted.
  const similarity: [string, string][] = counted === undefined ? [] : [[words.similarity, words.ssim(counted)]];
  return (
    <section aria-label={words.numbers}>
      <h3>{words.numbers}</h3>
      {facts ? (
        <Facts of={facts.toSpliced(1, 0, ...similarity)} />
      ) : (
        <p className={css.note}>{planes ? '' : words.noNumbers}</p>
      )}
    </section>
  );
}

function factsOf(a: Side, b: Side, planes: NumbersProps['planes']): [string, string][] | undefined {
  const [numbersA, numbersB] = planes ? [planes[0].numbers, planes[1].numbers] : [numbersOf(a), numbersOf(b)];
  if (!numbersA || !numbersB || numbersA.length !== numbersB.length || numbersA.length === 0) return undefined;
  const colors = planes?.[0].colors ?? false;
  const peak = colors ? 1 : rangeOf({ numbers: numbersA }) || 1;
  const { psnr, max, mean, differ } = differenceOf(numbersA, numbersB, peak);
  const largest = colors ? words.of255(endNumber(Math.round(255 * max * 100) / 100)) : shortNumber(max);
  const cosine = cosines(numbersA, numbersB, numbersA.length)[0]?.[0] ?? Number.NaN;
  return [
    [words.psnr, Number.isFinite(psnr) ? words.decibel(psnr.toFixed(1)) : words.same],
    [words.largest, largest],
    [words.mean, shortNumber(mean)],
    colors && planes ? [words.pixelsDiffer, percent(pixelsThatDiffer(planes))] : [words.differ, percent(differ)],
    ...(colors
      ? []
      : ([
          [words.cosine, shortNumber(cosine)],
          [words.range, shortNumber(peak)],
        ] as [string, string][])),
  ];
}

/** The part of the pixels of which one colour differs. */
function pixelsThatDiffer([a, b]: readonly [Planes, Planes]): number {
  const plane = a.width * a.height;
  let count = 0;
  for (let i = 0; i < plane; i++)
    for (let c = 0; c < a.channels; c++)
      if (a.numbers[c * plane + i] !== b.numbers[c * plane + i]) {
        count += 1;
        break;
      }
  return count / plane;
}
