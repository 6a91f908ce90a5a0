import { uiStore } from '../state/ui-store';
import { TemplateCard } from './TemplateCard';
import css from './Templates.module.css';
import { templates } from './templates';

/** How many templates an empty graph offers. */
const offered = 4;

/** What an empty graph says: pictures to start from, and the ways to start without one. */
export default function EmptyGraph() {
  return (
    <div className={css.empty}>
      <h2>Start with a picture, or with nothing</h2>
      <p>A small model is built in. Everything runs on this device.</p>
      <ul>
        {templates.slice(0, offered).map((template) => (
          <li key={template.document.id}>
            <TemplateCard template={template} short />
          </li>
        ))}
      </ul>
      <button type="button" className={css.all} onClick={() => uiStore.setState({ dialog: 'templates' })}>
        All templates
      </button>
      <p>
        <kbd>Space</kbd> adds a node. Drop a model, a picture or a graph anywhere.
      </p>
    </div>
  );
}
