import { IconClock, IconDots, IconHelp } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { useStore } from 'zustand';
import type { AnyNode } from '../../core/define-node';
import { parametersOf } from '../../core/parameters';
import { kindColor } from '../canvas/SocketShape';
import { retitleNode } from '../document/nodes';
import { Excerpt } from '../Excerpt';
import { openHelp } from '../help/help-store';
import { defaultSteps } from '../learning/default-steps';
import { openContextMenu } from '../menus/open';
import { NodeIcon } from '../NodeIcon';
import { registry } from '../registry';
import { scrubStore } from '../scrubber/scrub-store';
import { edit } from '../state/document-store';
import { useDocument, useRun } from '../state/use';
import { inspector } from '../text/inspector';
import { useGesture } from '../widgets/gesture';
import { durationWords } from '../words';
import css from './Inspector.module.css';
import { Parameters } from './Parameters';
import { PromptWords } from './PromptWords';
import { Sockets } from './Sockets';

const LessonSection = lazy(() => import('../learning/LessonSection'));
const StepSection = lazy(() => import('../scrubber/StepSection'));

/** How long a node took, each time and in all. */
function Timing({ id }: { readonly id: string }) {
  const run = useRun(({ nodes }) => nodes[id]);
  if (run?.state !== 'done') return null;
  const total = durationWords(run.milliseconds);
  const words =
    run.runs > 1 ? inspector.eachOf(durationWords(run.milliseconds / run.runs), total) : inspector.ofThisRun(total);
  return (
    <p className={css.timing}>
      <IconClock size={12} stroke={1.6} aria-hidden />
      {run.cached ? inspector.cached : words}
    </p>
  );
}

/** The formula; what can be set in it is underlined in the colour of its socket. */
function Formula({ definition }: { readonly definition: AnyNode }) {
  const kinds = new Map(parametersOf(definition).map(({ name, kind }) => [name, kind]));
  const parts = definition.formula?.split(/(\w+)/) ?? [];
  let position = 0;
  return (
    <pre className={css.formula}>
      {parts.map((part) => {
        position += part.length;
        const kind = kinds.get(part);
        return kind ? (
          <b key={position} style={{ textDecorationColor: kindColor(kind) }}>
            {part}
          </b>
        ) : (
          part.replaceAll(' * ', ' · ').replaceAll(' - ', ' − ')
        );
      })}
      {definition.symbols && (
        <small>
          {Object.entries(definition.symbols)
            .map(([letter, meaning]) => `${letter.replace('_', '')} ${meaning}`)
            .join(' · ')}
        </small>
      )}
    </pre>
  );
}

/** One node: what it does, its formula, parameters and sockets. */
export function NodeSection({ id }: { readonly id: string }) {
  const node = useDocument(({ graph }) => graph.nodes.get(id));
  const gesture = useGesture();
  const problem = useRun(({ nodes }) => {
    const run = nodes[id];
    return run?.state === 'failed' ? run.problem : undefined;
  });
  const scrubbed = useStore(scrubStore, ({ step }) => step !== undefined);
  if (!node) return null;
  const definition = registry.get(node.type);
  return (
    <>
      <section className={css.section}>
        <div className={css.heading}>
          <NodeIcon type={node.type} size={16} color={node.color} />
          <input
            className={css.name}
            aria-label={inspector.nodeTitle}
            value={node.title ?? definition?.title ?? node.type}
            maxLength={200}
            onFocus={gesture.begin}
            onChange={(event) => edit(inspector.renameNode, retitleNode(id, event.currentTarget.value), gesture.id())}
          />
          {definition && (
            <button
              type="button"
              className={css.question}
              aria-label={inspector.helpOn(definition.title)}
              data-help={inspector.helpHint}
              onClick={() => openHelp(node.type)}
            >
              <IconHelp size={16} stroke={1.6} aria-hidden />
            </button>
          )}
          <button
            type="button"
            className={css.question}
            aria-label={inspector.more}
            aria-haspopup="menu"
            data-help={inspector.moreHint}
            onClick={({ currentTarget, detail }) => {
              const { left, bottom } = currentTarget.getBoundingClientRect();
              openContextMenu({ x: left, y: bottom + 4 }, { place: 'node', id }, detail === 0);
            }}
          >
            <IconDots size={16} stroke={1.6} aria-hidden />
          </button>
        </div>
        <p className={css.help}>{definition?.help ?? inspector.unknown}</p>
        {definition?.formula && <Formula definition={definition} />}
        {problem && (
          <div className={css.problem}>
            <strong>{problem.what}</strong>
            {problem.excerpt && <Excerpt of={problem.excerpt} />}
            {problem.cure && <span>{problem.cure}</span>}
          </div>
        )}
      </section>
      {definition ? (
        <>
          {definition.learns && (
            <Suspense>
              <LessonSection id={id} steps={defaultSteps(definition)} className={css.section} />
            </Suspense>
          )}
          <Parameters id={id} definition={definition} />
          <PromptWords id={id} definition={definition} />
          {scrubbed && (
            <Suspense>
              <StepSection id={id} />
            </Suspense>
          )}
          <section className={css.section}>
            <Sockets id={id} definition={definition} />
            <Timing id={id} />
          </section>
        </>
      ) : (
        <section className={css.section}>
          <h3>{inspector.data}</h3>
          <pre className={css.formula}>{JSON.stringify(node.params, null, 2)}</pre>
        </section>
      )}
    </>
  );
}
