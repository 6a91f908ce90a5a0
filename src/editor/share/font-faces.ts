/** The page's own fonts, as far as Latin letters go, so that the drawing looks alike where they are not there. */
export async function fontFaces(families: ReadonlySet<string>): Promise<string> {
  const rules = [...document.styleSheets].flatMap((sheet) => {
    try {
      return [...sheet.cssRules].filter((rule) => rule instanceof CSSFontFaceRule);
    } catch {
      return []; // A sheet of an extension.
    }
  });
  const faces = rules.map(async ({ style, parentStyleSheet }) => {
    const family = style.getPropertyValue('font-family').replace(/^["']|["']$/g, '');
    const range = style.getPropertyValue('unicode-range');
    const address = /url\(["']?([^"')]+)/.exec(style.getPropertyValue('src'))?.[1];
    if (!address || !families.has(family) || (range && !/U\+0(0+)?-/i.test(range))) return '';
    if (style.getPropertyValue('font-style') === 'italic') return '';
    const answer = await fetch(new URL(address, parentStyleSheet?.href ?? document.baseURI)).catch(() => undefined);
    if (!answer?.ok) return '';
    const bytes = new Uint8Array(await answer.arrayBuffer());
    const coded = await new Promise<string>((resolve) => {
      const reader = new FileReader();
      reader.onload = () => resolve(String(reader.result));
      reader.readAsDataURL(new Blob([bytes], { type: 'font/woff2' }));
    });
    const weight = style.getPropertyValue('font-weight') || '400';
    return `@font-face{font-family:"${family}";font-weight:${weight};src:url(${coded}) format("woff2")}`;
  });
  return (await Promise.all(faces)).join('');
}
