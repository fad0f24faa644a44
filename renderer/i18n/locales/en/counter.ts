export const counterTexts = {
  title: '',
};
