import { IconX } from '@tabler/icons-react';
import { commands } from '../all-commands';
import { canvasKeys } from '../canvas/keys';
import { keyWords, sectionTitles } from '../define-command';
import { closeDialog, Dialog } from './Dialog';
import frame from './Dialog.module.css';
import css from './ShortcutSheet.module.css';

/** What the keys do. */
export function ShortcutSheet() {
  return (
    <Dialog label="Keyboard shortcuts" className={css.sheet}>
      <div className={frame.head}>
        <h2>Keyboard shortcuts</h2>
        <button type="button" className={frame.close} aria-label="Close" onClick={closeDialog}>
          <IconX size={16} stroke={1.6} aria-hidden />
        </button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <section className={`${css.groups} ${frame.scroll}`} tabIndex={0} aria-label="Shortcuts">
        {[...Object.entries(sectionTitles), [undefined, 'More'] as const].map(([section, title]) => {
          const list = commands.filter(({ menu, keys }) => keys && menu?.section === section);
          return (
            list.length > 0 && (
              <Group key={title} title={title} rows={list.map((command) => [command.title, command.keys ?? []])} />
            )
          );
        })}
        <Group title="On the canvas" rows={canvasKeys} />
      </section>
    </Dialog>
  );
}

type Row = readonly [title: string, keys: readonly string[]];

const Group = ({ title, rows }: { readonly title: string; readonly rows: readonly Row[] }) => (
  <section>
    <h3>{title}</h3>
    <dl>
      {rows.map(([name, keys]) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{name}</dt>
          <dd>
            {keys.map((combination) => (
              <kbd key={combination}>{keyWords(combination)}</kbd>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  </section>
);
