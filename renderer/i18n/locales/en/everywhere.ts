export const common = {
  app: 'Tenpunch',
  cancel: 'Cancel',
  save: 'Save',
  close: 'Close',
  back: 'Back',
  next: 'Next',
  done: 'Done',
  edit: 'Edit',
  copy: 'Copy',
  copied: 'Copied',
  retry: 'Try again',
  undo: 'Undo',
  yes: 'Yes',
  no: 'No',
  loading: 'Loading…',
  dismiss: 'Dismiss',
  notifications: 'Messages',
  noName: 'No name',
  never: 'never',
  nav: {
    label: 'Screens',
    counter: 'Counter',
    members: 'Members',
    day: 'End of day',
    settings: 'Settings',
    practice: 'Practice',
  },
  practice: {
    title: 'Practice mode',
    text: 'Nothing you do here touches your shop’s members.',
    leave: 'Back to the shop',
  },
  unit: {
    stamp_one: '{{count}} stamp',
    stamp_other: '{{count}} stamps',
    custom: '{{count}} {{word}}',
  },
  storage: {
    'disk-full':
      'The disk is full. Nothing was lost, but nothing can be saved: free some space and try again.',
    closed: 'The store was closed by the browser or another window. Reload to go on.',
    denied:
      'This browser does not let Tenpunch store anything. Leave private browsing, or allow storage for this page.',
    broken: 'The store can’t be read or written. Reload; if that does not help, see Diagnostics in Settings.',
  },
  boot: {
    opening: 'Opening your cards…',
    rebuilding: 'Putting the cards in order…',
    newerTitle: 'Your data is newer than this app',
    newerText:
      'A newer Tenpunch has worked with this data. This version won’t touch it, so that nothing gets damaged. Please update Tenpunch.',
    lostTitle: 'The cards of this till are gone',
    lostText:
      'There was a shop on this till, but its store is empty: the browser has deleted it, as it does when its files are damaged or its data is cleared. This is not something you did at the counter.',
    lostHelp:
      'If there is a copy of this till’s data, on a disk or in a backup of the computer, keep it and restore it before you stamp again. Without a copy, start anew: members then begin with empty cards.',
    lostStartAnew: 'Start anew',
    failedTitle: 'Tenpunch can’t open its store',
    closedTitle: 'Storage was closed',
    closedText:
      'Another window updated Tenpunch, or the browser closed the store. Everything shown as done is safe.',
    reload: 'Reload',
    crashTitle: 'Something went wrong on this screen',
    crashText: 'Everything that was shown as done is safe. Reload to go on.',
  },
};
