import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { GraduationCap } from 'lucide-react';
import sampleUrl from '#resources/sample/members-5000.csv?url';
import { makeProgram, STAMP_PRESETS } from '#shared/domain/program.ts';
import { UNASSIGNED_STAFF } from '#shared/ledger/event.ts';
import { assert } from '#shared/lib/assert.ts';
import { plainDayAt } from '#shared/lib/plain-day.ts';
import { useStore } from '#renderer/data/store-context.tsx';
import { languageFor } from '#renderer/i18n/i18n.ts';
import { usePlatform } from '#renderer/platform/platform-context.tsx';
import { Banner } from '#renderer/ui/banner.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { Frame } from '#renderer/ui/frame.tsx';
import { Page } from '#renderer/ui/page.tsx';
import { Progress } from '#renderer/ui/progress.tsx';
import { createPracticeCommands } from './practice.commands.ts';
import { createSetupCommands } from './setup.commands.ts';

/** The sample's numbers are French ones. */
const COUNTRY = 'FR';

/** The first look at practice: a made-up shop moves in, and the counter opens by itself. */
export function PracticeSetup() {
  const { t } = useTranslation(['import', 'common']);
  const store = useStore();
  const { running } = useSyncExternalStore(store.imports.subscribe, store.imports.state);
  const practice = usePracticeShop();
  const begun = useRef(false);
  useEffect(() => {
    // React runs effects twice in development; the shop moves in once.
    if (begun.current) return;
    begun.current = true;
    void practice.begin();
  });
  return (
    <Frame>
      <Page title={t('practice.title')} isTitleHidden width="narrow">
        <EmptyState icon={GraduationCap} title={t('practice.title')}>
          {t('practice.text')}
        </EmptyState>
        {practice.hasFailed ? (
          <>
            <Banner
              tone="error"
              role="alert"
              title={t('failure.title')}
              action={{ label: t('common:retry'), onPress: () => void practice.begin() }}
            />
            <Button onPress={() => void practice.openEmpty()}>{t('practice.empty')}</Button>
          </>
        ) : (
          <Progress
            label={t('practice.progress')}
            value={running?.progress?.done}
            maxValue={running?.progress?.total ?? 1}
            valueText={t('running.members', { count: running?.progress?.members ?? 0 })}
          />
        )}
      </Page>
    </Frame>
  );
}

function usePracticeShop() {
  const { t, i18n } = useTranslation(['import', 'common']);
  const store = useStore();
  const { clock, ids, log } = usePlatform();
  const [hasFailed, setFailed] = useState(false);
  const [minted] = useState(() => ({
    program: ids.programId(),
    programEvent: ids.eventId(),
    shopEvent: ids.eventId(),
  }));
  const staff = () => UNASSIGNED_STAFF;
  const language = languageFor(i18n.language);

  const run = async (withMembers: boolean) => {
    setFailed(false);
    const preset = STAMP_PRESETS.find(({ key }) => key === 'coffee');
    assert(preset, 'the coffee card is one of the presets');
    const wanted = makeProgram({
      id: minted.program,
      preset,
      name: t('practice.card'),
      finalReward: t('practice.reward'),
      milestoneReward: t('practice.reward'),
    });
    const practice = createPracticeCommands({ ...store, staff });
    const card = await practice.publishCard(minted.programEvent, wanted);
    if (!card.ok) return card;
    if (withMembers) {
      const file = await (await fetch(sampleUrl)).blob();
      const moved = await practice.moveIn(
        {
          file,
          fileName: t('practice.file'),
          country: COUNTRY,
          language,
          today: plainDayAt(clock.now(), clock.timeZone()),
        },
        card.value,
      );
      if (!moved.ok) return moved;
    }
    // The shop comes last: it opens the counter.
    return await createSetupCommands({ ...store, staff }).finish({
      ids: minted,
      shop: { name: t('practice.shop'), country: COUNTRY, language },
      program: card.value,
    });
  };

  const attempt = async (withMembers: boolean) => {
    try {
      const done = await run(withMembers);
      if (done.ok) return;
      log.error('practice-failed', { code: done.error.code });
    } catch (error) {
      // The sample could not be read; the shop can still open without it.
      log.error('practice-failed', { name: error instanceof Error ? error.name : 'unknown' });
    }
    setFailed(true);
  };

  return { hasFailed, begin: () => attempt(true), openEmpty: () => attempt(false) };
}
