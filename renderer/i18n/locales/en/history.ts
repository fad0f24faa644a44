export const historyTexts = {
  title: '',
};
