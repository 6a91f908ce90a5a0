import { useEffect, useState } from 'react';
import type { PictureRecord } from '../../storage/run-record';
import { history } from '../text/history';
import { remove, told } from './actions';
import css from './History.module.css';
import { keptLimits, setLimits } from './history-store';
import { makeRoom } from './record';

const counts = [100, 500, 2000, 10_000] as const;
const sizes = [100e6, 500e6, 1e9, 5e9, 20e9] as const;

const sum = (pictures: readonly PictureRecord[]) => pictures.reduce((all, { bytes }) => all + bytes, 0);

/** What the pictures take, what can be freed, and how much is to be kept. */
export function StorageUse({ pictures }: { readonly pictures: readonly PictureRecord[] }) {
  const [limits, setOwn] = useState(keptLimits);
  const [room, setRoom] = useState<{ readonly usage: number; readonly quota: number }>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: each change of the pictures changes what is used
  useEffect(() => {
    void navigator.storage?.estimate().then(({ usage = 0, quota = 0 }) => setRoom({ usage, quota }));
  }, [pictures]);
  const starred = pictures.filter((picture) => picture.starred);
  const others = pictures.filter((picture) => !picture.starred);
  const keep = (by: Partial<typeof limits>) => {
    const next = { ...limits, ...by };
    setOwn(next);
    setLimits(next);
    void makeRoom().catch(told);
  };
  return (
    <div className={`${css.panel} ${css.storage}`}>
      <p>
        {history.uses(pictures.length, sum(pictures))} {history.starredStay(starred.length, sum(starred))}{' '}
        {room && history.room(room.usage, room.quota)}
      </p>
      <div className={css.line}>
        <label>
          {history.keepPictures}{' '}
          <select
            className={css.select}
            value={limits.pictures}
            onChange={(event) => keep({ pictures: Number(event.currentTarget.value) })}
          >
            {counts.map((count) => (
              <option key={count} value={count}>
                {history.pictureCount(count)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {history.keepBytes}{' '}
          <select
            className={css.select}
            value={limits.bytes}
            onChange={(event) => keep({ bytes: Number(event.currentTarget.value) })}
          >
            {sizes.map((size) => (
              <option key={size} value={size}>
                {history.bytes(size)}
              </option>
            ))}
          </select>
        </label>
        <button type="button" className={css.button} disabled={others.length === 0} onClick={() => void remove(others)}>
          {history.free(sum(others))}
        </button>
      </div>
      <p className={css.quiet}>{history.rule}</p>
    </div>
  );
}
