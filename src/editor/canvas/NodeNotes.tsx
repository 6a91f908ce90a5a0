import { useRun } from '../state/use';
import css from './WeftNode.module.css';

/** What there is to know about what a node made: no error, but not to be missed. */
export function NodeNotes({ id }: { readonly id: string }) {
  const outputs = useRun((state) => state.outputs[id]);
  const notes = [...new Set(Object.values(outputs ?? {}).flatMap((summary) => summary.notes ?? []))];
  if (notes.length === 0) return null;
  return (
    <div className={`${css.notes} nowheel nodrag`}>
      {notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
    </div>
  );
}
