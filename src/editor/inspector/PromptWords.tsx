import { lazy, Suspense } from 'react';
import type { AnyNode } from '../../core/define-node';
import { parametersOf } from '../../core/parameters';
import { registry } from '../registry';
import { useDocument } from '../state/use';
import { AboutTiny } from '../words/AboutTiny';
import { isReadByTiny, tiny } from '../words/tiny';
import css from './Inspector.module.css';

const WordPanel = lazy(() => import('../words/WordPanel'));

interface Props {
  readonly id: string;
  readonly definition: AnyNode;
}

/** Beside a prompt that the built-in model reads, the words that it knows; at the model itself, what it is. */
export function PromptWords({ id, definition }: Props) {
  const prompt = parametersOf(definition).find(({ widget }) => widget === 'lines')?.name;
  const model = parametersOf(definition).find(({ widget }) => widget === 'model');
  const typed = useDocument(({ graph }) => !graph.into.get(id)?.some(({ to }) => to[1] === (prompt ?? model?.name)));
  const read = useDocument(({ graph }) => prompt !== undefined && isReadByTiny(graph, registry, id));
  const chosen = useDocument(({ graph }) => model && (graph.nodes.get(id)?.params[model.name] ?? model.default));
  if (!typed) return null;
  if (chosen === tiny)
    return (
      <section className={css.section}>
        <AboutTiny />
      </section>
    );
  if (prompt === undefined || !read) return null;
  return (
    <Suspense>
      <WordPanel key={id} node={id} parameter={prompt} />
    </Suspense>
  );
}
