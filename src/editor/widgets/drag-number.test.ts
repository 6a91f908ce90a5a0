import { describe, expect, it } from 'vitest';
import type { Parameter } from '../../core/parameters';
import { allowed, dragged, notch } from './drag-number';

const scale: Parameter = { name: 'scale', kind: 'number', default: 7.5, minimum: 0, maximum: 30 };
const steps: Parameter = { name: 'steps', kind: 'integer', default: 25, minimum: 1, maximum: 150 };

describe('dragging a number sideways', () => {
  it('changes it by a notch for every 4 pixels', () => {
    expect(notch(scale)).toBe(0.1);
    expect(dragged(scale, 7.5, 8, false)).toBe(7.7);
    expect(dragged(steps, 25, -9, false)).toBe(23);
  });

  it('is finer with Shift', () => {
    expect(dragged(scale, 7.5, 8, true)).toBe(7.52);
    expect(dragged(steps, 25, 31, true)).toBe(26);
  });

  it('stops at the bounds', () => {
    expect(dragged(scale, 7.5, 1e5, false)).toBe(30);
    expect(allowed(steps, 0.2)).toBe(1);
  });
});
