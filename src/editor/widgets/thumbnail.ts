import { useEffect, useState } from 'react';
import { keptFile } from '../../storage/files';
import { notifyFailure } from '../notify';

const isPicture = /\.(png|jpe?g|webp|gif|avif|bmp)$/i;

/** The address of a kept picture, for as long as it is shown. */
export function useThumbnail(reference: string): string | undefined {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    let made: string | undefined;
    let gone = false;
    if (isPicture.test(reference))
      keptFile(reference).then((blob) => {
        if (gone || !blob) return;
        made = URL.createObjectURL(blob);
        setAddress(made);
      }, notifyFailure);
    return () => {
      gone = true;
      setAddress(undefined);
      if (made) URL.revokeObjectURL(made);
    };
  }, [reference]);
  return address;
}
