import { sizeWords } from '../models/size-words';
import { useDocument, useRun } from '../state/use';
import { learning } from '../text/learning';
import { leftWords } from '../words';
import { factsOf } from './facts';
import { LossCurve } from './LossCurve';
import css from './learning.module.css';
import { Sample } from './Sample';
import { useStepTime } from './step-time';

/** Of the pictures on the way the first and the last ones. */
const SHOWN = 4;

/** How a node learns, in its own small room: the curve of its loss, its last pictures, how long it takes. */
export default function NodeLesson({ id, steps }: { readonly id: string; readonly steps: number }) {
  const lesson = useRun(({ lessons }) => lessons[id]);
  const run = useRun(({ nodes }) => nodes[id]);
  const asked = useDocument(({ graph }) => Number(graph.nodes.get(id)?.params.steps ?? steps));
  const facts = factsOf(lesson, run, asked);
  const { step, of, loss, left } = facts;
  const measured = useStepTime(id, facts);
  const samples = lesson?.samples ?? [];
  const shown = samples.length > SHOWN ? [samples[0], ...samples.slice(1 - SHOWN)] : samples;
  const words = [
    loss !== undefined && learning.loss(loss.toPrecision(3)),
    left !== undefined && learning.left(leftWords(left)),
  ].filter(Boolean);
  const expected = measured === undefined ? learning.later : learning.expected(leftWords(measured * asked));
  const before =
    run?.state === 'running' && lesson?.needs ? learning.preparing(sizeWords(lesson.needs.bytes)) : expected;
  return (
    <div
      className={css.lesson}
      data-help={left !== undefined && left > 30_000 ? learning.long(leftWords(left)) : undefined}
    >
      <LossCurve
        losses={lesson?.losses ?? []}
        of={of}
        label={loss === undefined ? learning.later : learning.curve(loss.toPrecision(3), step)}
        width={160}
        height={36}
      />
      <p>{words.length > 0 ? words.join(' · ') : before}</p>
      {shown.length > 0 && (
        <div className={css.samples}>
          {shown.map(
            (sample) =>
              sample && (
                <span key={sample.step}>
                  <Sample picture={sample.picture} label={learning.sample(sample.step)} />
                </span>
              ),
          )}
        </div>
      )}
    </div>
  );
}
