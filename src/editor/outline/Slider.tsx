import type { KeyboardEvent } from 'react';
import type { Parameter } from '../../core/parameters';
import { setParameter } from '../document/parameters';
import { edit } from '../state/document-store';
import { useNode } from '../state/node-watch';
import { widgets } from '../text/widgets';
import { allowed, notch } from '../widgets/drag-number';
import { useGesture } from '../widgets/gesture';
import type { SliderScale } from '../widgets/slider-scale';
import { numberWords, portWords } from '../words';
import css from './Outline.module.css';

/** Places on a slider: more than a phone has pixels. */
const places = 1000;

const notches: Readonly<Record<string, number>> = {
  ArrowUp: 1,
  ArrowRight: 1,
  ArrowDown: -1,
  ArrowLeft: -1,
  PageUp: 10,
  PageDown: -10,
};

interface Props {
  readonly node: string;
  readonly parameter: Parameter;
  readonly scale: SliderScale;
}

/** A number as a slider for the thumb. */
export function Slider({ node, parameter, scale }: Props) {
  const { name, unit } = parameter;
  const label = portWords(name);
  const stored = useNode(node, (graph) => graph.nodes.get(node)?.params[name] ?? parameter.default);
  const value = typeof stored === 'number' ? stored : 0;
  const gesture = useGesture();
  const change = (next: number) =>
    next !== value && edit(widgets.change(label), setParameter(node, name, next), gesture.id());
  const share = scale.shareOf(value);
  const onKeyDown = (event: KeyboardEvent) => {
    const by = notches[event.key];
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    change(allowed(parameter, value + by * notch(parameter)));
  };
  return (
    <input
      type="range"
      className={css.slider}
      aria-label={label}
      aria-valuetext={unit ? `${numberWords(value)} ${unit}` : numberWords(value)}
      min={0}
      max={places}
      value={Math.round(share * places)}
      style={{ '--share': share } as React.CSSProperties}
      onPointerDown={gesture.begin}
      onFocus={gesture.begin}
      onChange={({ currentTarget }) => change(scale.valueAt(Number(currentTarget.value) / places))}
      onKeyDown={onKeyDown}
    />
  );
}
