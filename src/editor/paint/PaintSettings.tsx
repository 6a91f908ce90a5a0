import {
  IconBrush,
  IconBucketDroplet,
  IconCircle,
  IconContrast,
  IconEraser,
  IconLine,
  IconRectangle,
  IconTrash,
} from '@tabler/icons-react';
import { useId } from 'react';
import { paint } from '../text/paint';
import type { Color } from './bitmap';
import css from './PaintDialog.module.css';
import { type Settings, type Tool, tools } from './session';

const signs = {
  brush: { title: paint.tools.brush, key: 'B', Icon: IconBrush },
  eraser: { title: paint.tools.eraser, key: 'E', Icon: IconEraser },
  fill: { title: paint.tools.fill, key: 'F', Icon: IconBucketDroplet },
  line: { title: paint.tools.line, key: 'L', Icon: IconLine },
  rectangle: { title: paint.tools.rectangle, key: 'R', Icon: IconRectangle },
  ellipse: { title: paint.tools.ellipse, key: 'O', Icon: IconCircle },
} satisfies Record<Tool, object>;

const hex = (color: Color): string => `#${color.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
const colorOf = (text: string): Color => {
  const value = Number.parseInt(text.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
};

interface RangeProps {
  readonly label: string;
  readonly value: number;
  readonly range: readonly [low: number, high: number];
  readonly unit: string;
  readonly onChange: (value: number) => void;
}

function Range({ label, value, range: [min, max], unit, onChange }: RangeProps) {
  const id = useId();
  return (
    <div className={css.range}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="range"
        min={min}
        max={max}
        value={value}
        aria-valuetext={unit ? `${value} ${unit}` : undefined}
        onChange={(event) => onChange(event.currentTarget.valueAsNumber)}
      />
      <output htmlFor={id}>{unit ? `${value} ${unit}` : value}</output>
    </div>
  );
}

interface Props {
  readonly settings: Settings;
  readonly change: (next: Partial<Settings>) => void;
  /** How opaque the painting is shown, 0 to 1; it changes nothing in it. */
  readonly shown: number;
  readonly setShown: (shown: number) => void;
  readonly clear: () => void;
  readonly invert: () => void;
}

/** What to paint with. */
export function PaintSettings({ settings, change, shown, setShown, clear, invert }: Props) {
  const { tool, color, size, hardness, opacity, tolerance, pressure } = settings;
  const lines = tool === 'brush' || tool === 'eraser' || tool === 'line';
  return (
    <aside className={css.settings} aria-label={paint.painting}>
      <fieldset className={css.tools} aria-label={paint.tool}>
        {tools.map((name) => {
          const { title, key, Icon } = signs[name];
          return (
            <button
              key={name}
              type="button"
              aria-label={title}
              aria-pressed={tool === name}
              aria-keyshortcuts={key}
              title={`${title} (${key})`}
              onClick={() => change({ tool: name })}
            >
              <Icon size={18} stroke={1.6} aria-hidden />
            </button>
          );
        })}
      </fieldset>
      <div className={css.ranges}>
        {tool !== 'eraser' && (
          <div className={css.range}>
            <label htmlFor="paint-color">{paint.colour}</label>
            <input
              id="paint-color"
              type="color"
              value={hex(color)}
              onChange={(event) => change({ color: colorOf(event.currentTarget.value) })}
            />
          </div>
        )}
        {lines && (
          <>
            <Range
              label={paint.size}
              value={size}
              range={[1, 512]}
              unit="px"
              onChange={(next) => change({ size: next })}
            />
            <Range
              label={paint.hardness}
              value={Math.round(100 * hardness)}
              range={[0, 100]}
              unit="%"
              onChange={(next) => change({ hardness: next / 100 })}
            />
          </>
        )}
        {tool === 'fill' && (
          <Range
            label={paint.tolerance}
            value={tolerance}
            range={[0, 255]}
            unit=""
            onChange={(next) => change({ tolerance: next })}
          />
        )}
        <Range
          label={paint.opacity}
          value={Math.round(100 * opacity)}
          range={[1, 100]}
          unit="%"
          onChange={(next) => change({ opacity: next / 100 })}
        />
        <Range
          label={paint.showPainting}
          value={Math.round(100 * shown)}
          range={[10, 100]}
          unit="%"
          onChange={(next) => setShown(next / 100)}
        />
        <label className={css.check}>
          <input
            type="checkbox"
            checked={pressure}
            onChange={(event) => change({ pressure: event.currentTarget.checked })}
          />
          {paint.pressure}
        </label>
      </div>
      <div className={css.acts}>
        <button type="button" className={css.text} onClick={invert}>
          <IconContrast size={16} stroke={1.6} aria-hidden />
          {paint.invert}
        </button>
        <button type="button" className={css.text} onClick={clear}>
          <IconTrash size={16} stroke={1.6} aria-hidden />
          {paint.clear}
        </button>
      </div>
    </aside>
  );
}
