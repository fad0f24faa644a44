export const settingsTexts = {
  title: '',
};
