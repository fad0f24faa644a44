const PRESSABLE_STYLE_ID = 'react-aria-pressable-style';

/**
 * React Aria adds a <style> element on the first press, which `style-src 'self'` blocks with a console error.
 * It looks for this id first, and base.css holds the rule. Call it once per window before rendering.
 */
export function adoptAriaStyles(target: Document): void {
  if (target.querySelector(`#${PRESSABLE_STYLE_ID}`)) return;
  const marker = target.createElement('meta');
  marker.id = PRESSABLE_STYLE_ID;
  target.head.append(marker);
}
