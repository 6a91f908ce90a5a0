/** Part of a line: plain text, or marked text. */
export type Span =
  | string
  | { readonly type: 'strong' | 'emphasis'; readonly spans: readonly Span[] }
  | { readonly type: 'code'; readonly text: string }
  | { readonly type: 'link'; readonly address: string; readonly text: string };

export type Block =
  | { readonly type: 'heading'; readonly level: 1 | 2 | 3; readonly spans: readonly Span[] }
  | { readonly type: 'paragraph' | 'quote'; readonly spans: readonly Span[] }
  | { readonly type: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Span[])[] }
  | { readonly type: 'code'; readonly text: string }
  | { readonly type: 'picture'; readonly name: string; readonly text: string };

/** Lengths are bounded, so that no text makes the search slow. */
const marks =
  /`(?<code>[^`\n]{1,500})`|\*\*(?<strong>[^*]{1,500})\*\*|\*(?<emphasis>[^*\s][^*]{0,500})\*|\[(?<text>[^\]\n]{1,300})\]\((?<address>[^()\s]{1,1000})\)/g;

/** Addresses that a note may lead to; anything else stays text. */
const safe = /^(https?:\/\/|mailto:)/i;

function spansOf(line: string): Span[] {
  const spans: Span[] = [];
  let end = 0;
  for (const match of line.matchAll(marks)) {
    const { code, strong, emphasis, text, address } = match.groups ?? {};
    if (address !== undefined && !safe.test(address)) continue;
    if (match.index > end) spans.push(line.slice(end, match.index));
    end = match.index + match[0].length;
    if (code !== undefined) spans.push({ type: 'code', text: code });
    else if (strong !== undefined) spans.push({ type: 'strong', spans: spansOf(strong) });
    else if (emphasis !== undefined) spans.push({ type: 'emphasis', spans: spansOf(emphasis) });
    else spans.push({ type: 'link', address: address ?? '', text: text ?? '' });
  }
  if (end < line.length) spans.push(line.slice(end));
  return spans;
}

/** A picture that comes with Weft, by its name. Addresses are none: a note that came with a shared graph loads nothing. */
const ofPicture = /^!\[([^\]\n]{1,300})\]\(([a-z0-9-]{1,60})\)$/;

const startsBlock = /^(#{1,3} |> ?|[-*] |\d{1,3}\. |```|!\[)/;

/**
 * Reads the part of Markdown that notes need: headings, paragraphs, lists, quotes, code, bold, italic, links and
 * pictures that come with Weft. HTML is text like any other, so a note that came with a shared graph can show nothing else.
 */
export function markdown(text: string): Block[] {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  const blocks: Block[] = [];
  /** Takes lines as long as they match, without what matched. */
  const take = (pattern: RegExp): string[] => {
    const taken: string[] = [];
    for (let line = lines[0]; line !== undefined && pattern.test(line); line = lines[0]) {
      taken.push(line.replace(pattern, ''));
      lines.shift();
    }
    return taken;
  };
  while (lines.length) {
    const line = lines[0] ?? '';
    const heading = /^(#{1,3}) +(.*)$/.exec(line);
    const picture = ofPicture.exec(line);
    if (line.startsWith('```')) {
      lines.shift();
      const end = lines.findIndex((other) => other.startsWith('```'));
      const code = lines.splice(0, end < 0 ? lines.length : end);
      lines.shift();
      blocks.push({ type: 'code', text: code.join('\n') });
    } else if (picture) {
      lines.shift();
      blocks.push({ type: 'picture', name: picture[2] ?? '', text: picture[1] ?? '' });
    } else if (heading) {
      lines.shift();
      blocks.push({ type: 'heading', level: heading[1]?.length as 1 | 2 | 3, spans: spansOf(heading[2] ?? '') });
    } else if (/^[-*] /.test(line)) blocks.push({ type: 'list', ordered: false, items: take(/^[-*] /).map(spansOf) });
    else if (/^\d{1,3}\. /.test(line))
      blocks.push({ type: 'list', ordered: true, items: take(/^\d{1,3}\. /).map(spansOf) });
    else if (line.startsWith('>')) blocks.push({ type: 'quote', spans: spansOf(take(/^> ?/).join('\n')) });
    else if (!line.trim()) lines.shift();
    else {
      const paragraph = [lines.shift() ?? ''];
      while (lines[0]?.trim() && !startsBlock.test(lines[0])) paragraph.push(lines.shift() ?? '');
      blocks.push({ type: 'paragraph', spans: spansOf(paragraph.join('\n')) });
    }
  }
  return blocks;
}
