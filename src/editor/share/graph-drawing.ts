/** Where something is drawn, in pixels of the graph. */
interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A drawing of the graph: an SVG, and its size in pixels. */
export interface Drawing {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

/** Around everything, in pixels. */
const margin = 24;

const number = (value: number): number => Math.round(value * 100) / 100;
const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`).replace(/[^\P{Cc}\t\n]/gu, '');
const isSeen = (color: string): boolean => color !== '' && color !== 'transparent' && !/[,/] ?0\)$/.test(color);

/**
 * Draws what is on the canvas as shapes and letters: all nodes, frames, notes, wires and zones, wherever the window looks. It
 * reads what the browser laid out, so that it looks as on the screen at any size.
 */
export async function drawGraph(): Promise<Drawing> {
  const viewport = document.querySelector<HTMLElement>('.react-flow__viewport');
  const canvas = viewport?.closest('main');
  if (!viewport || !canvas) throw new Error('There is no canvas to draw.');
  const parts = [...viewport.querySelectorAll<HTMLElement>('.react-flow__node')];
  if (parts.length === 0) throw new Error('The graph is empty: there is nothing to draw.');
  const page = new Page(viewport);
  const isFrame = (part: Element) => part.classList.contains('react-flow__node-frame');
  const layers = [
    ...parts.filter(isFrame),
    ...viewport.querySelectorAll('.react-flow__viewport-portal'),
    ...viewport.querySelectorAll('.react-flow__edges'),
    ...parts.filter((part) => !isFrame(part)),
  ];
  const drawn = layers.map((layer) => page.draw(layer)).join('');
  const boxes = [...parts, ...viewport.querySelectorAll('.react-flow__viewport-portal *')]
    .map((part) => page.boxOf(part))
    .filter((box) => box.width > 2 && box.height > 2);
  const left = Math.floor(Math.min(...boxes.map(({ x }) => x)) - margin);
  const top = Math.floor(Math.min(...boxes.map(({ y }) => y)) - margin);
  const width = Math.ceil(Math.max(...boxes.map((box) => box.x + box.width)) + margin - left);
  const height = Math.ceil(Math.max(...boxes.map((box) => box.y + box.height)) + margin - top);
  const fonts = await fontFaces(page.families);
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${left} ${top} ${width} ${height}">` +
    `<style>${fonts}</style><rect x="${left}" y="${top}" width="${width}" height="${height}" fill="${getComputedStyle(canvas).backgroundColor}"/>${drawn}</svg>`;
  return { svg, width, height };
}

/** What is laid out on the page, in the coordinates of the graph. */
class Page {
  /** Names of the fonts that were used. */
  readonly families = new Set<string>();
  readonly #origin: DOMRect;
  readonly #zoom: number;
  readonly #measure = new OffscreenCanvas(1, 1).getContext('2d');
  #clips = 0;

  constructor(viewport: HTMLElement) {
    this.#zoom = new DOMMatrix(getComputedStyle(viewport).transform).a || 1;
    this.#origin = viewport.getBoundingClientRect();
  }

  boxOf(element: Element): Box {
    return this.#box(element.getBoundingClientRect());
  }

  #box({ left, top, width, height }: DOMRect): Box {
    const zoom = this.#zoom;
    return {
      x: (left - this.#origin.left) / zoom,
      y: (top - this.#origin.top) / zoom,
      width: width / zoom,
      height: height / zoom,
    };
  }

  /** An element with all that is in it. */
  draw(element: Element): string {
    const style = getComputedStyle(element);
    if (style.display === 'none' || style.visibility === 'hidden' || style.opacity === '0') return '';
    // What is there for screen readers alone.
    if (style.clipPath.startsWith('inset(50%')) return '';
    const inside =
      element instanceof SVGSVGElement
        ? this.#vector(element)
        : element instanceof HTMLCanvasElement || element instanceof HTMLImageElement
          ? this.#picture(element)
          : this.#shape(element, style) + this.#content(element, style);
    return inside && style.opacity !== '1' ? `<g opacity="${style.opacity}">${inside}</g>` : inside;
  }

  #content(element: Element, style: CSSStyleDeclaration): string {
    const words =
      element instanceof HTMLTextAreaElement
        ? this.#typed(element, style)
        : element instanceof HTMLInputElement || element instanceof HTMLSelectElement
          ? this.#line(shownIn(element), element, style)
          : [...element.childNodes]
              .map((child) =>
                child instanceof Element ? this.draw(child) : child instanceof Text ? this.#text(child, style) : '',
              )
              .join('');
    if (!words || style.overflowX === 'visible') return words;
    const { x, y, width, height } = this.boxOf(element);
    this.#clips += 1;
    const id = `clip${this.#clips}`;
    return (
      `<clipPath id="${id}"><rect x="${number(x)}" y="${number(y)}" width="${number(width)}" height="${number(height)}"/></clipPath>` +
      `<g clip-path="url(#${id})">${words}</g>`
    );
  }

  /** Its background, its border, and the rings that are drawn as shadows. */
  #shape(element: Element, style: CSSStyleDeclaration): string {
    const box = this.boxOf(element);
    if (box.width < 0.5 || box.height < 0.5) return '';
    const radius = Math.min(Number.parseFloat(style.borderTopLeftRadius) || 0, box.width / 2, box.height / 2);
    const rect = (by: number, paint: string) =>
      `<rect x="${number(box.x - by)}" y="${number(box.y - by)}" width="${number(box.width + 2 * by)}" height="${number(box.height + 2 * by)}" rx="${number(Math.max(0, radius + by))}" ${paint}/>`;
    let drawn = '';
    for (const { spread, color, inset } of ringsOf(style.boxShadow))
      drawn += rect(((inset ? -1 : 1) * spread) / 2, `fill="none" stroke="${color}" stroke-width="${spread}"`);
    // A gradient is a wash of one colour here.
    const washes = [style.backgroundColor, anyColor.exec(style.backgroundImage)?.[0] ?? ''].filter(isSeen);
    const back = washes.map((color) => rect(0, `fill="${color}"`)).join('');
    // Rings lie on what they are around, also where they are inside of it.
    drawn = back + drawn;
    const sides = ['top', 'right', 'bottom', 'left'] as const;
    const border = (side: string, what: string) => style.getPropertyValue(`border-${side}-${what}`);
    const widths = sides.map((side) =>
      border(side, 'style') === 'none' ? 0 : Number.parseFloat(border(side, 'width')) || 0,
    );
    const [first = 0] = widths;
    const dash = style.borderTopStyle === 'dashed' ? ' stroke-dasharray="4 3"' : '';
    if (first > 0 && widths.every((width) => width === first) && isSeen(style.borderTopColor))
      return drawn + rect(-first / 2, `fill="none" stroke="${style.borderTopColor}" stroke-width="${first}"${dash}`);
    for (const [i, side] of sides.entries()) {
      const [width = 0, color] = [widths[i], border(side, 'color')];
      if (width === 0 || !isSeen(color)) continue;
      const x = side === 'right' ? box.x + box.width - width : box.x;
      const y = side === 'bottom' ? box.y + box.height - width : box.y;
      const across = side === 'top' || side === 'bottom';
      drawn += `<rect x="${number(x)}" y="${number(y)}" width="${number(across ? box.width : width)}" height="${number(across ? width : box.height)}" fill="${color}"/>`;
    }
    return drawn;
  }

  /** Icons and sockets, which stand where they are laid out; wires and tints, which are drawn in the graph's own coordinates. */
  #vector(element: SVGSVGElement): string {
    const copy = element.cloneNode(true) as SVGSVGElement;
    const originals = [element, ...element.querySelectorAll('*')];
    for (const [i, part] of [copy, ...copy.querySelectorAll('*')].entries()) {
      const original = originals[i];
      if (!original) continue;
      const style = getComputedStyle(original);
      for (const name of [...part.attributes].map((attribute) => attribute.name))
        if (/^(class|style|data-|aria-|on|tabindex|role)/.test(name)) part.removeAttribute(name);
      if (style.display === 'none') part.setAttribute('display', 'none');
      // Its own opacity is that of the group around it.
      for (const name of original === element ? [] : painted) {
        const value = style.getPropertyValue(name);
        if (value) part.setAttribute(name, value);
      }
    }
    for (const [name, value] of Object.entries(this.boxOf(element))) copy.setAttribute(name, String(number(value)));
    copy.setAttribute('overflow', 'visible');
    return new XMLSerializer().serializeToString(copy);
  }

  #picture(element: HTMLCanvasElement | HTMLImageElement): string {
    const { x, y, width, height } = this.boxOf(element);
    if (width < 1 || height < 1) return '';
    const canvas = document.createElement('canvas');
    canvas.width = element instanceof HTMLCanvasElement ? element.width : element.naturalWidth;
    canvas.height = element instanceof HTMLCanvasElement ? element.height : element.naturalHeight;
    if (!canvas.width || !canvas.height) return '';
    canvas.getContext('2d')?.drawImage(element, 0, 0);
    return `<image x="${number(x)}" y="${number(y)}" width="${number(width)}" height="${number(height)}" preserveAspectRatio="none" href="${canvas.toDataURL()}"/>`;
  }

  /** The lines that a text was broken into. */
  #text(text: Text, style: CSSStyleDeclaration): string {
    if (!text.data.trim()) return '';
    const range = document.createRange();
    const lines: { words: string; left: number; right: number; top: number }[] = [];
    for (let i = 0; i < text.data.length; i++) {
      range.setStart(text, i);
      range.setEnd(text, i + 1);
      const rect = range.getClientRects()[0];
      if (!rect || rect.width === 0) continue;
      const last = lines.at(-1);
      if (last && Math.abs(rect.top - last.top) < rect.height / 2) {
        last.words += text.data[i];
        last.right = Math.max(last.right, rect.right);
      } else lines.push({ words: text.data[i] ?? '', left: rect.left, right: rect.right, top: rect.top });
    }
    return lines
      .map(({ words, left, right, top }) => {
        const { x, y, width } = this.#box(new DOMRect(left, top, right - left, 0));
        return this.#words(words, style, x, y, width);
      })
      .join('');
  }

  /** What stands in a field of one line. */
  #line(value: string, field: HTMLElement, style: CSSStyleDeclaration): string {
    if (!value) return '';
    const { x, y, width, height } = this.boxOf(field);
    const font = this.#font(style);
    const room = width - Number.parseFloat(style.paddingLeft) - Number.parseFloat(style.paddingRight);
    const left = x + Number.parseFloat(style.paddingLeft);
    const from = style.textAlign === 'right' || style.textAlign === 'end' ? left + room - font.widthOf(value) : left;
    return this.#words(value, style, Math.max(left, from), y + (height - font.height) / 2);
  }

  /** What stands in a field of several lines: the browser breaks it in a copy, as fields do not tell. */
  #typed(field: HTMLTextAreaElement, style: CSSStyleDeclaration): string {
    if (!field.value) return '';
    const copy = document.createElement('div');
    for (const name of ['font', 'letter-spacing', 'line-height', 'padding', 'color', 'text-align', 'border-width'])
      copy.style.setProperty(name, style.getPropertyValue(name));
    Object.assign(copy.style, {
      position: 'absolute',
      left: `${field.offsetLeft}px`,
      top: `${field.offsetTop}px`,
      width: `${field.offsetWidth}px`,
      boxSizing: 'border-box',
      whiteSpace: 'pre-wrap',
      overflowWrap: 'anywhere',
    });
    copy.textContent = field.value;
    field.after(copy);
    try {
      return copy.firstChild instanceof Text ? this.#text(copy.firstChild, style) : '';
    } finally {
      copy.remove();
    }
  }

  #font(style: CSSStyleDeclaration) {
    const measure = this.#measure;
    if (measure) measure.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    const metrics = measure?.measureText('x');
    const ascent = metrics?.fontBoundingBoxAscent ?? 10;
    return {
      ascent,
      height: ascent + (metrics?.fontBoundingBoxDescent ?? 3),
      widthOf: (words: string) => measure?.measureText(words).width ?? 0,
    };
  }

  /** One line of letters; its width is fixed where it is known, so that another font changes nothing around it. */
  #words(words: string, style: CSSStyleDeclaration, x: number, y: number, width?: number): string {
    const line = words.replace(/\s+$/, '');
    if (!line) return '';
    for (const family of style.fontFamily.split(',')) this.families.add(family.trim().replace(/^["']|["']$/g, ''));
    const { ascent } = this.#font(style);
    const fixed =
      width && line.length > 1 && line === words
        ? ` textLength="${number(width)}" lengthAdjust="spacingAndGlyphs"`
        : '';
    return (
      `<text x="${number(x)}" y="${number(y + ascent)}" xml:space="preserve" font-family="${escaped(style.fontFamily)}" ` +
      `font-size="${style.fontSize}" font-weight="${style.fontWeight}" font-style="${style.fontStyle}" fill="${style.color}"${fixed}>${escaped(line)}</text>`
    );
  }
}

/** The words in a field of one line. */
const shownIn = (field: HTMLInputElement | HTMLSelectElement): string =>
  field instanceof HTMLSelectElement
    ? [...field.selectedOptions].map(({ label }) => label.trim()).join(', ')
    : /^(checkbox|radio|range|color)$/.test(field.type)
      ? ''
      : field.value;

/** A colour in a style. */
const anyColor = /(rgba?|color|oklch|oklab|lab)\([^)]*\)/;

/** What styles say of shapes. */
const painted = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-opacity',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'opacity',
];

/** Shadows without blur and offset are rings. */
function ringsOf(shadow: string): { readonly spread: number; readonly color: string; readonly inset: boolean }[] {
  return shadow.split(/,(?![^(]*\))/).flatMap((one) => {
    const lengths = [...one.matchAll(/(-?[\d.]+)px/g)].map(([, value]) => Number(value));
    const color = anyColor.exec(one)?.[0];
    const [right, down, blur, spread = 0] = lengths;
    if (!color || right !== 0 || down !== 0 || blur !== 0 || spread <= 0 || !isSeen(color)) return [];
    return [{ spread, color, inset: one.includes('inset') }];
  });
}

/** The page's own fonts, as far as Latin letters go, so that the drawing looks alike where they are not there. */
async function fontFaces(families: ReadonlySet<string>): Promise<string> {
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
