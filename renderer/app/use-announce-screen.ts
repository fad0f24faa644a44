import { useEffect, useRef } from 'react';
import { useLocation } from 'react-router';

/** The counter gives the focus to its own field. */
const COUNTER = '/';

/**
 * When another screen comes and nothing on it took the focus, its heading does: a screen reader says where one is, and
 * the next Tab goes on from there.
 */
export function useAnnounceScreen(): void {
  const { pathname } = useLocation();
  const before = useRef(pathname);
  useEffect(() => {
    if (before.current === pathname) return;
    before.current = pathname;
    if (pathname === COUNTER) return;
    // A frame later: fields of the new screen that take the focus by themselves have it by then.
    const frame = requestAnimationFrame(() => {
      const heading = document.querySelector<HTMLElement>('main h1');
      if (!heading || document.activeElement !== document.body) return;
      heading.tabIndex = -1;
      heading.style.outline = 'none';
      heading.focus({ preventScroll: true });
    });
    return () => cancelAnimationFrame(frame);
  }, [pathname]);
}
