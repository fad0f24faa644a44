import { useEffect, useState, type RefObject } from 'react';
import type { Section } from './program-sections.ts';

/** A rule or a field of the form, by its place; or a whole section. */
type FocusTarget = { readonly place: string; readonly part: string } | { readonly section: Section };

const FIELDS = 'input:not([type=hidden]), button[aria-haspopup], textarea';
const CONTROLS = 'input:not([type=hidden]), button, textarea';

/** Moves the focus to a part of the form that may only now be drawn. */
export function useFocusPlace(form: RefObject<HTMLElement | null>) {
  const [wanted, request] = useState<FocusTarget>();
  // A request is an object of its own: the same place asked for twice is focused twice.
  useEffect(() => {
    if (wanted && form.current) findControl(form.current, wanted)?.focus();
  }, [wanted, form]);
  return request;
}

/** What is wrong comes first, then the first field of the rule's form, then whatever can have the focus. */
function findControl(form: HTMLElement, target: FocusTarget): HTMLElement | null {
  const place = findPlace(form, target);
  return (
    place?.querySelector<HTMLElement>('[aria-invalid=true]') ??
    place?.querySelector<HTMLElement>(`[data-form] :is(${FIELDS})`) ??
    place?.querySelector<HTMLElement>(CONTROLS) ??
    null
  );
}

function findPlace(form: HTMLElement, target: FocusTarget): Element | null {
  if ('section' in target) return form.querySelector(`[data-section=${target.section}]`);
  return (
    form.querySelector(`[data-place="${CSS.escape(target.place)}"]`) ??
    form.querySelector(`[data-parts~="${target.part}"]`)
  );
}
