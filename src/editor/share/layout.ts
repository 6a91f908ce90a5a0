/** Where something is drawn, in pixels of the graph. */
interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** One line of letters, by its left upper corner; `width` is left out where nobody knows it. */
export interface Line {
  readonly words: string;
  readonly x: number;
  readonly y: number;
  readonly width?: number;
}

/** What the browser laid out, in the coordinates of the graph. */
export class Layout {
  readonly #origin: DOMRect;
  readonly #zoom: number;
  readonly #measure = new OffscreenCanvas(1, 1).getContext('2d');

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

  /** The lines that a text was broken into. */
  linesOf(text: Text): Line[] {
    if (!text.data.trim()) return [];
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
    return lines.map(({ words, left, right, top }) => {
      const { x, y, width } = this.#box(new DOMRect(left, top, right - left, 0));
      return { words, x, y, width };
    });
  }

  /** What stands in a field of one line. */
  lineIn(field: HTMLElement, words: string, style: CSSStyleDeclaration): Line {
    const { x, y, width, height } = this.boxOf(field);
    const font = this.font(style);
    const room = width - Number.parseFloat(style.paddingLeft) - Number.parseFloat(style.paddingRight);
    const left = x + Number.parseFloat(style.paddingLeft);
    const from = style.textAlign === 'right' || style.textAlign === 'end' ? left + room - font.widthOf(words) : left;
    return { words, x: Math.max(left, from), y: y + (height - font.height) / 2 };
  }

  /** What stands in a field of several lines: the browser breaks it in a copy, as fields do not tell. */
  linesIn(field: HTMLTextAreaElement, style: CSSStyleDeclaration): Line[] {
    if (!field.value) return [];
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
      return copy.firstChild instanceof Text ? this.linesOf(copy.firstChild) : [];
    } finally {
      copy.remove();
    }
  }

  font(style: CSSStyleDeclaration) {
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
}
