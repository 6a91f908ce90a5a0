import { IconSearch, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import controls from '../controls.module.css';
import cards from '../dialogs/Cards.module.css';
import { closeDialog, Dialog } from '../dialogs/Dialog';
import frame from '../dialogs/Dialog.module.css';
import { common } from '../text/common';
import { templates as say } from '../text/templates';
import { TemplateCard } from './TemplateCard';
import css from './Templates.module.css';
import { type Template, templates } from './templates';

const tags = [...new Set(templates.flatMap((template) => template.tags))];

const says = ({ document, idea, tags: own }: Template, words: string): boolean =>
  `${document.name} ${idea} ${own.join(' ')}`.toLowerCase().includes(words.trim().toLowerCase());

/** All graphs that come with Weft, pictures first, one idea each. */
export default function TemplatesDialog() {
  const [words, setWords] = useState('');
  const [tag, setTag] = useState<string>();
  const found = templates.filter(
    (template) => (tag === undefined || template.tags.includes(tag)) && says(template, words),
  );
  return (
    <Dialog label={say.templates} className={cards.dialog}>
      <div className={frame.head}>
        <h2>
          {say.templates} <small aria-live="polite">{common.graphs(found.length)}</small>
        </h2>
        <button type="button" className={controls.icon} aria-label={common.close} onClick={closeDialog}>
          <IconX size={16} stroke={1.6} aria-hidden />
        </button>
      </div>
      <div className={cards.filters}>
        <label className={`${controls.search} ${cards.search}`}>
          <IconSearch size={14} stroke={1.6} aria-hidden />
          <input
            type="search"
            aria-label={say.search}
            placeholder={say.search}
            value={words}
            onChange={(event) => setWords(event.currentTarget.value)}
          />
        </label>
        <fieldset className={`${cards.tags} ${css.tags}`} aria-label={say.subject}>
          {tags.map((name) => (
            <button
              key={name}
              type="button"
              aria-pressed={tag === name}
              onClick={() => setTag(tag === name ? undefined : name)}
            >
              {name}
            </button>
          ))}
        </fieldset>
      </div>
      <ul className={`${cards.cards} ${controls.scroll}`}>
        {found.map((template) => (
          <li key={template.document.id} className={css.item}>
            <TemplateCard template={template} onOpen={closeDialog} />
          </li>
        ))}
        {found.length === 0 && <li className={cards.none}>{say.none}</li>}
      </ul>
    </Dialog>
  );
}
