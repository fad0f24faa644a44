import { useEffect } from 'react';
import { useNavigate } from 'react-router';
import { createScanDetector } from '#renderer/features/counter/scan-detector.ts';

/** A field that wants the code itself, such as the card code of a member, carries this attribute. */
const SCAN_TARGET = '[data-scan-target]';

type TextField = HTMLInputElement | HTMLTextAreaElement;

const DIALOG = '[role="dialog"], [role="alertdialog"]';
/** Text in these only looks for somebody, as a scan does: nothing is lost when the scan goes on to the counter. */
const SEARCH_FIELD = 'input[name="counter"], input[type="search"], search input, [role="search"] input';
/** Inputs that hold no text: a scan over them types nothing and loses nothing. */
const NO_TEXT: ReadonlySet<string> = new Set(['checkbox', 'radio', 'range', 'button', 'submit', 'file']);

/**
 * From any screen a scanned card leads to the counter with that member, unless somebody is in the middle of something:
 * with a dialog open the code is plain typing, in another text field it is taken out again and the screen stays.
 */
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
      if (document.querySelector(DIALOG)) return;
      if (field) restoreText(field, textBefore);
      if (field && isEdited(field, textBefore)) return;
      void navigate('/', { state: { scan: pressed.code } });
    };
    window.addEventListener('keydown', listen, { capture: true });
    return () => window.removeEventListener('keydown', listen, { capture: true });
  }, [navigate]);
  return null;
}

function isTextField(target: Element | undefined): target is TextField {
  return (
    target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && !NO_TEXT.has(target.type))
  );
}

/** On the counter an empty name field loses nothing either: the queue goes on with the next card. */
function isEdited(field: TextField, textBefore: string): boolean {
  if (field.matches(SEARCH_FIELD)) return false;
  const isOnCounter = document.querySelector('input[name="counter"]') !== null;
  return !(isOnCounter && textBefore === '');
}

/** Takes the scanned characters out of the field again, in the way React notices. */
function restoreText(field: TextField, text: string): void {
  const prototype =
    field instanceof HTMLInputElement ? HTMLInputElement.prototype : HTMLTextAreaElement.prototype;
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, text);
  field.dispatchEvent(new Event('input', { bubbles: true }));
}
