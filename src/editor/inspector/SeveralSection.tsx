import { inMenu } from '../all-commands';
import { countWords } from '../words';
import css from './Inspector.module.css';

/** Several things on the canvas: how to arrange them. */
export function SeveralSection({ count }: { readonly count: number }) {
  return (
    <section className={css.section}>
      <h2 className={css.title}>{countWords(count, 'part')}</h2>
      <p className={css.help}>Drag one to move them all. Delete, copy and duplicate act on all of them.</p>
      <fieldset className={css.arrange} aria-label="Arrange">
        {inMenu('arrange').map(
          ({ title, icon: Icon, enabled, run }) =>
            Icon && (
              <button
                key={title}
                type="button"
                aria-label={title}
                data-help={enabled?.() === false ? `${title}: needs three parts.` : title}
                aria-disabled={enabled?.() === false}
                onClick={() => enabled?.() !== false && void run()}
              >
                <Icon size={16} stroke={1.6} aria-hidden />
              </button>
            ),
        )}
      </fieldset>
    </section>
  );
}
