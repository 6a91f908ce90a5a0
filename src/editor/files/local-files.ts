/** A file of the user's, and its handle where the browser gives one: then it can be read where it lies, also tomorrow. */
export interface LocalFile {
  /** Relative to what was chosen, with forward slashes. */
  readonly path: string;
  readonly blob: File;
  readonly handle?: FileSystemFileHandle | undefined;
}

/** What was chosen or dropped: a file, or a folder with all that is in it. */
export interface LocalItem {
  readonly name: string;
  readonly files: readonly LocalFile[];
  /** Set for a folder. */
  readonly folder?: { readonly handle?: FileSystemDirectoryHandle | undefined } | undefined;
}

const isHidden = (name: string) => name.startsWith('.');

async function filesInHandle(folder: FileSystemDirectoryHandle, prefix = ''): Promise<LocalFile[]> {
  const files: LocalFile[] = [];
  for await (const entry of folder.values()) {
    if (isHidden(entry.name)) continue;
    const path = prefix + entry.name;
    if (entry.kind === 'directory')
      files.push(...(await filesInHandle(entry as FileSystemDirectoryHandle, `${path}/`)));
    else {
      const handle = entry as FileSystemFileHandle;
      files.push({ path, blob: await handle.getFile(), handle });
    }
  }
  return files;
}

async function filesInEntry(folder: FileSystemDirectoryEntry, prefix = ''): Promise<LocalFile[]> {
  const reader = folder.createReader();
  const files: LocalFile[] = [];
  for (;;) {
    // It gives a hundred at a time, and none at the end.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return files;
    for (const entry of some) {
      if (isHidden(entry.name)) continue;
      const path = prefix + entry.name;
      if (entry.isDirectory) files.push(...(await filesInEntry(entry as FileSystemDirectoryEntry, `${path}/`)));
      else
        files.push({
          path,
          blob: await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject)),
        });
    }
  }
}

/** A file or folder on the disk, from its handle. */
async function itemOfHandle(handle: FileSystemHandle): Promise<LocalItem> {
  const { name } = handle;
  if (handle.kind === 'directory') {
    const folder = handle as FileSystemDirectoryHandle;
    return { name, files: await filesInHandle(folder), folder: { handle: folder } };
  }
  const file = handle as FileSystemFileHandle;
  return { name, files: [{ path: name, blob: await file.getFile(), handle: file }] };
}

/** What was dropped. It has to be called at once: a drop holds its files only while its event is handled. */
export function droppedItems(data: DataTransfer): Promise<LocalItem[]> {
  const items = [...data.items].filter(({ kind }) => kind === 'file');
  return Promise.all(
    items.map(async (item): Promise<LocalItem | undefined> => {
      const file = item.getAsFile();
      const entry = item.webkitGetAsEntry();
      const handle = await item.getAsFileSystemHandle?.().catch(() => null);
      if (handle) return itemOfHandle(handle);
      if (entry?.isDirectory)
        return { name: entry.name, files: await filesInEntry(entry as FileSystemDirectoryEntry), folder: {} };
      return file ? { name: file.name, files: [{ path: file.name, blob: file }] } : undefined;
    }),
  ).then((all) => all.filter((item) => item !== undefined));
}

function chosen(change: (input: HTMLInputElement) => void): Promise<readonly File[]> {
  const input = document.createElement('input');
  input.type = 'file';
  change(input);
  return new Promise((resolve) => {
    input.addEventListener('change', () => resolve([...(input.files ?? [])]));
    input.addEventListener('cancel', () => resolve([]));
    input.click();
  });
}

/** A picker that was closed without a choice rejects. */
const nothing = (thrown: unknown): [] => {
  if (thrown instanceof DOMException && thrown.name === 'AbortError') return [];
  throw thrown;
};

/** Lets the user choose files; with their handles where they are wanted and the browser gives them. */
export async function chooseFiles(accept: string, withHandles: boolean): Promise<LocalItem[]> {
  if (withHandles && window.showOpenFilePicker) {
    const handles = await window.showOpenFilePicker({ id: 'models', multiple: true }).catch(nothing);
    return Promise.all(handles.map(itemOfHandle));
  }
  const files = await chosen((input) => Object.assign(input, { accept, multiple: true }));
  return files.map((blob) => ({ name: blob.name, files: [{ path: blob.name, blob }] }));
}

/** Lets the user choose a folder. */
export async function chooseFolder(withHandles: boolean): Promise<LocalItem[]> {
  if (withHandles && window.showDirectoryPicker) {
    const handle = await window.showDirectoryPicker({ id: 'models', mode: 'read' }).catch(nothing);
    return Array.isArray(handle) ? [] : [await itemOfHandle(handle)];
  }
  const files = await chosen((input) => Object.assign(input, { webkitdirectory: true }));
  const [name = ''] = files[0]?.webkitRelativePath.split('/') ?? [];
  const listed = files.map((blob) => ({ path: blob.webkitRelativePath.slice(name.length + 1), blob }));
  const shown = listed.filter(({ path }) => !path.split('/').some(isHidden));
  return files.length === 0 ? [] : [{ name, files: shown, folder: {} }];
}
