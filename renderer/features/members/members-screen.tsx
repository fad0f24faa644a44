import { Download, Search, Users, UsersRound, X } from 'lucide-react';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { NavigationType, useNavigate, useNavigationType, useSearchParams } from 'react-router';
import type { MemberRow } from '#renderer/data/rows.ts';
import { usePrograms } from '#renderer/data/usual-data.tsx';
import { usePlatform } from '#renderer/platform/platform-context.tsx';
import { Banner } from '#renderer/ui/banner.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { IconButton } from '#renderer/ui/icon-button.tsx';
import { Page } from '#renderer/ui/page.tsx';
import { Progress } from '#renderer/ui/progress.tsx';
import { Select } from '#renderer/ui/select.tsx';
import { TextField } from '#renderer/ui/text-field.tsx';
import { VirtualList } from '#renderer/ui/virtual-list.tsx';
import { useLeftSearch } from './left-search.tsx';
import { MemberRowView } from './member-row-view.tsx';
import { FILTERS, parseQuery, SORTS, writeQuery, type MemberQuery } from './member-query.ts';
import styles from './members-screen.module.css';
import { useMemberList, useMemberSearch, type Listing } from './use-member-list.ts';
import { useWords, type Words } from './use-words.ts';

const ROW_HEIGHT_PX = 68;

/** Everybody who joined: to look through, to find one, to see who has a reward waiting or has stayed away. */
export function MembersScreen() {
  const words = useWords();
  const { t } = words;
  const { clock } = usePlatform();
  const navigate = useNavigate();
  const [params, setParams] = useSearchParams();
  const query = parseQuery(params);
  // Coming back finds the list as it was left.
  const isBack = useNavigationType() === NavigationType.Pop;
  const left = useLeftSearch();
  const [text, setText] = useState(() => (isBack ? left.text() : ''));
  useEffect(() => left.leave(text), [left, text]);
  const [active, setActive] = useState(-1);
  const listArea = useRef<HTMLDivElement>(null);
  const searchBox = useRef<HTMLInputElement>(null);

  const typed = text.trim();
  const isSearching = typed !== '';
  const programs = usePrograms();
  const view = useMemberList(query, programs);
  const matches = useMemberSearch(typed);
  const { listing } = view;
  const listCount = listing.phase === 'ready' ? listing.list.count : 0;
  const count = isSearching ? (matches?.rows.length ?? 0) : listCount;
  const rowAt = (index: number): MemberRow | null | undefined =>
    isSearching ? matches?.rows[index] : view.rowAt(index);

  const search = (next: string) => {
    setText(next);
    setActive(-1);
  };
  const choose = (change: Partial<MemberQuery>) => {
    setActive(-1);
    setParams(writeQuery({ ...query, ...change }), { replace: true });
  };
  const open = (index: number) => {
    const row = rowAt(index);
    if (row) void navigate(`/members/${row.id}`);
  };
  const handleSearchKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && text !== '') return search('');
    if (event.key === 'ArrowDown' && count > 0) {
      event.preventDefault();
      setActive(0);
      listArea.current?.querySelector<HTMLElement>('[role=listbox]')?.focus();
    }
    if (event.key === 'Enter' && matches && (matches.isExact || matches.rows.length === 1)) open(0);
    return undefined;
  };
  /** Typing on the list goes on in the search box. */
  const handleListKey = (event: KeyboardEvent) => {
    const isCharacter = event.key.length === 1 && event.key !== ' ';
    if (isCharacter && !event.ctrlKey && !event.metaKey && !event.altKey) searchBox.current?.focus();
  };

  return (
    <Page
      title={t('members:title')}
      description={summaryOf({ isSearching, matches, query, listing, words })}
      actions={
        <>
          <Button icon={UsersRound} onPress={() => void navigate('/members/duplicates')}>
            {t('members:duplicates.open')}
          </Button>
          <Button icon={Download} onPress={() => void navigate('/import')}>
            {t('members:import')}
          </Button>
        </>
      }
      width="wide"
      fillsHeight
    >
      <search className={styles['toolbar']}>
        <div className={styles['search']}>
          <TextField
            label={t('members:search')}
            isLabelHidden
            placeholder={t('members:searchHint')}
            value={text}
            onChange={search}
            onKeyDown={handleSearchKey}
            inputRef={searchBox}
            prefix={<Search aria-hidden />}
            suffix={
              text === '' ? undefined : (
                <span className={styles['clear']}>
                  <IconButton icon={X} label={t('members:clearSearch')} onPress={() => search('')} />
                </span>
              )
            }
            autoFocus
          />
        </div>
        <Select
          label={t('members:filter.label')}
          isLabelHidden
          options={FILTERS.map((id) => ({ id, label: t(`members:filter.${id}`) }))}
          value={query.filter}
          onChange={(filter) => choose({ filter })}
          isDisabled={isSearching}
        />
        <Select
          label={t('members:sort.label')}
          isLabelHidden
          options={SORTS.map((id) => ({ id, label: t(`members:sort.${id}`) }))}
          value={query.sort}
          onChange={(sort) => choose({ sort })}
          isDisabled={isSearching}
        />
      </search>
      {!isSearching && listing.phase === 'failed' ? (
        <Banner
          tone="error"
          role="alert"
          title={t('members:readFailed')}
          action={{ label: t('common:retry'), onPress: view.retry }}
        >
          {t(`common:storage.${listing.problem}`)}
        </Banner>
      ) : null}
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- watches for letters; the list inside has the focus */}
      <div ref={listArea} className={styles['list']} onKeyDown={handleListKey}>
        <VirtualList
          // Another list begins at its top.
          key={isSearching ? 'search' : `${query.filter} ${query.sort}`}
          label={t('members:list')}
          itemCount={count}
          rowHeight={ROW_HEIGHT_PX}
          renderRow={(index) => (
            <MemberRowView
              row={rowAt(index)}
              programs={programs}
              words={words}
              nowMs={clock.now()}
              sort={query.sort}
            />
          )}
          getRowLabel={(index) => (rowAt(index) === undefined ? t('common:loading') : undefined)}
          getRowKey={(index) => rowAt(index)?.id}
          onAction={open}
          activeIndex={active}
          onActiveChange={setActive}
          onRangeChange={view.show}
          emptyState={
            <NothingToShow
              isSearching={isSearching}
              isSearched={matches !== undefined}
              listing={listing}
              query={query}
              words={words}
              onStop={view.stop}
              onRetry={view.retry}
              onShowEveryone={() => choose({ filter: 'everyone' })}
              onImport={() => void navigate('/import')}
            />
          }
        />
      </div>
    </Page>
  );
}

function summaryOf(request: {
  readonly isSearching: boolean;
  readonly matches: ReturnType<typeof useMemberSearch>;
  readonly query: MemberQuery;
  readonly listing: Listing;
  readonly words: Words;
}): string {
  const { isSearching, matches, query, listing, words } = request;
  const { t, format } = words;
  const counted = (count: number) => ({ count, formatted: format.number(count) });
  if (isSearching) {
    if (!matches) return t('common:loading');
    const { rows, hasMore } = matches;
    return hasMore
      ? t('members:foundMore', { formatted: format.number(rows.length) })
      : t('members:found', counted(rows.length));
  }
  // A space that keeps the line's height while it is counted.
  if (listing.phase !== 'ready') return '\u00a0';
  const { count } = listing.list;
  return query.filter === 'everyone'
    ? t('members:count', counted(count))
    : t('members:shown', counted(count));
}

interface NothingToShowProps {
  readonly isSearching: boolean;
  readonly isSearched: boolean;
  readonly listing: Listing;
  readonly query: MemberQuery;
  readonly words: Words;
  readonly onStop: () => void;
  readonly onRetry: () => void;
  readonly onShowEveryone: () => void;
  readonly onImport: () => void;
}

function NothingToShow(props: NothingToShowProps) {
  const { isSearching, isSearched, listing, query, words } = props;
  const { t, format } = words;
  if (isSearching) {
    return isSearched ? (
      <EmptyState icon={Search} title={t('members:empty.searchTitle')}>
        {t('members:empty.searchText')}
      </EmptyState>
    ) : null;
  }
  if (listing.phase === 'failed') return null;
  if (listing.phase === 'stopped') {
    return (
      <EmptyState
        title={t('members:scan.stoppedTitle')}
        actions={<Button onPress={props.onRetry}>{t('common:retry')}</Button>}
      >
        {t('members:scan.stoppedText')}
      </EmptyState>
    );
  }
  if (listing.phase === 'loading') {
    const { progress } = listing;
    if (!progress) return null;
    return (
      <div className={styles['scan']}>
        <Progress
          label={t('members:scan.label')}
          value={progress.doneRows}
          maxValue={Math.max(1, progress.totalRows)}
          valueText={t('members:scan.progress', {
            done: format.number(progress.doneRows),
            total: format.number(progress.totalRows),
          })}
          cancelLabel={t('members:scan.stop')}
          onCancel={props.onStop}
        />
      </div>
    );
  }
  return query.filter === 'everyone' ? (
    <EmptyState
      icon={Users}
      title={t('members:empty.title')}
      actions={
        <Button icon={Download} onPress={props.onImport} size="lg">
          {t('members:import')}
        </Button>
      }
    >
      {t('members:empty.text')}
    </EmptyState>
  ) : (
    <EmptyState
      icon={Users}
      title={t('members:empty.filterTitle')}
      actions={<Button onPress={props.onShowEveryone}>{t('members:empty.showEveryone')}</Button>}
    >
      {t('members:empty.filterText')}
    </EmptyState>
  );
}
