import { useMediaQuery } from '@mantine/hooks';

const narrow = '(max-width: 640px)';

/** Whether the page is as narrow as a phone: then a sheet lies under the canvas, and Run under that, at the thumb. */
export const usePhone = (): boolean => useMediaQuery(narrow, matchMedia(narrow).matches);
