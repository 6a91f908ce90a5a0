import { database } from './database';

/** Bytes that somebody could free, by what they belong to. */
export interface RoomTaken {
  readonly models: number;
  readonly runs: number;
  /** With their versions, those in the trash too. */
  readonly graphs: number;
}

const sum = (sizes: readonly number[]): number => sizes.reduce((total, size) => total + size, 0);

/** What this browser keeps for Weft, as far as there is something to delete. */
export async function roomTaken(): Promise<RoomTaken> {
  const db = await database();
  const [models, pictures, entries] = await Promise.all([
    db.getAll('models'),
    db.getAll('pictures'),
    db.getAll('entries'),
  ]);
  let versions = 0;
  let cursor = await db.transaction('versions').store.openCursor();
  for (; cursor; cursor = await cursor.continue()) versions += cursor.value.text.length;
  return {
    models: sum(models.map(({ files }) => sum(files.map(({ stored, size }) => (stored === undefined ? 0 : size))))),
    runs: sum(pictures.map(({ bytes }) => bytes)),
    graphs: versions + sum(entries.map(({ size }) => size)),
  };
}
