import { uiStore } from '../state/ui-store';
import { page } from '../text/page';
import { templates as words } from '../text/templates';
import { TemplateCard } from './TemplateCard';
import css from './Templates.module.css';
import { templates } from './templates';

/** How many templates an empty graph offers. */
const offered = 4;

/** What an empty graph says: pictures to start from, and the ways to start without one. */
export default function EmptyGraph() {
  return (
    <div className={css.empty}>
      <h2>{words.start}</h2>
      <p>{words.startHint}</p>
      <ul>
        {templates.slice(0, offered).map((template) => (
          <li key={template.document.id}>
            <TemplateCard template={template} short />
          </li>
        ))}
      </ul>
      <button type="button" className={css.all} onClick={() => uiStore.setState({ dialog: 'templates' })}>
        {words.all}
      </button>
      <p>
        <kbd>{page.keys.space}</kbd> {words.emptyHint}
      </p>
    </div>
  );
}
