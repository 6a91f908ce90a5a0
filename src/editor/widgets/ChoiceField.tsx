import type { FieldProps } from './field';
import css from './widgets.module.css';

/** Name and value side by side stay below the widest node up to this many letters. */
const roomInNode = 17;

interface Props extends FieldProps {
  readonly options: readonly { readonly value: string; readonly title: string }[];
  /** Letters of the longest title that is given room in a node; what is longer is cut off. */
  readonly widest?: number;
}

/** One of several named values. It is as wide as the longest of them, so choosing another moves nothing. */
export function ChoiceField({ value, label, place, options, widest = Number.POSITIVE_INFINITY, onChange }: Props) {
  const longest = Math.min(widest, Math.max(...options.map(({ title }) => title.length)));
  return (
    <div className={`${css.field} ${css.choice} nodrag`}>
      {place === 'node' && longest + label.length <= roomInNode && <span>{label}</span>}
      <select
        aria-label={label}
        data-stop
        tabIndex={place === 'node' ? -1 : 0}
        style={place === 'node' ? { minWidth: `${longest * 0.56 + 1.6}em` } : undefined}
        value={String(value)}
        onChange={(event) => onChange(event.currentTarget.value)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.title}
          </option>
        ))}
      </select>
    </div>
  );
}

/** One of the names in the schema. A value that is none of them (from an older file) stays visible. */
export function OptionField(props: FieldProps) {
  const names = props.parameter.options ?? [];
  const all = names.includes(String(props.value)) ? names : [...names, String(props.value)];
  return (
    <ChoiceField
      {...props}
      options={all.map((name) => ({ value: name, title: props.parameter.labels?.[name] ?? name }))}
    />
  );
}

/** Yes or no. */
export function SwitchField({ value, label, place, onChange }: FieldProps) {
  return (
    <label className={`${css.field} ${css.switch} nodrag`}>
      {place === 'node' && <span>{label}</span>}
      <input
        type="checkbox"
        role="switch"
        aria-checked={value === true}
        aria-label={label}
        data-stop
        tabIndex={place === 'node' ? -1 : 0}
        checked={value === true}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    </label>
  );
}
