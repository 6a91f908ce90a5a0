import type { Plugin } from 'vite';
import { appHeaders, metaContentSecurityPolicy } from '../headers.mjs';

/**
 * Puts the app's headers where a host that only serves files finds them: the policy in the page itself, and all of them
 * in `_headers`, which Cloudflare Pages, Netlify and others read.
 */
export function appHeadersForStaticHosts(): Plugin {
  return {
    name: 'weft:app-headers',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: metaContentSecurityPolicy },
        injectTo: 'head-prepend',
      },
    ],
    generateBundle() {
      const lines = Object.entries(appHeaders).map(([name, value]) => `  ${name}: ${value}`);
      this.emitFile({ type: 'asset', fileName: '_headers', source: `/*\n${lines.join('\n')}\n` });
    },
  };
}
