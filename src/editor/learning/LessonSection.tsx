import controls from '../controls.module.css';
import { sizeWords } from '../models/size-words';
import { useDocument, useRun } from '../state/use';
import { learning } from '../text/learning';
import { durationWords, leftWords } from '../words';
import { factsOf } from './facts';
import { finishLesson } from './finish';
import { LossCurve } from './LossCurve';
import css from './learning.module.css';
import { Samples } from './Samples';

interface Props {
  readonly id: string;
  /** Of the node, where none are set. */
  readonly steps: number;
  readonly className: string | undefined;
}

/** How a node learns, in full: what it needs, the curve of its loss, all its pictures on the way. */
export default function LessonSection({ id, steps, className }: Props) {
  const lesson = useRun(({ lessons }) => lessons[id]);
  const run = useRun(({ nodes }) => nodes[id]);
  const asked = useDocument(({ graph }) => Number(graph.nodes.get(id)?.params.steps ?? steps));
  const { step, of, loss, each, left } = factsOf(lesson, run, asked);
  const { needs, losses = [], samples = [], unkept } = lesson ?? {};
  if (!lesson) return null;
  const memory = needs && sizeWords(needs.bytes);
  const goesOn = run?.state === 'running' && losses.length > 0;
  const facts = [
    learning.step(step, of),
    loss !== undefined && learning.loss(loss.toPrecision(3)),
    each !== undefined && learning.each(durationWords(each)),
    left !== undefined && learning.left(leftWords(left)),
  ].filter(Boolean);
  return (
    <section className={`${className} ${css.section}`}>
      <h3>{learning.title}</h3>
      <p className={css.facts}>{facts.join(' · ')}</p>
      <LossCurve
        losses={losses}
        of={of}
        label={loss === undefined ? learning.later : learning.curve(loss.toPrecision(3), step)}
        width={220}
        height={120}
        scales
      />
      {needs?.remarks?.map((remark) => (
        <p key={remark} className={css.remark}>
          {remark}
        </p>
      ))}
      {goesOn && unkept && (
        <p className={css.remark} role="alert">
          {learning.unkept}
        </p>
      )}
      {goesOn && (
        <button
          type="button"
          className={controls.button}
          data-help={learning.enoughHelp}
          onClick={() => finishLesson(id)}
        >
          {learning.enough}
        </button>
      )}
      <Samples samples={samples} />
      {goesOn && !unkept && <p className={css.facts}>{learning.goesOn}</p>}
      {needs && memory && (
        <p className={css.facts}>{needs.how ? learning.needsHow(memory, needs.how) : learning.needs(memory)}</p>
      )}
    </section>
  );
}
