import { render, screen, within } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import type { i18n as I18n } from 'i18next';
import { useEffect, useRef } from 'react';
import { I18nextProvider } from 'react-i18next';
import { beforeAll, beforeEach, expect, vi } from 'vitest';
import { EditorProvider } from '#renderer/features/programs/editor-context.tsx';
import { ProgramForm } from '#renderer/features/programs/program-form.tsx';
import { PublishBox } from '#renderer/features/programs/publish-box.tsx';
import { useProgramEditor } from '#renderer/features/programs/use-program-editor.ts';
import { FormatProvider } from '#renderer/i18n/format-context.tsx';
import { createI18n } from '#renderer/i18n/i18n.ts';
import { PlatformProvider, type Platform } from '#renderer/platform/platform-context.tsx';
import { createRandomIds } from '#renderer/platform/random-ids.ts';
import { makePreset } from '#shared/domain/presets.ts';
import type { ProgramDefinition } from '#shared/domain/program.ts';
import type { ProgramId } from '#shared/lib/brand.ts';

/** The form of a program on a page of its own, and what fingers do with it. */

export const BAKERY = makePreset({
  key: 'bakery',
  id: 'bakery' as ProgramId,
  names: { name: 'Bakery card', finalReward: 'Cake', milestoneReward: 'Bun' },
  currency: 'EUR',
});
export const POINTS = makePreset({
  key: 'blank-points',
  id: 'points' as ProgramId,
  names: { name: 'Points', reward: 'Coffee' },
  currency: 'EUR',
});

interface BenchProps {
  readonly base: ProgramDefinition;
  readonly currency: string;
  readonly onChange: (wanted: ProgramDefinition) => void;
}

function Bench({ base, currency, onChange }: BenchProps) {
  const form = useRef<HTMLDivElement>(null);
  const editing = useProgramEditor({ base, usualCurrency: currency, form });
  useEffect(() => onChange(editing.wanted), [onChange, editing.wanted]);
  return (
    <EditorProvider value={editing.editor}>
      <div ref={form}>
        <ProgramForm shown={editing.shown} onShow={editing.show} />
      </div>
      <PublishBox editing={editing} onPublish={() => undefined} />
    </EditorProvider>
  );
}

/** By what is written on it or its label. Asking for the role of everything on screen takes most of a second each time. */
export function button(name: string | RegExp): HTMLElement {
  const isNamed = (text: string) => (typeof name === 'string' ? text === name : name.test(text));
  const found = [...document.querySelectorAll('button')].filter((candidate) =>
    isNamed(candidate.getAttribute('aria-label') ?? candidate.textContent.trim()),
  );
  expect(found.map(({ textContent }) => textContent)).toHaveLength(1);
  return found[0] ?? expect.fail(`no button ${String(name)}`);
}
/** For a whole file of tests. */
export function standProgramForm() {
  // Whole forms, key by key: on a busy machine a dozen steps can take longer than usual.
  vi.setConfig({ testTimeout: 20_000 });
  const platform = { ids: createRandomIds() } as unknown as Platform;
  let i18n: I18n;
  let user: UserEvent;
  let wanted: ProgramDefinition;

  beforeAll(async () => {
    i18n = await createI18n('en');
  });
  beforeEach(() => {
    user = userEvent.setup({ delay: null, pointerEventsCheck: 0 });
  });

  const remember = (definition: ProgramDefinition) => {
    wanted = definition;
  };

  const show = (base: ProgramDefinition = BAKERY, currency = 'EUR') =>
    render(
      <I18nextProvider i18n={i18n}>
        <FormatProvider>
          <PlatformProvider value={platform}>
            <Bench base={base} currency={currency} onChange={remember} />
          </PlatformProvider>
        </FormatProvider>
      </I18nextProvider>,
    );

  const press = async (name: string | RegExp) => user.click(button(name));
  const field = (name: string) => screen.getByLabelText(name, { selector: 'input' });

  async function type(name: string, text: string) {
    await user.clear(field(name));
    // In one go: how each key is taken is the fields’ own test.
    if (text !== '') await user.paste(text);
    await user.tab();
  }

  /** Opens a section that is folded away. */
  const addSection = (name: RegExp) => press(name);

  async function choose(menu: string, choice: RegExp) {
    await press(menu);
    await user.click(await screen.findByRole('menuitem', { name: choice }));
  }

  /** An option of the list that is open. */
  const pick = async (name: string) => user.click(await screen.findByRole('option', { name }));

  const region = (name: string) => within(screen.getByRole('region', { name }));
  const publish = () => button('Review and publish');

  return {
    /** What would be published now. */
    wanted: () => wanted,
    user: () => user,
    show,
    press,
    field,
    type,
    addSection,
    choose,
    pick,
    region,
    publish,
  };
}
