import { openTemplate } from '../files/session';
import css from './Templates.module.css';
import type { Template } from './templates';

interface Props {
  readonly template: Template;
  /** Only its picture and its name. */
  readonly short?: boolean;
  readonly onOpen?: () => void;
}

/** A template as its picture, its name and its idea; a press opens it in a tab of its own. */
export function TemplateCard({ template: { document, idea, tags, picture }, short = false, onOpen }: Props) {
  const about = `template-${document.id}`;
  const open = () => {
    onOpen?.();
    openTemplate(document);
  };
  return (
    <button
      type="button"
      className={`${css.card} ${short ? css.short : ''}`}
      aria-label={document.name}
      aria-describedby={short ? undefined : about}
      onClick={open}
    >
      <img src={picture} alt="" width={288} height={192} draggable={false} />
      <strong>{document.name}</strong>
      {!short && (
        <span id={about}>
          {idea} <em>{tags.join(' · ')}</em>
        </span>
      )}
    </button>
  );
}
