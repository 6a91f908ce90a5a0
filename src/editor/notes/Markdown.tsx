import { memo, type ReactNode } from 'react';
import { type Block, markdown, type Span } from './markdown';

/** Pictures that notes show, which come with the templates. */
const sheets = import.meta.glob<string>('/graphs/sheets/*.webp', { eager: true, query: '?url', import: 'default' });

/** The words of a note never change their order without being typed anew, so their place is their key. */
const each = <T,>(things: readonly T[], draw: (thing: T, key: string) => ReactNode) =>
  things.map((thing, place) => draw(thing, String(place)));

const span = (part: Span, key: string): ReactNode => {
  if (typeof part === 'string') return part;
  if (part.type === 'code') return <code key={key}>{part.text}</code>;
  if (part.type === 'link')
    return (
      <a key={key} className="nodrag" href={part.address} target="_blank" rel="noopener noreferrer">
        {part.text}
      </a>
    );
  const inner = each(part.spans, span);
  return part.type === 'strong' ? <strong key={key}>{inner}</strong> : <em key={key}>{inner}</em>;
};

const block = (part: Block, key: string): ReactNode => {
  switch (part.type) {
    case 'code':
      return <pre key={key}>{part.text}</pre>;
    case 'picture': {
      const address = sheets[`/graphs/sheets/${part.name}.webp`];
      return address ? <img key={key} src={address} alt={part.text} draggable={false} /> : <p key={key}>{part.text}</p>;
    }
    case 'list': {
      const items = each(part.items, (item, place) => <li key={place}>{each(item, span)}</li>);
      return part.ordered ? <ol key={key}>{items}</ol> : <ul key={key}>{items}</ul>;
    }
    case 'heading':
      return (
        <strong key={key} data-level={part.level}>
          {each(part.spans, span)}
        </strong>
      );
    case 'quote':
      return <blockquote key={key}>{each(part.spans, span)}</blockquote>;
    case 'paragraph':
      return <p key={key}>{each(part.spans, span)}</p>;
  }
};

/** A text in Markdown as elements; see `markdown` for what it may hold. */
export const Markdown = memo(function Markdown({ text }: { readonly text: string }) {
  return each(markdown(text), block);
});
