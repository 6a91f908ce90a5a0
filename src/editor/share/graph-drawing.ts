import { anyColor, isSeen, ringsOf } from './css-colors';
import { fontFaces } from './font-faces';
import { Layout, type Line } from './layout';

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
  const layout = new Layout(viewport);
  const page = new Page(layout);
  const isFrame = (part: Element) => part.classList.contains('react-flow__node-frame');
  const layers = [
    ...parts.filter(isFrame),
    ...viewport.querySelectorAll('.react-flow__viewport-portal'),
    ...viewport.querySelectorAll('.react-flow__edges'),
    ...parts.filter((part) => !isFrame(part)),
  ];
  const drawn = layers.map((layer) => page.draw(layer)).join('');
  const boxes = [...parts, ...viewport.querySelectorAll('.react-flow__viewport-portal *')]
    .map((part) => layout.boxOf(part))
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

/** Draws what is laid out on the page. */
class Page {
  readonly #layout: Layout;
  /** Names of the fonts that were used. */
  readonly families = new Set<string>();
  #clips = 0;

  constructor(layout: Layout) {
    this.#layout = layout;
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
        ? this.#lines(this.#layout.linesIn(element, style), style)
        : element instanceof HTMLInputElement || element instanceof HTMLSelectElement
          ? this.#lines(fieldLine(this.#layout, element, style), style)
          : [...element.childNodes]
              .map((child) =>
                child instanceof Element
                  ? this.draw(child)
                  : child instanceof Text
                    ? this.#lines(this.#layout.linesOf(child), style)
                    : '',
              )
              .join('');
    if (!words || style.overflowX === 'visible') return words;
    const { x, y, width, height } = this.#layout.boxOf(element);
    this.#clips += 1;
    const id = `clip${this.#clips}`;
    return (
      `<clipPath id="${id}"><rect x="${number(x)}" y="${number(y)}" width="${number(width)}" height="${number(height)}"/></clipPath>` +
      `<g clip-path="url(#${id})">${words}</g>`
    );
  }

  /** Its background, its border, and the rings that are drawn as shadows. */
  #shape(element: Element, style: CSSStyleDeclaration): string {
    const box = this.#layout.boxOf(element);
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
    for (const [name, value] of Object.entries(this.#layout.boxOf(element)))
      copy.setAttribute(name, String(number(value)));
    copy.setAttribute('overflow', 'visible');
    return new XMLSerializer().serializeToString(copy);
  }

  #picture(element: HTMLCanvasElement | HTMLImageElement): string {
    const { x, y, width, height } = this.#layout.boxOf(element);
    if (width < 1 || height < 1) return '';
    const canvas = document.createElement('canvas');
    canvas.width = element instanceof HTMLCanvasElement ? element.width : element.naturalWidth;
    canvas.height = element instanceof HTMLCanvasElement ? element.height : element.naturalHeight;
    if (!canvas.width || !canvas.height) return '';
    canvas.getContext('2d')?.drawImage(element, 0, 0);
    return `<image x="${number(x)}" y="${number(y)}" width="${number(width)}" height="${number(height)}" preserveAspectRatio="none" href="${canvas.toDataURL()}"/>`;
  }

  #lines(lines: readonly Line[], style: CSSStyleDeclaration): string {
    return lines.map((line) => this.#words(line, style)).join('');
  }

  /** One line of letters; its width is fixed where it is known, so that another font changes nothing around it. */
  #words({ words, x, y, width }: Line, style: CSSStyleDeclaration): string {
    const line = words.replace(/\s+$/, '');
    if (!line) return '';
    for (const family of style.fontFamily.split(',')) this.families.add(family.trim().replace(/^["']|["']$/g, ''));
    const { ascent } = this.#layout.font(style);
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

/** The words in a field of one line. */
const shownIn = (field: HTMLInputElement | HTMLSelectElement): string =>
  field instanceof HTMLSelectElement
    ? [...field.selectedOptions].map(({ label }) => label.trim()).join(', ')
    : /^(checkbox|radio|range|color)$/.test(field.type)
      ? ''
      : field.value;

function fieldLine(layout: Layout, field: HTMLInputElement | HTMLSelectElement, style: CSSStyleDeclaration): Line[] {
  const words = shownIn(field);
  return words ? [layout.lineIn(field, words, style)] : [];
}
