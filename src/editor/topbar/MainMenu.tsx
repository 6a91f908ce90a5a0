import { Menu } from '@mantine/core';
import { IconMenu2 } from '@tabler/icons-react';
import { useState } from 'react';
import { type DocumentEntry, keptDocuments } from '../../storage/documents';
import { inMenu } from '../all-commands';
import { type Command, keyWords } from '../define-command';
import { openKept, openTemplate } from '../files/session';
import { templates } from '../files/templates';
import { notifyFailure } from '../notify';
import { currentDocument } from '../state/document-store';
import css from './TopBar.module.css';

const Item = ({ command: { title, titleNow, keys, enabled, run } }: { readonly command: Command }) => (
  <Menu.Item
    disabled={enabled?.() === false}
    rightSection={keys?.[0] && <kbd>{keyWords(keys[0])}</kbd>}
    onClick={() => void run()}
  >
    {titleNow?.() ?? title}
  </Menu.Item>
);

/** Graphs that were open before and are still kept in this browser. */
const shownKept = 5;

/** Everything that acts on the graph as a whole. */
export function MainMenu() {
  const [kept, setKept] = useState<readonly DocumentEntry[]>([]);
  const look = () => {
    const { id } = currentDocument();
    keptDocuments().then((all) => setKept(all.filter((entry) => entry.id !== id).slice(0, shownKept)), notifyFailure);
  };
  return (
    <Menu position="bottom-start" width={248} shadow="none" onOpen={look} transitionProps={{ transition: 'fade' }}>
      <Menu.Target>
        <button type="button" className={css.icon} aria-label="Menu">
          <IconMenu2 size={16} stroke={1.6} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown className={css.menu}>
        {inMenu('graph').map((command) => (
          <Item key={command.title} command={command} />
        ))}
        <Menu.Divider />
        <Menu.Label>Templates</Menu.Label>
        {templates.map((template) => (
          <Menu.Item key={template.id} onClick={() => openTemplate(template)}>
            {template.name}
          </Menu.Item>
        ))}
        {kept.length > 0 && (
          <>
            <Menu.Divider />
            <Menu.Label>Kept in this browser</Menu.Label>
            {kept.map((entry) => (
              <Menu.Item key={entry.id} onClick={() => void openKept(entry)}>
                {entry.name || 'Untitled'}
              </Menu.Item>
            ))}
          </>
        )}
        <Menu.Divider />
        {inMenu('edit').map((command) => (
          <Item key={command.title} command={command} />
        ))}
        <Menu.Divider />
        {inMenu('node').map((command) => (
          <Item key={command.title} command={command} />
        ))}
        <Menu.Divider />
        {inMenu('view').map((command) => (
          <Item key={command.title} command={command} />
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
