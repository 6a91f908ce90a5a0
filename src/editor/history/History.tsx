import { IconAdjustmentsHorizontal, IconDatabase, IconSearch, IconStar, IconX } from '@tabler/icons-react';
import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import controls from '../controls.module.css';
import { closeDialog, Dialog } from '../dialogs/Dialog';
import { history } from '../text/history';
import { look, told } from './actions';
import { Filters } from './Filters';
import { Grid } from './Grid';
import css from './History.module.css';
import { type Filter, historyStore, noFilter } from './history-store';
import { Large } from './Large';
import { Notice } from './Notice';
import { forgetAddresses } from './picture-url';
import { filtered } from './rows';
import { StorageUse } from './StorageUse';

const choices = {
  all: history.all,
  starred: history.starred,
  grids: history.grids,
  animations: history.animations,
} as const;

const narrow = (by: Partial<Filter>) => historyStore.setState(({ filter }) => ({ filter: { ...filter, ...by } }));

/** All pictures that were made in this browser, by day; one of them large with what is known of it. */
export default function History() {
  const { pictures, filter, at, large } = useStore(historyStore);
  const [open, setOpen] = useState<'filter' | 'storage'>();
  useEffect(() => {
    look().catch((thrown) => {
      historyStore.setState({ pictures: [] });
      told(thrown);
    });
    return () => {
      forgetAddresses();
      historyStore.setState({ large: false, marked: undefined, notice: undefined });
    };
  }, []);
  const wanted = useDeferredValue(filter);
  const found = useMemo(() => filtered(pictures ?? [], wanted), [pictures, wanted]);
  const shown = large ? found.find(({ id }) => id === at) : undefined;
  const toggle = (panel: 'filter' | 'storage') => setOpen(open === panel ? undefined : panel);
  const bytes = useMemo(() => (pictures ?? []).reduce((sum, picture) => sum + picture.bytes, 0), [pictures]);
  if (!pictures)
    return (
      <Dialog label={history.title} className={css.dialog}>
        {null}
      </Dialog>
    );
  return (
    <Dialog label={history.title} className={css.dialog}>
      {shown ? (
        <Large key={shown.id} picture={shown} among={found} />
      ) : (
        <>
          <header className={css.head}>
            <h2>{history.title}</h2>
            <small aria-live="polite">
              {found.length === pictures.length
                ? history.count(pictures.length, bytes)
                : history.found(found.length, pictures.length)}
            </small>
            <label className={`${controls.search} ${css.search}`}>
              <IconSearch size={15} stroke={1.6} aria-hidden />
              <input
                type="search"
                aria-label={history.search}
                placeholder={history.search}
                value={filter.words}
                onChange={(event) => narrow({ words: event.currentTarget.value })}
              />
            </label>
            <fieldset className={css.only} aria-label={history.which}>
              {(Object.keys(choices) as (keyof typeof choices)[]).map((only) => (
                <button key={only} type="button" aria-pressed={filter.only === only} onClick={() => narrow({ only })}>
                  {only === 'starred' && <IconStar size={14} stroke={1.6} aria-hidden />}
                  {choices[only]}
                </button>
              ))}
            </fieldset>
            <button
              type="button"
              className={css.button}
              aria-expanded={open === 'filter'}
              onClick={() => toggle('filter')}
            >
              <IconAdjustmentsHorizontal size={15} stroke={1.6} aria-hidden />
              {history.filter}
            </button>
            <button
              type="button"
              className={css.button}
              aria-expanded={open === 'storage'}
              onClick={() => toggle('storage')}
            >
              <IconDatabase size={15} stroke={1.6} aria-hidden />
              {history.storage}
            </button>
            <button type="button" className={css.close} aria-label={history.close} onClick={closeDialog}>
              <IconX size={18} stroke={1.6} aria-hidden />
            </button>
          </header>
          {open === 'filter' && <Filters pictures={pictures} filter={filter} onChange={narrow} />}
          {open === 'storage' && <StorageUse pictures={pictures} />}
          {found.length > 0 ? (
            <Grid pictures={found} />
          ) : (
            <p className={css.none}>
              {pictures.length === 0 ? history.none : history.noneFound}
              {pictures.length > 0 && (
                <button type="button" className={css.button} onClick={() => narrow(noFilter)}>
                  {history.clear}
                </button>
              )}
            </p>
          )}
        </>
      )}
      <Notice />
    </Dialog>
  );
}
