import type { Parameter } from '../../core/parameters';
import { allowed, notch } from './drag-number';

/** Where the usual value stands on a slider whose upper end is far from it, as a share of its length. */
const usual = 0.3;

/** How places on a slider and values follow from each other. */
export interface SliderScale {
  /** 0 at the lower end, 1 at the upper. */
  readonly shareOf: (value: number) => number;
  readonly valueAt: (share: number) => number;
}

/**
 * The scale of a parameter that has two ends, undefined for others. Where the usual value is near the lower one, the slider is a power
 * of the value, so that a thumb has room for what people choose: 7.5 of 100 stands at 30 %.
 */
export function sliderScale(parameter: Parameter): SliderScale | undefined {
  const { kind, minimum, maximum, default: initial, widget, options } = parameter;
  if ((kind !== 'number' && kind !== 'integer') || options || (widget && widget !== 'slider')) return undefined;
  if (minimum === undefined || maximum === undefined || maximum <= minimum) return undefined;
  const range = maximum - minimum;
  const share = typeof initial === 'number' ? (initial - minimum) / range : 1;
  const power = share > 0 && share < usual ? Math.log(share) / Math.log(usual) : 1;
  const step = notch(parameter);
  return {
    shareOf: (value) => Math.min(1, Math.max(0, (value - minimum) / range)) ** (1 / power),
    valueAt: (at) => allowed(parameter, minimum + Math.round((at ** power * range) / step) * step),
  };
}
