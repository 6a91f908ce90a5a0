import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import { useStore } from 'zustand';
import type { Found } from '../../engine/problems/find-problems';
import { revealNode } from '../canvas/reveal';
import { Flyout } from '../flyout/Flyout';
import flyout from '../flyout/Flyout.module.css';
import { common } from '../text/common';
import { problems as words } from '../text/problems';
import ProblemFix from './ProblemFix';
import css from './Problems.module.css';
import { problemStore } from './problem-store';

/** More are not read one by one; mending some of these shows the next. */
const shown = 60;

function Row({ problem }: { readonly problem: Found }) {
  const Icon = problem.hint ? IconInfoCircle : IconAlertTriangle;
  return (
    <li className={css.row} data-hint={problem.hint}>
      <Icon size={14} stroke={1.6} aria-hidden />
      <button type="button" className={css.jump} onClick={() => revealNode(problem.node.split('/')[0] ?? problem.node)}>
        <b>{problem.what}</b>
        {problem.cure}
      </button>
      <ProblemFix problem={problem} />
    </li>
  );
}

const keyOf = ({ node, port, what }: Found): string => `${node} ${port} ${what}`;

/** Everything that stands in the way of a run, to jump to and to mend. */
export function ProblemPanel() {
  const found = useStore(problemStore, (state) => state.found);
  const problems = found.filter(({ hint }) => !hint);
  const hints = found.filter(({ hint }) => hint);
  return (
    <Flyout label={words.problems} title={problems.length ? common.problems(problems.length) : words.noProblems}>
      {problems.length === 0 && <p className={css.empty}>{words.noneHint}</p>}
      {problems.length > 0 && (
        <ul className={css.list}>
          {problems.slice(0, shown).map((problem) => (
            <Row key={keyOf(problem)} problem={problem} />
          ))}
        </ul>
      )}
      {problems.length > shown && <p className={css.empty}>{words.more(problems.length - shown)}</p>}
      {hints.length > 0 && (
        <>
          <h3 className={flyout.part}>{words.unminded}</h3>
          <ul className={css.list}>
            {hints.slice(0, shown).map((problem) => (
              <Row key={keyOf(problem)} problem={problem} />
            ))}
          </ul>
        </>
      )}
    </Flyout>
  );
}
