import { useEffect } from 'react';
import { useNavigate } from 'react-router';
import { createScanDetector } from '#renderer/features/counter/scan-detector.ts';

/** A field that wants the code itself, such as the card code of a member, carries this attribute. */
const SCAN_TARGET = '[data-scan-target]';

type TextField = HTMLInputElement | HTMLTextAreaElement;

/** From any screen a scanned card leads to the counter with that member. */
export function ScannerListener() {
  const navigate = useNavigate();
  useEffect(() => {
    const detector = createScanDetector();
    let field: TextField | undefined;
    let textBefore = '';
    const listen = (event: KeyboardEvent) => {
      const target = event.target instanceof Element ? event.target : undefined;
      if (event.ctrlKey || event.altKey || event.metaKey || target?.closest(SCAN_TARGET)) return;
      const pressed = detector.press(event.key, event.timeStamp);
      if (pressed.kind === 'started') {
        field = isTextField(target) ? target : undefined;
        textBefore = field?.value ?? '';
      }
      if (pressed.kind !== 'scanned') return;
      // The Enter of a scanner identifies; it must not punch, submit or press a button as well.
      event.preventDefault();
      event.stopPropagation();
      if (field) restoreText(field, textBefore);
      void navigate('/', { state: { scan: pressed.code } });
    };
    window.addEventListener('keydown', listen, { capture: true });
    return () => window.removeEventListener('keydown', listen, { capture: true });
  }, [navigate]);
  return null;
}

const isTextField = (target: Element | undefined): target is TextField =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;

/** Takes the scanned characters out of the field again, in the way React notices. */
function restoreText(field: TextField, text: string): void {
  const prototype =
    field instanceof HTMLInputElement ? HTMLInputElement.prototype : HTMLTextAreaElement.prototype;
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, text);
  field.dispatchEvent(new Event('input', { bubbles: true }));
}
