// The order of the first styles is the order of their layers: ours below Mantine's, components above both.
import './base.css';
import './tokens.css';
import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import '@mantine/core/styles/baseline.layer.css';
import '@mantine/core/styles/default-css-variables.layer.css';
import '@mantine/core/styles/UnstyledButton.layer.css';
import '@mantine/notifications/styles.layer.css';
import { languageFor } from './text/languages';
import { speak } from './text/words-of';

// Words are read when a module is, so the language comes before the first module that has any. Not awaited: the modules of the page
// may share this file, and would wait for it.
void languageFor(navigator.languages).then((language) => {
  if (language) speak(language);
  return import('./editor');
});
