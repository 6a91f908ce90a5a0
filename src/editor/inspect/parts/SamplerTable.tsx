import { useEffect, useRef } from 'react';
import type { Step } from '../../../core/sampler-table';
import { inspect as words } from '../../text/inspect';
import { endNumber, shortNumber } from '../numbers';
import css from './parts.module.css';

/** The next x as this row makes it: "0.895 x + 0.158 denoised". */
function rowWords({ update, updateBy }: Step): string {
  const terms = Object.entries((update.x ?? Object.values(updateBy ?? {})[0]?.x ?? {}) as Record<string, number>);
  return terms
    .filter(([, factor]) => factor !== 0)
    .map(([source, factor], i) => {
      const sign = factor < 0 ? '− ' : i > 0 ? '+ ' : '';
      const size = Math.abs(factor);
      return `${sign}${size === 1 ? '' : `${shortNumber(size)} `}${source}`;
    })
    .join(' ');
}

interface Props {
  readonly steps: readonly Step[];
  /** The evaluation of the first row. */
  readonly first?: number;
  /** The row that is pointed at elsewhere. */
  readonly at?: number | undefined;
}

/** The rows of a sampler's table. */
export function SamplerTable({ steps, first = 0, at }: Props) {
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    const [box, row] = [
      section.current,
      at === undefined ? undefined : section.current?.querySelectorAll('tr')[at + 1],
    ];
    // Scrolls the table alone, and not what it stands in.
    if (box && row) box.scrollTop = row.offsetTop - box.clientHeight / 2;
  }, [at]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled must be reached by keyboard
    <section ref={section} className={css.table} aria-label={words.table} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th>{words.evaluation}</th>
            <th>σ</th>
            <th>t</th>
            <th>{words.formulaNext}</th>
          </tr>
        </thead>
        <tbody>
          {steps.map((step, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a step is known by its place
            <tr key={i} data-on={i === at ? '' : undefined}>
              <td>{first + i + 1}</td>
              <td>{endNumber(step.sigma)}</td>
              <td>{endNumber(step.timestep)}</td>
              <td>
                <code>{rowWords(step)}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
