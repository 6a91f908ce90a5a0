import { IconTool } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { Problem } from '../../core/problem';
import { fixFor } from '../../engine/problems/fix';
import { mend } from '../document/mend';
import { definitionsOf } from '../registry';
import { editWhole } from '../state/document-store';
import { useDocument } from '../state/use';
import css from './Problems.module.css';

/** The button that mends a problem, where the program can. */
export default function ProblemFix({
  problem,
  inNode = false,
}: {
  readonly problem: Problem;
  readonly inNode?: boolean;
}) {
  const document = useDocument(({ history }) => history.document);
  const definitions = definitionsOf(document);
  const fix = useMemo(() => fixFor(document, definitions, problem), [document, definitions, problem]);
  if (!fix) return null;
  return (
    <button
      type="button"
      className={css.fix}
      data-stop
      tabIndex={inNode ? -1 : 0}
      onClick={() => editWhole(fix.label, mend(fix, definitions))}
    >
      <IconTool size={13} stroke={1.6} aria-hidden />
      {fix.label}
    </button>
  );
}
