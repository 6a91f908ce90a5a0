import { useEffect, useState } from 'react';
import { pictureFiles } from '../../storage/runs';

/** How many addresses of pictures are held; the least recently used goes first. */
const held = 400;

const addresses = new Map<string, Promise<string | undefined>>();

async function read(id: string, whole: boolean): Promise<string | undefined> {
  const files = await pictureFiles(id);
  const blob = whole ? files?.png : (files?.thumbnail ?? files?.png);
  return blob && URL.createObjectURL(blob);
}

/** An address of a picture for the page, or of its thumbnail; undefined where its bytes are gone. */
function addressOf(id: string, whole: boolean): Promise<string | undefined> {
  const key = `${id} ${whole}`;
  const known = addresses.get(key) ?? read(id, whole);
  addresses.delete(key);
  addresses.set(key, known);
  if (addresses.size > held) {
    const [oldest] = addresses;
    if (oldest) {
      addresses.delete(oldest[0]);
      void oldest[1].then((address) => address && URL.revokeObjectURL(address));
    }
  }
  return known;
}

/** Lets all addresses go: the window was closed. */
export function forgetAddresses() {
  for (const address of addresses.values()) void address.then((url) => url && URL.revokeObjectURL(url));
  addresses.clear();
}

/** The address of a picture; undefined until it was read, null where there is none. */
export function usePictureUrl(id: string, whole = false): string | null | undefined {
  const [read, setRead] = useState<{ readonly id: string; readonly url: string | null }>();
  useEffect(() => {
    let here = true;
    addressOf(id, whole).then(
      (url) => here && setRead({ id, url: url ?? null }),
      () => here && setRead({ id, url: null }),
    );
    return () => {
      here = false;
    };
  }, [id, whole]);
  return read?.id === id ? read.url : undefined;
}
