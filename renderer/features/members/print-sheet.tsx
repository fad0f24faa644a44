import { useEffect, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import './print-sheet.css';

interface PrintSheetProps {
  readonly children: ReactNode;
  /** The print dialog was closed, printed or not: the browser does not tell. */
  readonly onClosed: () => void;
}

/** Asks to print its children and nothing else of the window; invisible on screen. */
export function PrintSheet({ children, onClosed }: PrintSheetProps) {
  useEffect(() => {
    window.addEventListener('afterprint', onClosed);
    // After this frame, so that the sheet is laid out.
    const frame = requestAnimationFrame(() => window.print());
    return () => {
      cancelAnimationFrame(frame);
      window.removeEventListener('afterprint', onClosed);
    };
  }, [onClosed]);
  return createPortal(<div data-print-sheet>{children}</div>, document.body);
}
