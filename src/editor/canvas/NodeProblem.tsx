import { lazy, Suspense } from 'react';
import { useStore } from 'zustand';
import { Excerpt } from '../Excerpt';
import { areTold, problemStore } from '../problems/problem-store';
import { useRun } from '../state/use';
import { canvas } from '../text/canvas';
import css from './WeftNode.module.css';

const ProblemFix = lazy(() => import('../problems/ProblemFix'));

/** What stands in the way of a run at a node, or what went wrong there, and what to do about it. */
export function NodeProblem({ id }: { readonly id: string }) {
  const failure = useRun(({ nodes }) => {
    const run = nodes[id];
    return run?.state === 'failed' ? run.problem : undefined;
  });
  const foreseen = useStore(problemStore, (state) => (areTold(state) ? state.byNode.get(id) : undefined));
  const problem = foreseen?.[0] ?? failure;
  if (!problem) return null;
  const more = (foreseen?.length ?? 1) - 1;
  return (
    <div className={`${css.problem} nodrag`}>
      <strong>{problem.what}</strong>
      {problem.excerpt && <Excerpt of={problem.excerpt} />}
      {problem.cure && <span>{problem.cure}</span>}
      <Suspense>
        <ProblemFix problem={problem} inNode />
      </Suspense>
      {more > 0 && <span>{more === 1 ? canvas.oneMoreProblem : canvas.moreProblems(more)}</span>}
    </div>
  );
}
