import { inMenu } from '../all-commands';
import { inspector } from '../text/inspector';
import css from './Inspector.module.css';

/** Several things on the canvas: how to arrange them. */
export function SeveralSection({ count }: { readonly count: number }) {
  return (
    <section className={css.section}>
      <h2 className={css.title}>{inspector.parts(count)}</h2>
      <p className={css.help}>{inspector.severalHelp}</p>
      <fieldset className={css.arrange} aria-label={inspector.arrange}>
        {inMenu('arrange').map(
          ({ title, icon: Icon, enabled, run }) =>
            Icon && (
              <button
                key={title}
                type="button"
                aria-label={title}
                data-help={enabled?.() === false ? inspector.needsThree(title) : title}
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
