import { drawGrid } from '../../formats/picture-grid';
import { download } from '../files/download';
import { pngOf } from '../pictures/png';
import type { Cells } from '../state/run-store';
import { sweep } from '../text/sweep';

const fileName = (name: string) => name.replace(/[/\\:*?"<>|]/g, '-');

/** Saves pictures as a table with their labels: a file for each page. */
export async function saveGrid({ axes, pictures, from }: Cells): Promise<void> {
  for (const { title, ...sheet } of await drawGrid(axes, pictures))
    download(
      await pngOf(sheet),
      `${fileName([sweep.gridFile(from?.name ?? ''), title].filter(Boolean).join(', '))}.png`,
    );
}
