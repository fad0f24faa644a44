import { useEffect, useRef } from 'react';

/**
 * React Aria announces a pending button as a picture that is named by the button's id, and keeps it for seven seconds. When a
 * form goes away with its button, a picture without a name would be left: it goes with the button.
 */
export function useSaidNoMore(isPending: boolean | undefined): void {
  const wasPending = useRef(false);
  useEffect(() => {
    if (isPending === true) wasPending.current = true;
  }, [isPending]);
  useEffect(
    () => () => {
      if (wasPending.current) dropNameless();
    },
    [],
  );
}

function dropNameless(): void {
  for (const picture of document.querySelectorAll('[data-live-announcer] [role=img][aria-labelledby]')) {
    const ids = picture.getAttribute('aria-labelledby')?.split(' ') ?? [];
    if (!ids.some((id) => document.querySelector(`#${CSS.escape(id)}`))) picture.remove();
  }
}
