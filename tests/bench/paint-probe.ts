/**
 * Runs inside the app's page: how long from a key to the frame that shows its answer?
 *
 *   key ──── look up, React ────► answer in the document ── wait for the beat ──► frame begins ── style, layout, paint ──► next task
 *   event.timeStamp               MutationObserver                               requestAnimationFrame                     MessageChannel
 *
 * The message arrives when the main thread has handed the frame over; what the compositor and the screen add is not in it.
 */

export interface KeyTimes {
  /** From the key to the answer in the document. */
  readonly answerMs: number;
  /** From the beginning of the frame to its hand-over. */
  readonly frameMs: number;
  /** From the key to the hand-over; includes waiting for the screen's beat, up to 16.7 ms. */
  readonly totalMs: number;
}

export type Subject = 'match' | 'done' | 'plain';

export interface PaintProbe {
  /** Waits for a key and then for an answer that is another than now. @param member must be the one shown */
  arm(subject: Subject, member?: string): void;
  /** Puts up, or takes away, a bare field whose text an output repeats: what a key costs with no app behind it. */
  plainField(isShown: boolean): void;
  /** Undefined while there is none. */
  take(): KeyTimes | undefined;
  takeLongTasks(): number[];
  /** Milliseconds from the start of the navigation to a counter that has the focus. */
  usableAt(): number | undefined;
}

/** Self-contained: the driver hands its text to the browser. */
export function installPaintProbe(): void {
  const SUBJECTS = {
    match: 'main ul, [data-testid="match"]',
    done: '[data-testid="done"]',
    plain: 'output[data-plain]',
  };
  let plain: HTMLElement | undefined;
  const longTasks: number[] = [];
  let armed: { subject: Subject; member: string | undefined; before: string } | undefined;
  let keyAt: number | undefined;
  let times: KeyTimes | undefined;
  let usableAt: number | undefined;

  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longTasks.push(duration);
  }).observe({ type: 'longtask' });

  const read = (subject: Subject) =>
    [...document.querySelectorAll(SUBJECTS[subject])]
      .map((element) => `${JSON.stringify({ ...(element as HTMLElement).dataset })}${element.textContent}`)
      .join('\n');

  window.addEventListener(
    'keydown',
    (event) => {
      if (armed && keyAt === undefined && event.isTrusted) keyAt = event.timeStamp;
    },
    { capture: true },
  );

  const look = () => {
    if (usableAt === undefined) {
      const input = document.querySelector('[data-app-ready] input[name="counter"]');
      if (input && document.activeElement === input) usableAt = performance.now();
    }
    if (!armed || keyAt === undefined) return;
    const now = read(armed.subject);
    if (now === '' || now === armed.before) return;
    if (armed.member !== undefined && !now.includes(armed.member)) return;
    const pressedAt = keyAt;
    const answeredAt = performance.now();
    armed = undefined;
    keyAt = undefined;
    requestAnimationFrame(() => {
      const beganAt = performance.now();
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener('message', () => {
        const endedAt = performance.now();
        times = {
          answerMs: answeredAt - pressedAt,
          frameMs: endedAt - beganAt,
          totalMs: endedAt - pressedAt,
        };
      });
      port1.start();
      port2.postMessage(undefined);
    });
  };
  new MutationObserver(look).observe(document, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
  });
  document.addEventListener('focusin', look);

  const probe: PaintProbe = {
    arm: (subject, member) => {
      times = undefined;
      keyAt = undefined;
      armed = { subject, member, before: read(subject) };
    },
    plainField: (isShown) => {
      plain?.remove();
      plain = undefined;
      if (!isShown) return;
      const field = document.createElement('input');
      const output = document.createElement('output');
      output.dataset['plain'] = '';
      field.addEventListener('input', () => (output.textContent = field.value));
      plain = document.createElement('div');
      plain.style.cssText = 'position: fixed; inset: 0 0 auto auto';
      plain.append(field, output);
      document.body.append(plain);
      field.focus();
    },
    take: () => times,
    takeLongTasks: () => longTasks.splice(0),
    usableAt: () => usableAt,
  };
  Object.assign(window, { probe });
}
