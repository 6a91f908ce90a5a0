import { useMemo } from 'react';
import type { PictureRecord } from '../../storage/run-record';
import { history } from '../text/history';
import css from './History.module.css';
import { type Filter, noFilter } from './history-store';
import { choicesOf } from './rows';

interface Props {
  readonly pictures: readonly PictureRecord[];
  readonly filter: Filter;
  readonly onChange: (by: Partial<Filter>) => void;
}

/** What else the pictures can be narrowed by: each list has what occurs among them. */
export function Filters({ pictures, filter, onChange }: Props) {
  const { graphs, models, sizes } = useMemo(() => choicesOf(pictures), [pictures]);
  const lists = [
    { of: 'graph', title: history.graph, any: history.anyGraph, values: graphs },
    { of: 'model', title: history.model, any: history.anyModel, values: models },
    { of: 'size', title: history.size, any: history.anySize, values: sizes },
  ] as const;
  return (
    <div className={css.panel}>
      {lists.map(({ of, title, any, values }) => (
        <select
          key={of}
          className={css.select}
          aria-label={title}
          value={filter[of]}
          onChange={(event) => onChange({ [of]: event.currentTarget.value })}
        >
          <option value="">{any}</option>
          {values.map((value) => (
            <option key={value} value={value}>
              {value || history.untitled}
            </option>
          ))}
        </select>
      ))}
      <button type="button" className={css.button} onClick={() => onChange(noFilter)}>
        {history.clear}
      </button>
    </div>
  );
}
