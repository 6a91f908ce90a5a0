import type { Area, Conditioning, Control } from '../core/values';

type Entry = Conditioning[number];

/** Whether a rectangle lies in another, both in one unit. */
const lies = (inner: Area, outer: Area): boolean =>
  inner.unit === outer.unit &&
  inner.left >= outer.left &&
  inner.top >= outer.top &&
  inner.left + inner.width <= outer.left + outer.width &&
  inner.top + inner.height <= outer.top + outer.height;

const same = (a: Area, b: Area): boolean => lies(a, b) && lies(b, a);

const size = ({ width, height }: Area): number => width * height;

/**
 * For an entry with an area, the smallest one of the other side that covers it, cut down to it: both are then asked about the
 * same rectangle (`create_cond_with_same_area_if_none` in ComfyUI's comfy/samplers.py).
 */
function counterpart(entry: Entry, others: Conditioning): Entry | undefined {
  const { area } = entry;
  if (!area) return undefined;
  let smallest: Entry | undefined;
  for (const other of others) {
    if (other.area && !lies(area, other.area)) continue;
    if (!smallest?.area || (other.area && size(smallest.area) > size(other.area))) {
      // What covers everything gives way to what has an area, and stands only where nothing else does.
      if (other.area || !smallest) smallest = other;
    }
  }
  if (!smallest || (smallest.area && same(smallest.area, area))) return undefined;
  return { ...entry, tokens: smallest.tokens, strip: smallest.strip };
}

/**
 * ControlNets that lead both prompts are put on those of the negative side that cover the whole picture, unless one of them has
 * its own (`apply_empty_x_to_equal_area`).
 */
function ledAsWell(positive: Conditioning, negative: Conditioning): Conditioning {
  const leading = positive
    .filter(({ area, control }) => !area && control?.length && control.every(({ both }) => both))
    .map(({ control }) => control as readonly Control[]);
  const whole = negative.flatMap(({ area }, index) => (area ? [] : [index]));
  if (!leading.length || !whole.length || whole.some((index) => negative[index]?.control?.length)) return negative;
  const led = [...negative];
  for (const [i, control] of leading.entries()) {
    const index = whole[i % whole.length] as number;
    const entry = led[index] as Entry;
    if (entry.control) led.push({ ...entry, control });
    else led[index] = { ...entry, control };
  }
  return led;
}

/** What ComfyUI makes of the two sides before it samples, so that guidance compares like with like. */
export function matchConditionings(positive: Conditioning, negative: Conditioning) {
  const sides = { positive: [...positive], negative: [...negative] };
  for (const [own, other] of [
    [sides.positive, sides.negative],
    [sides.negative, sides.positive],
  ] as const)
    for (const entry of own) {
      const added = counterpart(entry, other);
      if (added) other.push(added);
    }
  return { positive: sides.positive, negative: ledAsWell(sides.positive, sides.negative) };
}
