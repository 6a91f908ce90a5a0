import { type CSSProperties, useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { announce } from '../announce/live';
import { currentFlow } from '../canvas/view';
import { useRun, useUi } from '../state/use';
import { tour } from '../text/tour';
import { type Box, placeBeside } from './place';
import { steps } from './steps';
import css from './Tour.module.css';
import { endTour, tourStore } from './tour-store';

const show = (step: number) => (step < steps.length ? tourStore.setState({ step }) : endTour());

/** Brings the node that a step is about into view, where no half of it is. */
function bringIntoView(step: number) {
  const { node, anchor } = steps[step] ?? {};
  const id = node?.();
  const box = anchor?.()?.getBoundingClientRect();
  const room = document.querySelector('.react-flow')?.getBoundingClientRect();
  if (id === undefined || !box || !room) return;
  const x = box.left + box.width / 2;
  const y = box.top + box.height / 2;
  const seen = x > room.left && x < room.right && y > room.top && y < room.bottom && box.width > 60;
  if (!seen) void currentFlow()?.fitView({ nodes: [{ id }], maxZoom: 1, padding: 0.6 });
}

/** Where the anchor of a step is. It is asked for in every frame, since the canvas moves under the tour. */
function useAnchor(step: number): Box | undefined {
  const [box, setBox] = useState<Box>();
  useEffect(() => {
    let frame = 0;
    const look = () => {
      const found = steps[step]?.anchor()?.getBoundingClientRect();
      setBox((before) => {
        if (!found) return undefined;
        const { left, top, width, height } = found;
        const same = before?.left === left && before.top === top && before.width === width && before.height === height;
        return same ? before : { left, top, width, height };
      });
      frame = requestAnimationFrame(look);
    };
    look();
    return () => cancelAnimationFrame(frame);
  }, [step]);
  return box;
}

/** What the user does by themselves moves the tour on. */
function useDeeds(step: number) {
  const phase = useRun((state) => state.phase);
  const before = useRef(phase);
  const { enlarged, dialog } = useUi((state) => ({ enlarged: state.enlarged, dialog: state.dialog }));
  useEffect(() => {
    const ran = before.current !== 'idle' && phase === 'idle';
    before.current = phase;
    if (step === 0 && phase !== 'idle') show(1);
    if (step === 1 && ran) show(2);
  }, [phase, step]);
  useEffect(() => {
    if (step === 2 && enlarged !== undefined) return () => show(3);
    if (dialog === 'templates') endTour();
    return undefined;
  }, [enlarged, dialog, step]);
}

const typesText = (target: EventTarget | null) =>
  target instanceof Element && target.matches('input, textarea, select, [contenteditable=true]');

/** Four steps for somebody who is here for the first time. It stands beside what it speaks of and waits for nobody. */
export default function Tour() {
  const step = useStore(tourStore, (state) => state.step) ?? 0;
  const asked = useStore(tourStore, (state) => state.asked);
  const words = useRef<HTMLElement>(null);
  const [size, setSize] = useState({ width: 280, height: 150 });
  const anchor = useAnchor(step);
  useDeeds(step);
  useEffect(() => {
    bringIntoView(step);
    const { title = '', text = '' } = steps[step] ?? {};
    announce(tour.spoken(step + 1, steps.length, title, text));
  }, [step]);
  const visible = anchor !== undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words have another height at each step
  useEffect(() => {
    if (words.current) setSize({ width: words.current.offsetWidth, height: words.current.offsetHeight });
  }, [step, visible]);
  useEffect(() => {
    if (asked && visible) words.current?.focus();
  }, [asked, visible]);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || typesText(event.target)) return;
      if (!document.querySelector('dialog[open], [role=menu]')) endTour();
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, []);
  const current = steps[step];
  if (!current || !anchor) return null;
  const place = placeBeside(anchor, size, { width: innerWidth, height: innerHeight });
  const ring: CSSProperties = { left: anchor.left, top: anchor.top, width: anchor.width, height: anchor.height };
  return (
    <>
      <div className={css.ring} style={ring} aria-hidden="true" />
      <section
        ref={words}
        className={css.words}
        style={place}
        role="dialog"
        aria-label={tour.label(step + 1, steps.length, current.title)}
        tabIndex={-1}
      >
        <strong>{current.title}</strong>
        <p>{current.text}</p>
        <div className={css.foot}>
          <span>{tour.step(step + 1, steps.length)}</span>
          <button type="button" onClick={endTour}>
            {tour.skip}
          </button>
          {step > 0 && (
            <button type="button" onClick={() => show(step - 1)}>
              {tour.back}
            </button>
          )}
          <button type="button" className={css.next} onClick={() => show(step + 1)}>
            {step + 1 < steps.length ? tour.next : tour.done}
          </button>
        </div>
      </section>
    </>
  );
}
