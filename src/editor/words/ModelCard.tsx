import { IconX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import address from '../../../models/tiny/README.md?url';
import controls from '../controls.module.css';
import { closeDialog, Dialog } from '../dialogs/Dialog';
import frame from '../dialogs/Dialog.module.css';
import { Markdown } from '../notes/Markdown';
import { common } from '../text/common';
import { knownWords } from '../text/known-words';
import { cardParts, type Part } from './card';
import css from './words.module.css';

/** Addresses of the card's pictures, by their paths beside the card. */
const pictures = Object.fromEntries(
  Object.entries(
    import.meta.glob<string>('../../../models/tiny/{,fine-tunes/}*.png', {
      query: '?url',
      import: 'default',
      eager: true,
    }),
  ).map(([path, url]) => [path.replace('../../../models/tiny/', ''), url]),
);

async function loaded(): Promise<readonly Part[]> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.status}`);
  return cardParts(await response.text());
}

const draw = (part: Part, place: number) => {
  if (part.type === 'text') return <Markdown key={place} text={part.text} />;
  if (part.type === 'picture')
    return pictures[part.file] && <img key={place} src={pictures[part.file]} alt={part.words} />;
  const [head = [], ...rows] = part.rows;
  return (
    <table key={place}>
      <thead>
        <tr>
          {head.map((cell, column) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other name, and none is ever moved
            <th key={column} scope="col">
              <Markdown text={cell} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.join()}>
            {row.map((cell, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: as above
              <td key={column}>
                <Markdown text={cell} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
};

/** The built-in model's card: what it was trained on, how well it does, and where it fails. */
export default function ModelCard() {
  const [parts, setParts] = useState<readonly Part[]>();
  const [failed, setFailed] = useState<string>();
  useEffect(() => {
    loaded().then(setParts, (thrown: unknown) => setFailed(String(thrown)));
  }, []);
  return (
    <Dialog label={knownWords.cardTitle} className={css.dialog}>
      <div className={frame.head}>
        <h2>{knownWords.modelCard}</h2>
        <button type="button" className={controls.icon} aria-label={common.close} onClick={closeDialog}>
          <IconX size={16} stroke={1.6} aria-hidden />
        </button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <section className={`${css.card} ${controls.scroll}`} tabIndex={0} aria-label={knownWords.cardText}>
        {failed !== undefined && <p>{knownWords.notLoaded(failed)}</p>}
        {parts?.map(draw)}
      </section>
    </Dialog>
  );
}
