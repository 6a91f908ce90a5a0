import type { HashedModel } from '../../core/model-reference';
import { models as words } from '../text/models';
import { MissingModel } from './MissingModel';
import css from './Models.module.css';

/** The models that the graph names and this browser does not have. */
export function MissingList({ models }: { readonly models: readonly HashedModel[] }) {
  if (models.length === 0) return null;
  return (
    <section aria-label={words.missing.title}>
      <h3>{words.missing.title}</h3>
      {models.map((model) => (
        <div key={model.hash} className={css.missing}>
          <MissingModel model={model} withHash />
        </div>
      ))}
    </section>
  );
}
