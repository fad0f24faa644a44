import { I18nextProvider } from 'react-i18next';
import { MemoryRouter, Route, Routes, useLocation, useNavigate } from 'react-router';
import { expect } from 'vitest';
import { page } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-react';
import type { Store } from '#renderer/data/store.ts';
import { StoreProvider } from '#renderer/data/store-provider.tsx';
import { createCounterCommands, type CounterCommands } from '#renderer/features/counter/counter.commands.ts';
import { DuplicatesScreen } from '#renderer/features/members/duplicates-screen.tsx';
import { LeftSearchProvider } from '#renderer/features/members/left-search.tsx';
import { MemberScreen } from '#renderer/features/members/member-screen.tsx';
import { MembersScreen } from '#renderer/features/members/members-screen.tsx';
import { FormatProvider } from '#renderer/i18n/format-context.tsx';
import { createI18n } from '#renderer/i18n/i18n.ts';
import type { Host, SaveFileRequest } from '#renderer/platform/host.ts';
import { createMemoryLog } from '#renderer/platform/memory-log.ts';
import { PlatformProvider, type Platform } from '#renderer/platform/platform-context.tsx';
import '#renderer/ui/base.css';
import { makePhoneRegion } from '#shared/domain/phone-number.ts';
import type { ProgramDefinition } from '#shared/domain/program.ts';
import { UNASSIGNED_STAFF } from '#shared/ledger/event.ts';
import type { MemberId, PhoneNumber, ShopId, TillId } from '#shared/lib/brand.ts';
import { ok } from '#shared/lib/result.ts';
import { openTestStore, type TestStore } from './test-store.ts';

/** The screens about members in a real browser, over a real store. */
export interface MemberBench extends TestStore {
  readonly counter: CounterCommands;
  /** Files that were saved and texts that were copied, in order. */
  readonly saved: readonly SaveFileRequest[];
  readonly copied: readonly string[];
  readonly host: Host;
}

export interface MemberBenches {
  readonly open: (change?: Partial<ProgramDefinition>) => Promise<MemberBench>;
  /** After each test. */
  readonly close: () => Promise<void>;
}

export function createMemberBenches(): MemberBenches {
  const opened: TestStore[] = [];
  return {
    async open(change = {}) {
      const store = await openTestStore(undefined, change);
      opened.push(store);
      const { ledger, ids } = store;
      const counter = createCounterCommands({ ledger, ids, staff: () => UNASSIGNED_STAFF });
      const saved: SaveFileRequest[] = [];
      const copied: string[] = [];
      const host: Partial<Host> = {
        saveFile: async (request) => {
          saved.push(request);
          return ok({ kind: 'saved', folderName: 'Documents' });
        },
        copyText: async (text) => {
          copied.push(text);
          return ok(undefined);
        },
      };
      return { ...store, counter, saved, copied, host: host as Host };
    },
    async close() {
      // Live queries of a screen would meet a database that is gone.
      await cleanup();
      for (const { database } of opened.splice(0)) await database.delete();
    },
  };
}

function Place() {
  const { pathname, state } = useLocation();
  const navigate = useNavigate();
  return (
    <>
      <output aria-label="place">{`${pathname} ${JSON.stringify(state)}`}</output>
      <button type="button" onClick={() => void navigate(-1)}>
        Back in history
      </button>
    </>
  );
}

/** The address that is open, and the state that came with it. */
export const place = () => page.getByLabelText('place');

export async function showMembers(bench: MemberBench, at: string, language = 'en'): Promise<void> {
  const i18n = await createI18n(language);
  const { clock, ids, host } = bench;
  const region = makePhoneRegion('FR');
  const till = await bench.database.meta.get('identity');
  // Only what these screens use.
  const store: Partial<Store> = {
    database: bench.database,
    ledger: bench.ledger,
    search: bench.search,
    identity: till?.value as { shop: ShopId; till: TillId },
    isPractice: false,
    region: () => region,
    refreshRegion: async () => undefined,
  };
  const platform: Partial<Platform> = { host, clock, ids, log: createMemoryLog(clock) };
  await render(
    <I18nextProvider i18n={i18n}>
      <FormatProvider>
        <PlatformProvider value={platform as Platform}>
          <StoreProvider value={store as Store}>
            <div style={{ blockSize: '700px' }}>
              <MemoryRouter initialEntries={[at]}>
                <LeftSearchProvider>
                  <Routes>
                    <Route path="/members" element={<MembersScreen />} />
                    <Route path="/members/duplicates" element={<DuplicatesScreen />} />
                    <Route path="/members/:member" element={<MemberScreen />} />
                    <Route path="*" element={null} />
                  </Routes>
                  <Place />
                </LeftSearchProvider>
              </MemoryRouter>
            </div>
          </StoreProvider>
        </PlatformProvider>
      </FormatProvider>
    </I18nextProvider>,
  );
}

export async function enrolMember(
  bench: MemberBench,
  phone: string,
  name: string,
  visits = 1,
): Promise<MemberId> {
  const member = bench.ids.memberId();
  const result = await bench.counter.enrol({
    id: bench.ids.eventId(),
    member,
    phone: phone as PhoneNumber,
    name,
    visits,
  });
  expect(result.ok).toBe(true);
  return member;
}
