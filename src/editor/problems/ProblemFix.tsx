import { IconTool } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { Problem } from '../../core/problem';
import { fixFor } from '../../engine/problems/fix';
import { mend } from '../document/mend';
import { registry } from '../registry';
import { edit } from '../state/document-store';
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
  const document = useDocument((state) => state.document);
  const fix = useMemo(() => fixFor(document, registry, problem), [document, problem]);
  if (!fix) return null;
  return (
    <button
      type="button"
      className={css.fix}
      data-stop
      tabIndex={inNode ? -1 : 0}
      onClick={() => edit(fix.label, mend(fix, registry))}
    >
      <IconTool size={13} stroke={1.6} aria-hidden />
      {fix.label}
    </button>
  );
}
