import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import type { PlainValue } from '../../engine/recording/plain';
import controls from '../controls.module.css';
import { OpenMenu } from '../menus/OpenMenu';
import { inspect as words } from '../text/inspect';
import { saveValue } from './save';
import { formatsOf } from './value-files';

interface Props {
  readonly value: PlainValue;
  /** Of the file, without its ending. */
  readonly name: string;
}

/** Saves a value as one of the formats that hold it. */
export function SaveButton({ value, name }: Props) {
  const [at, open] = useState<{ readonly x: number; readonly y: number; readonly byKey: boolean }>();
  const formats = formatsOf(value);
  if (formats.length === 0) return null;
  return (
    <>
      <button
        type="button"
        className={controls.button}
        aria-haspopup="menu"
        aria-expanded={at !== undefined}
        onClick={({ currentTarget, detail }) => {
          const { left, bottom } = currentTarget.getBoundingClientRect();
          open(at ? undefined : { x: left, y: bottom + 4, byKey: detail === 0 });
        }}
      >
        <IconDownload size={14} stroke={1.6} aria-hidden />
        {words.save}
      </button>
      {at && (
        <OpenMenu
          label={words.save}
          {...at}
          onClose={() => open(undefined)}
          groups={[
            {
              entries: formats.map((format) => ({
                id: format,
                title: words.saveAs(format === 'png' ? 'PNG' : `.${format}`),
                run: () => void saveValue(value, name, format),
              })),
            },
          ]}
        />
      )}
    </>
  );
}
