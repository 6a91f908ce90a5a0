import { colors } from '../document/colors';
import { widgets } from '../text/widgets';
import css from './widgets.module.css';

interface Props {
  readonly label: string;
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}

/** One of a few colours, or none. */
export const ColorField = ({ label, value, onChange }: Props) => (
  <fieldset className={css.colors} aria-label={label}>
    {[{ name: widgets.none, value: undefined }, ...colors].map((color) => (
      <button
        key={color.name}
        type="button"
        aria-pressed={value === color.value}
        aria-label={color.name}
        data-help={color.name}
        onClick={() => onChange(color.value)}
      >
        <i style={color.value ? { background: color.value } : undefined} />
      </button>
    ))}
  </fieldset>
);
